// The three tables behind the mailboxes, without a thread: what is kept, what goes first, what is wiped.
#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "server/receipts/given.hpp"
#include "server/receipts/queue.hpp"
#include "server/receipts/stock.hpp"

namespace {

crypto::seed seed(std::uint8_t number) {
    crypto::block<32> bytes{};
    bytes.fill(number);
    return *crypto::seed::from(bytes);
}

protocol::mailbox_keys keys(std::uint8_t number) {
    protocol::mailbox_keys out;
    out.box_key.fill(number);
    out.sign_key.fill(static_cast<std::uint8_t>(number + 100));
    return out;
}

bool same(const std::optional<protocol::mailbox_keys>& a, const protocol::mailbox_keys& b) {
    return a && a->box_key == b.box_key && a->sign_key == b.sign_key;
}

}  // namespace

TEST_CASE("given: the oldest goes first, and keeping one again does not make it twice") {
    receipts::given given(2);
    const auto one = receipts::mark_of(seed(1)), two = receipts::mark_of(seed(2)),
               three = receipts::mark_of(seed(3));
    CHECK_FALSE(given.find(one));
    given.keep(one, keys(1));
    given.keep(two, keys(2));
    given.keep(two, keys(2));
    CHECK(same(given.find(one), keys(1)));
    given.keep(three, keys(3));
    CHECK_FALSE(given.find(one));
    CHECK(same(given.find(two), keys(2)));
    CHECK(same(given.find(three), keys(3)));
}

TEST_CASE("given: a table for nothing keeps nothing") {
    receipts::given given(0);
    given.keep(receipts::mark_of(seed(1)), keys(1));
    CHECK_FALSE(given.find(receipts::mark_of(seed(1))));
}

TEST_CASE("stock: each seed comes out once, with its own keys, and its place is filled anew") {
    receipts::stock stock(3);
    crypto::seed out;
    CHECK_FALSE(stock.take(out));
    for (int round = 0; round < 2; ++round) {
        for (std::uint8_t i = 1; i <= 3; ++i) {
            CHECK_FALSE(stock.full());
            stock.put(seed(i), keys(i));
        }
        CHECK(stock.full());
        std::array<int, 4> taken{};
        for (int i = 0; i < 3; ++i) {
            const auto of = stock.take(out);
            REQUIRE(of);
            const auto number = out.view()[0];
            REQUIRE(number <= 3);
            CHECK(std::ranges::equal(out.view(), seed(number).view()));
            CHECK(same(of, keys(number)));
            ++taken[number];
        }
        CHECK(taken == std::array{0, 1, 1, 1});
        CHECK_FALSE(stock.take(out));
    }
}

TEST_CASE("stock: room for none is always full") { CHECK(receipts::stock(0).full()); }

TEST_CASE("queue: who asks for what waits, or is under way, joins, also when the queue is full") {
    receipts::queue queue(1);
    int answered = 0;
    auto ask = [&](std::uint8_t number) {
        const auto of = receipts::mark_of(seed(number));
        return queue.add(of, seed(number), [&](const receipts::answer&) { ++answered; });
    };
    CHECK(ask(1));
    CHECK(queue.full());
    CHECK(ask(1));
    CHECK_FALSE(ask(2));
    const auto job = queue.next();
    REQUIRE(job);
    CHECK(std::ranges::equal(job->seed.view(), seed(1).view()));
    CHECK(queue.empty());
    CHECK(ask(2));
    CHECK(ask(1));
    for (auto& one : queue.done(job->of)) one(keys(1));
    CHECK(answered == 3);
    CHECK(queue.done(job->of).empty());
    CHECK(queue.clear().size() == 1);
    CHECK(queue.empty());
    CHECK_FALSE(queue.next());
}

TEST_CASE("queue: the last places are for the urgent") {
    receipts::queue queue(3, 2);
    using enum receipts::rank;
    CHECK(queue.add(receipts::mark_of(seed(1)), seed(1), {}, ordinary));
    CHECK_FALSE(queue.add(receipts::mark_of(seed(2)), seed(2), {}, ordinary));
    CHECK(queue.add(receipts::mark_of(seed(2)), seed(2), {}, urgent));
    CHECK(queue.add(receipts::mark_of(seed(2)), seed(2), {}, ordinary));  // it waits there already
    CHECK(queue.add(receipts::mark_of(seed(3)), seed(3), {}, urgent));
    CHECK_FALSE(queue.add(receipts::mark_of(seed(4)), seed(4), {}, urgent));
}

TEST_CASE("queue: first come, first served") {
    receipts::queue queue(3);
    constexpr std::array<std::uint8_t, 3> order{3, 1, 2};
    for (auto i : order) CHECK(queue.add(receipts::mark_of(seed(i)), seed(i), {}));
    for (auto i : order) CHECK(queue.next()->of == receipts::mark_of(seed(i)));
}
