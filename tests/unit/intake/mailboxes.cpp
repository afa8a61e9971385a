// Mailboxes derived beside the threads that serve: right, once a seed, bounded, and answered where they were
// asked.
#include "server/intake/mailboxes.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <set>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>

#include "base/async/run_now.hpp"
#include "crypto/hash.hpp"
#include "crypto/receipt.hpp"

using namespace std::chrono_literals;
using receipts::errc;
using receipts::mailboxes;

namespace {

namespace asio = boost::asio;

using answer = std::expected<protocol::mailbox_keys, errc>;
using asked = std::future<answer>;

// Only what somebody asks for is derived.
receipts::options without_stock() { return {.stock = 0}; }

asked ask(asio::io_context& context, mailboxes& mailboxes, const crypto::seed& seed) {
    auto out = asio::co_spawn(context, mailboxes.keys(seed.copy()), asio::use_future);
    context.restart();
    context.poll();
    return out;
}

bool there(const asked& one) { return one.wait_for(0s) == std::future_status::ready; }

bool belongs(const answer& keys, const crypto::seed& seed) {
    const auto mailbox = crypto::open_mailbox(crypto::receipt::from(seed));
    return keys && keys->box_key == mailbox.box.public_key && keys->sign_key == mailbox.sign.public_key;
}

void run(asio::io_context& context) {
    context.restart();
    context.run();
}

bool soon(const std::function<bool()>& is_so) {
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

// Asks for seeds that nobody gave out until one of them is sent away: perhaps an earlier one.
std::vector<asked> until_busy(asio::io_context& context, mailboxes& mailboxes) {
    std::vector<asked> out;
    for (;;) {
        const bool full = mailboxes.full();
        out.push_back(ask(context, mailboxes, crypto::seed::random()));
        REQUIRE(out.size() < 10000);
        for (auto at = out.begin(); at != out.end(); ++at) {
            if (!there(*at)) continue;
            auto got = at->get();
            out.erase(at);
            if (got) break;
            CHECK(got.error() == errc::busy);
            CHECK(full);
            return out;
        }
    }
}

}  // namespace

TEST_CASE("the keys are those of the receipt's mailbox, and the same seed again is not derived again") {
    mailboxes mailboxes(without_stock());
    const auto seed = crypto::seed::random();
    CHECK(mailboxes.derived() == 0);
    for (int i = 0; i < 3; ++i) CHECK(belongs(async::run_now(mailboxes.keys(seed.copy())), seed));
    CHECK(mailboxes.derived() == 1);
}

TEST_CASE("asking twice at once derives once and answers both") {
    mailboxes mailboxes(without_stock());
    asio::io_context context(1);
    const auto seed = crypto::seed::random();
    std::vector<asked> both;
    for (int i = 0; i < 2; ++i) both.push_back(ask(context, mailboxes, seed));
    run(context);
    for (auto& one : both) CHECK(belongs(one.get(), seed));
    CHECK(mailboxes.derived() == 1);
}

TEST_CASE("of the mailboxes given the oldest is forgotten first, and derived anew when it is asked for") {
    mailboxes mailboxes({.stock = 0, .given = 2});
    const std::array<crypto::seed, 3> seeds{crypto::seed::random(), crypto::seed::random(),
                                            crypto::seed::random()};
    for (const auto& seed : seeds) CHECK(async::run_now(mailboxes.keys(seed.copy())));
    CHECK(async::run_now(mailboxes.keys(seeds[2].copy())));
    CHECK(mailboxes.derived() == 3);
    CHECK(belongs(async::run_now(mailboxes.keys(seeds[0].copy())), seeds[0]));
    CHECK(mailboxes.derived() == 4);
}

TEST_CASE("of a full queue one is sent away at once; who stays in it is answered") {
    mailboxes mailboxes({.queue = 2, .stock = 0});
    asio::io_context context(1);
    CHECK_FALSE(mailboxes.full());
    auto accepted = until_busy(context, mailboxes);
    CHECK(accepted.size() >= 2);
    run(context);
    for (auto& one : accepted) CHECK(one.get().has_value());
    CHECK_FALSE(mailboxes.full());
    CHECK(async::run_now(mailboxes.keys(crypto::seed::random())));
}

TEST_CASE("a seed that was given out goes before all that were made up, and sends none of its kind away") {
    mailboxes mailboxes({.queue = 8, .stock = 0});
    asio::io_context context(1);
    auto invented = until_busy(context, mailboxes);
    const auto seed = mailboxes.draw();
    const auto id = mailboxes.id_for(seed);
    CHECK(mailboxes.gave_out(id, seed));
    auto ours = asio::co_spawn(context, mailboxes.keys(seed.copy(), receipts::rank::ordinary, true),
                               asio::use_future);
    const auto before = mailboxes.derived();
    context.restart();
    while (!there(ours)) {
        context.run_for(1ms);
        context.restart();
    }
    CHECK(belongs(ours.get(), seed));
    // What was under way, and this one; a few more until it was seen. Behind those made up it would be eight
    // more.
    CHECK(mailboxes.derived() - before < 8);
    run(context);
}

TEST_CASE("the id of a report says that its seed was given out, to nobody but who gave it") {
    mailboxes one(without_stock()), other(without_stock());
    const auto seed = one.draw(), another = one.draw();
    const auto id = one.id_for(seed);
    CHECK(crypto::uuid::parse(id.text()));
    CHECK(id == one.id_for(seed));
    CHECK_FALSE(one.gave_out(one.id_for(another), seed));
    CHECK_FALSE(one.gave_out(crypto::uuid::random(), seed));
    CHECK_FALSE(other.gave_out(id, seed));
}

TEST_CASE("without a stock, drawing derives nothing and never gives the same seed twice") {
    mailboxes mailboxes(without_stock());
    std::set<crypto::block<32>> seen;
    for (int i = 0; i < 1000; ++i) CHECK(seen.insert(crypto::blake2b_256(mailboxes.draw().view())).second);
    CHECK(mailboxes.derived() == 0);
}

TEST_CASE("the stock fills in idle time, is filled again, and no seed of it is given twice") {
    mailboxes mailboxes({.stock = 4, .pause = 1ms});
    std::set<crypto::block<32>> seen;
    for (std::uint64_t round = 1; round <= 2; ++round) {
        REQUIRE(soon([&] { return mailboxes.derived() == 4 * round; }));
        for (int i = 0; i < 4; ++i) CHECK(seen.insert(crypto::blake2b_256(mailboxes.draw().view())).second);
    }
}

TEST_CASE("the mailbox of a seed from the stock is there at once, even while the queue is full") {
    mailboxes mailboxes({.queue = 2, .stock = 2, .pause = 1ms});
    REQUIRE(soon([&] { return mailboxes.derived() == 2; }));
    asio::io_context context(1);
    auto accepted = until_busy(context, mailboxes);
    for (int i = 0; i < 2; ++i) {
        const auto seed = mailboxes.draw();
        auto one = ask(context, mailboxes, seed);
        REQUIRE(there(one));
        CHECK(belongs(one.get(), seed));
    }
    run(context);
    for (auto& one : accepted) CHECK(one.get().has_value());
}

TEST_CASE("who waits is not kept waiting by the stock") {
    mailboxes mailboxes({.stock = 1000, .pause = 0ms});
    asio::io_context context(1);
    std::vector<asked> all;
    const auto before = mailboxes.derived();
    for (int i = 0; i < 40; ++i) all.push_back(ask(context, mailboxes, crypto::seed::random()));
    run(context);
    // Some for the stock before the first of them and after the last; were it one for one, it would be 80.
    CHECK(mailboxes.derived() - before < 60);
    for (auto& one : all) CHECK(one.get().has_value());
}

TEST_CASE("closing answers those who wait with closed, and nothing is derived from then on") {
    mailboxes mailboxes({.stock = 100, .pause = 0ms});
    asio::io_context context(1);
    std::vector<asked> all;
    for (int i = 0; i < 50; ++i) all.push_back(ask(context, mailboxes, crypto::seed::random()));
    mailboxes.close();
    const auto derived = mailboxes.derived();
    mailboxes.close();  // as a server's end and the destructor both do
    run(context);
    std::uint64_t answered = 0;
    for (auto& one : all)
        if (auto got = one.get())
            ++answered;
        else
            CHECK(got.error() == errc::closed);
    CHECK(answered < 50);
    CHECK(answered <= derived);
    const auto late = async::run_now(mailboxes.keys(crypto::seed::random()));
    REQUIRE_FALSE(late);
    CHECK(late.error() == errc::closed);
    CHECK(mailboxes.derived() == derived);
}

TEST_CASE("mailboxes that go answer whoever still waits") {
    asio::io_context context(1);
    std::vector<asked> all;
    {
        mailboxes mailboxes(without_stock());
        for (int i = 0; i < 20; ++i) all.push_back(ask(context, mailboxes, crypto::seed::random()));
    }
    run(context);
    std::size_t closed = 0;
    for (auto& one : all)
        if (const auto got = one.get(); !got && got.error() == errc::closed) ++closed;
    CHECK(closed > 0);
}

TEST_CASE("a context that ends with coroutines waiting is no one's harm") {
    mailboxes mailboxes(without_stock());
    std::vector<asked> all;
    {
        asio::io_context context(1);
        for (int i = 0; i < 5; ++i) all.push_back(ask(context, mailboxes, crypto::seed::random()));
        mailboxes.close();
    }
    for (auto& one : all) CHECK_THROWS_AS(one.get(), std::future_error);
}

TEST_CASE("without a thread or a queue there are no mailboxes") {
    CHECK_THROWS_AS(mailboxes({.threads = 0}), std::invalid_argument);
    CHECK_THROWS_AS(mailboxes({.queue = 0}), std::invalid_argument);
}

namespace {

async::task<answer> keys_here(mailboxes& mailboxes, crypto::seed seed, std::atomic<int>& strayed) {
    const auto thread = std::this_thread::get_id();
    auto keys = co_await mailboxes.keys(std::move(seed));
    if (std::this_thread::get_id() != thread) ++strayed;
    co_return keys;
}

}  // namespace

TEST_CASE("many coroutines on two contexts: each is answered on its own thread with its own keys") {
    constexpr int each = 24, shared = 4;
    mailboxes mailboxes({.threads = 2, .queue = 256, .stock = 16, .pause = 1ms});
    std::vector<crypto::seed> both;
    for (int i = 0; i < shared; ++i) both.push_back(crypto::seed::random());
    std::atomic<int> strayed = 0, wrong = 0;
    auto reporters = [&] {
        asio::io_context context(1);
        std::vector<crypto::seed> seeds;
        std::vector<asked> answers;
        for (int i = 0; i < each; ++i) {
            seeds.push_back(i < shared ? both[static_cast<std::size_t>(i)].copy() : mailboxes.draw());
            answers.push_back(asio::co_spawn(context, keys_here(mailboxes, seeds.back().copy(), strayed),
                                             asio::use_future));
        }
        context.run();
        for (std::size_t i = 0; i < answers.size(); ++i)
            if (!belongs(answers[i].get(), seeds[i])) ++wrong;
    };
    {
        std::jthread one(reporters), other(reporters);
    }
    CHECK(strayed == 0);
    CHECK(wrong == 0);
    // The shared ones once, every other one once (for the stock or when it was asked for), and a full stock.
    CHECK(mailboxes.derived() <= shared + 2 * (each - shared) + 16);
}
