// Group commit: who fails fails alone, who waits is answered on their own thread, and a full queue says so.
#include <atomic>
#include <future>
#include <latch>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

namespace asio = boost::asio;

// Holds the journal's thread inside a transaction until released, so that what comes next queues up.
class held_journal {
  public:
    explicit held_journal(store::store& store) {
        thread_ = std::jthread([this, &store] {
            auto done = run_now(store.append({"gate", [this](const store::head& previous) {
                                                  inside_.count_down();
                                                  gate_.wait();
                                                  return line_bytes(previous, "gate");
                                              }}));
            ok_ = done.has_value();
        });
        inside_.wait();
    }
    ~held_journal() { release(); }
    void release() {
        if (!released_.exchange(true)) gate_.count_down();
        if (thread_.joinable()) thread_.join();
    }
    [[nodiscard]] bool ok() const { return ok_; }

  private:
    std::latch inside_{1}, gate_{1};
    std::atomic<bool> released_ = false, ok_ = false;
    std::jthread thread_;
};

async::task<std::expected<store::added_report, errc>> add_here(store::store& store, store::new_report report,
                                                               std::atomic<int>& strayed) {
    auto thread = std::this_thread::get_id();
    auto added = co_await store.add_report(std::move(report));
    if (std::this_thread::get_id() != thread) ++strayed;
    co_return added;
}

void until_full(const store::store& store) {
    while (!store.full()) std::this_thread::yield();
}

}  // namespace

TEST_CASE(
    "many writers on many threads: one row fails, the others are there, each answered on its own thread") {
    constexpr int threads = 4, each = 25;
    scratch dir;
    auto store = open(dir / "baken.db", {.jobs = threads * (each + 1), .bytes = std::size_t{64} << 20});
    auto taken = crypto::uuid::random();
    REQUIRE(run_now(store->add_report(report("rotterdam", taken))));

    held_journal gate(*store);
    std::atomic<int> strayed = 0, fresh = 0, refused = 0, other = 0;
    std::vector<std::jthread> writers;
    for (int t = 0; t < threads; ++t)
        writers.emplace_back([&] {
            asio::io_context context(1);
            std::vector<std::future<std::expected<store::added_report, errc>>> answers;
            for (int i = 0; i < each; ++i)
                answers.push_back(asio::co_spawn(context, add_here(*store, report("rotterdam"), strayed),
                                                 asio::use_future));
            auto bad = report("rotterdam", taken);
            bad.request_hash[0] ^= 1;
            answers.push_back(
                asio::co_spawn(context, add_here(*store, std::move(bad), strayed), asio::use_future));
            context.run();
            for (auto& answer : answers) {
                auto one = answer.get();
                if (one && one->fresh)
                    ++fresh;
                else if (!one && one.error() == errc::id_taken)
                    ++refused;
                else
                    ++other;
            }
        });
    until_full(*store);  // all of them lie in one batch
    gate.release();
    writers.clear();
    CHECK(gate.ok());
    CHECK(strayed == 0);
    CHECK(fresh == threads * each);
    CHECK(refused == threads);
    CHECK(other == 0);
    CHECK(run_now(store->list({.desk = "rotterdam", .status = {}, .limit = 1000})).value().rows.size() ==
          threads * each + 1);
}

TEST_CASE("a batch of documents: the refused ones leave no line between the lines of the others") {
    scratch dir;
    auto store = open(dir / "baken.db", {.jobs = 20, .bytes = 1 << 20});
    REQUIRE(run_now(store->add_stand({"rotterdam", 1, "h1", "t1"}, line("rotterdam"))));
    held_journal gate(*store);
    asio::io_context context(1);
    std::vector<std::future<std::expected<store::added_document, errc>>> answers;
    for (int i = 0; i < 20; ++i) {
        // Even ones are refused: a gap in the versions.
        auto row = i % 2 == 0 ? store::stand_row{"rotterdam", 90 + i, "x" + std::to_string(i), "t"}
                              : store::stand_row{"rotterdam", 2 + i / 2, "h" + std::to_string(i), "t"};
        answers.push_back(
            asio::co_spawn(context, store->add_stand(row, line("rotterdam")), asio::use_future));
    }
    context.poll();
    REQUIRE(store->full());
    gate.release();
    context.restart();
    context.run();
    for (std::size_t i = 0; i < answers.size(); ++i) CHECK(answers[i].get().has_value() == (i % 2 == 1));
    CHECK(walked(*store, "rotterdam").line == 11);
}

TEST_CASE("a full queue refuses at once, and takes again when it is empty") {
    struct row {
        const char* what;
        store::limits limits;
        int fit;
    };
    // A small report counts as 4096 + 1024 bytes.
    auto by = GENERATE(row{"jobs", {.jobs = 3, .bytes = 1 << 30}, 3},
                       row{"bytes", {.jobs = 1000, .bytes = 2 * 5120}, 2},
                       row{"one larger than all", {.jobs = 1000, .bytes = 10}, 1});
    CAPTURE(by.what);
    scratch dir;
    auto store = samples::open(dir / "baken.db", by.limits);
    CHECK_FALSE(store->full());
    {
        held_journal gate(*store);
        asio::io_context context(1);
        std::vector<std::future<std::expected<store::added_report, errc>>> answers;
        for (int i = 0; i < by.fit + 2; ++i)
            answers.push_back(
                asio::co_spawn(context, store->add_report(report("rotterdam")), asio::use_future));
        context.poll();
        CHECK(store->full());
        gate.release();
        context.restart();
        context.run();
        int stored = 0;
        for (auto& answer : answers) {
            auto one = answer.get();
            if (one)
                ++stored;
            else
                CHECK(one.error() == errc::busy);
        }
        CHECK(stored == by.fit);
    }
    CHECK_FALSE(store->full());
    CHECK(run_now(store->add_report(report("rotterdam"))).value().fresh);
}

TEST_CASE("closing commits what is queued") {
    scratch dir;
    std::jthread writer;
    {
        auto store = open(dir / "baken.db", {.jobs = 1, .bytes = 1 << 20});
        held_journal gate(*store);
        writer = std::jthread([&store = *store] { (void)run_now(store.append(line("rotterdam"))); });
        until_full(*store);
        gate.release();
    }
    writer.join();
    auto store = open(dir / "baken.db");
    CHECK(walked(*store, "rotterdam").line == 1);
}

TEST_CASE("arrivals ring for each desk that may read it, once it is durable; not for a repeat") {
    scratch dir;
    auto store = open(dir / "baken.db");
    asio::io_context context(1);
    auto listen = [&](std::string desk) {
        return store->arrivals().listen(std::move(desk), context.get_executor());
    };
    auto heard = [&](async::bell::listening& ear) {
        auto answer = asio::co_spawn(context, ear.wait(std::chrono::milliseconds(1)), asio::use_future);
        context.restart();
        context.run();
        return answer.get();
    };
    auto first = listen("rotterdam"), mede = listen("nla"), fallback = listen("landelijk"),
         other = listen("amsterdam");
    auto id = crypto::uuid::random();
    auto sent = report("rotterdam", id);
    sent.recipients.push_back(recipient("nla", "mede"));
    sent.recipients.push_back(recipient("landelijk", "achtervang"));
    REQUIRE(run_now(store->add_report(std::move(sent))));
    CHECK(heard(*first));
    CHECK(heard(*mede));
    CHECK_FALSE(heard(*fallback));
    CHECK_FALSE(heard(*other));
    CHECK_FALSE(run_now(store->add_report(report("rotterdam", id))).value().fresh);
    CHECK_FALSE(heard(*first));
}

TEST_CASE("closing makes what is queued durable and answers it while the asker's context still lives") {
    scratch at;
    auto store = open(at / "baken.db");
    std::vector<std::future<std::expected<store::head, errc>>> asked;
    asio::io_context context(1);
    {
        held_journal held(*store);
        for (int i = 0; i < 20; ++i) {
            store::trail_write line{"rotterdam",
                                    [](const store::head& previous) { return line_bytes(previous, "x"); }};
            asked.push_back(asio::co_spawn(context, store->append(std::move(line)), asio::use_future));
        }
        context.poll();
    }
    store->close();
    store->close();  // as a server's end and the store's own may both do
    context.run();
    for (auto& one : asked) CHECK(one.get().has_value());
    auto late = run_now(
        store->append({"rotterdam", [](const store::head& previous) { return line_bytes(previous, "y"); }}));
    REQUIRE_FALSE(late);
    CHECK(late.error() == errc::closed);
    store = nullptr;
    store = open(at / "baken.db");
    CHECK(run_now(store->head("rotterdam")).value().line == 20);
}
