// What happens when the house is full, or the machine is.
#include <atomic>
#include <fcntl.h>
#include <future>
#include <latch>
#include <list>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;
using namespace std::chrono_literals;

namespace {

bool greets(client& client) { return client.send(get("/hello")) && status(client.answer()) == 200; }

// What this program writes to stderr goes here instead, while it lives.
class overheard {
  public:
    overheard() : before_(::dup(STDERR_FILENO)) {
        int ends[2];
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        reading_ = net::descriptor(ends[0]);
        const net::descriptor writing(ends[1]);
        ::dup2(writing.number(), STDERR_FILENO);
    }
    overheard(const overheard&) = delete;
    overheard& operator=(const overheard&) = delete;
    ~overheard() { restore(); }
    // Waits for the next line.
    std::string line() const {
        std::string out;
        for (char c = 0; c != '\n' && ::read(reading_.number(), &c, 1) == 1;) out += c;
        return out;
    }
    // What was said since, once nothing more can be.
    std::string rest() {
        restore();
        return line();
    }

  private:
    void restore() const { ::dup2(before_.number(), STDERR_FILENO); }

    net::descriptor before_;
    net::descriptor reading_;
};

// From now on only `spare` more descriptors can be opened.
class scarcity {
  public:
    explicit scarcity(int spare) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int lowest_free = ::dup(STDERR_FILENO);
        ::close(lowest_free);
        auto scarce = before_;
        scarce.rlim_cur = static_cast<rlim_t>(lowest_free + spare);
        ::setrlimit(RLIMIT_NOFILE, &scarce);
    }
    scarcity(const scarcity&) = delete;
    scarcity& operator=(const scarcity&) = delete;
    ~scarcity() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("when the house is full the longest idle visitor makes room") {
    net::limits limits;
    limits.connections = 2;
    serving serving(limits);
    auto first = serving.visit();
    CHECK(greets(first));
    auto second = serving.visit();
    CHECK(greets(second));
    CHECK(greets(first));  // now the second has been idle longer
    auto third = serving.visit();
    CHECK(greets(third));
    CHECK(second.ended());
    CHECK(greets(first));
    CHECK(serving.server().connections() == 2);
}

TEST_CASE("nobody who is being answered makes room; the new visitor waits") {
    net::limits limits;
    limits.connections = 1;
    serving serving(limits);
    auto busy = serving.visit();
    const auto whole = post("/echo", "12345", "Expect: 100-continue\r\n");
    REQUIRE(busy.send(whole.substr(0, whole.size() - 5)));
    CHECK(status(busy.answer()) == 100);
    auto next = std::async(std::launch::async, [&] {
        auto client = serving.visit();
        return greets(client);
    });
    CHECK(next.wait_for(50ms) == std::future_status::timeout);
    busy.leave();
    CHECK(next.get());
}

TEST_CASE("without descriptors the server pauses, says so once, and goes on") {
    net::limits limits;
    limits.pause = 5ms;
    serving serving(limits);
    auto before = serving.visit();
    CHECK(greets(before));
    overheard stderr_lines;
    std::latch ready{1};
    std::latch scarce{1};
    std::atomic<bool> greeted = false;
    std::thread next([&] {
        ready.count_down();
        scarce.wait();
        auto client = serving.visit();
        greeted = greets(client);
    });
    std::string said;
    bool greeted_early = false;
    bool greeted_again = false;
    ready.wait();
    {
        // No CHECK and no new thread in here: UBSan opens a pipe to look at an object of a type new to it.
        const scarcity scarcity(1);  // the new client's
        scarce.count_down();
        said = stderr_lines.line();
        greeted_again = greets(before);
        greeted_early = greeted;
    }
    next.join();
    CHECK(said.ends_with(": fault: no visitor can be let in: descriptors or memory have run out\n"));
    CHECK(greeted_again);
    CHECK_FALSE(greeted_early);
    CHECK(greeted);
    CHECK(stderr_lines.rest().empty());
}

TEST_CASE("in a full house whoever keeps us waiting longest makes room, however far they came") {
    net::limits limits;
    limits.connections = 3;
    limits.grace = 100ms;
    serving serving(limits);
    // Each owes us something else: a handshake, the rest of a header, the rest of a body.
    auto shaking = serving.visit({.tls = false});
    auto heading = serving.visit();
    REQUIRE(heading.send("GET /hello HTTP/1.1\r\n"));
    auto sending = serving.visit();
    const auto whole = post("/echo", "12345", "Expect: 100-continue\r\n");
    REQUIRE(sending.send(whole.substr(0, whole.size() - 5)));
    REQUIRE(status(sending.answer()) == 100);
    std::list<client> fillers;
    for (auto* longest : {&shaking, &heading, &sending}) {
        auto guest = serving.visit();
        CHECK(greets(guest));
        CHECK(longest->ended());
        // Somebody new takes the guest's place, so that it is full again.
        guest.leave();
        fillers.emplace_back(serving.port(), wishes{.tls = false});
    }
}

TEST_CASE(
    "when the memory for slow peers is used up, who has owed longest is cut, and the next one is served") {
    net::limits limits;
    limits.held_bytes = 150'000;  // 100,000 of it for what is no report
    limits.patience = 60s;
    serving serving(limits);
    const std::string large(90'000, 'b');
    const auto whole = post("/echo", large);
    auto slow = serving.visit();
    REQUIRE(slow.send(whole.substr(0, whole.size() - 1)));
    auto other = serving.visit();
    // The first is read up to its last byte sooner or later; until then there is room for another one.
    for (int i = 0; i < 30; ++i) {
        auto client = serving.visit();
        REQUIRE(client.send(whole));
        CHECK(body(client.answer()) == large);
    }
    CHECK(slow.ended());
    REQUIRE(other.send(post("/echo", std::string(60'000, 's'))));
    CHECK(body(other.answer()).size() == 60'000);
}

TEST_CASE("of the memory for slow peers a third is for reports: others cannot take it, and go before them") {
    net::limits limits;
    limits.held_bytes = 150'000;
    limits.patience = 60s;
    serving serving(limits);
    auto alone = serving.visit();
    REQUIRE(alone.send(post("/echo", std::string(100'000, 'x'))));
    CHECK(body(alone.answer()).size() == 100'000);
    auto slow = serving.visit();
    const auto whole = post("/echo", std::string(99'000, 'x'));
    REQUIRE(slow.send(whole.substr(0, whole.size() - 1)));
    auto report = serving.visit();
    REQUIRE(report.send(post("/report", std::string(100'000, 'r'))));
    CHECK(body(report.answer()).size() == 100'000);
}

TEST_CASE("a large answer that is not taken has the same limit: its connection is dropped") {
    net::limits limits;
    limits.held_bytes = 1'000'000;
    serving serving(limits);
    auto client = serving.visit();
    REQUIRE(client.send(get("/huge")));
    // Nothing is taken, and what the systems on both sides buffer is less.
    const auto until = std::chrono::steady_clock::now() + 30s;
    while (serving.server().connections() != 0 && std::chrono::steady_clock::now() < until)
        std::this_thread::yield();
    CHECK(serving.server().connections() == 0);
    auto next = serving.visit();
    CHECK(greets(next));
}
