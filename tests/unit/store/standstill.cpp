// A disk that does not answer: nobody waits for ever, what is told is true, and afterwards all goes on.
#include <future>
#include <latch>
#include <thread>

#include "tests/unit/store/samples.hpp"

using namespace samples;
using namespace std::chrono_literals;
using store::errc;

namespace {

// The journal's thread hangs inside a transaction, as it does in a write to a frozen file system.
class hanging {
  public:
    explicit hanging(store::store& store)
        : answer_(std::async(std::launch::async, [this, &store] {
              return run_now(store.append({"hangs", [this](const store::head& previous) {
                                               inside_.count_down();
                                               gate_.wait();
                                               return line_bytes(previous, "hangs");
                                           }}));
          })) {
        inside_.wait();
    }
    ~hanging() { release(); }
    void release() {
        if (!std::exchange(released_, true)) gate_.count_down();
    }
    std::expected<store::head, errc> answer() { return answer_.get(); }

  private:
    std::latch inside_{1}, gate_{1};
    bool released_ = false;
    std::future<std::expected<store::head, errc>> answer_;
};

store::limits impatient() { return {.patience = 1s, .stall = 2s}; }

void until_full(const store::store& store) {
    while (!store.full()) std::this_thread::yield();
}
void until_taken(const store::store& store) {
    while (store.full()) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a write that began and hangs: unsure, and afterwards it is there") {
    scratch dir;
    auto store = samples::open(dir / "baken.db", impatient());
    hanging disk(*store);
    CHECK(refusal(disk.answer()) == errc::unsure);
    disk.release();
    CHECK(run_now(store->append(line("hangs"))).value().line == 2);
}

TEST_CASE("a write that waited behind it in vain: busy, and it is not stored later") {
    scratch dir;
    auto store = samples::open(dir / "baken.db", impatient());
    hanging disk(*store);
    CHECK(refusal(run_now(store->add_report(report("rotterdam")))) == errc::busy);
    disk.release();
    CHECK(run_now(store->append(line("hangs"))).value().line == 2);
    CHECK(run_now(store->list({.desk = "rotterdam", .status = {}})).value().rows.empty());
}

TEST_CASE("while it stands still the store is full, refuses at once and goes on reading") {
    scratch dir;
    auto limits = impatient();
    limits.patience = 60s;
    auto store = samples::open(dir / "baken.db", limits);
    REQUIRE(run_now(store->add_report(report("rotterdam"))));
    hanging disk(*store);
    until_full(*store);
    CHECK(refusal(run_now(store->add_report(report("rotterdam")))) == errc::busy);
    CHECK(run_now(store->list({.desk = "rotterdam", .status = {}})).value().rows.size() == 1);
    disk.release();
    CHECK(disk.answer().value().line == 1);
    until_taken(*store);
    CHECK(run_now(store->add_report(report("rotterdam"))).value().fresh);
}

TEST_CASE("after closing nothing is read") {
    scratch dir;
    auto store = samples::open(dir / "baken.db");
    store->close();
    CHECK(refusal(run_now(store->list({.desk = "rotterdam", .status = {}}))) == errc::closed);
}
