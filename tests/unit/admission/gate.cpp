// Load measured, and who is turned away: readers first, urgent reports and desks last.
#include "server/admission/gate.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <unistd.h>

#include <catch2/catch.hpp>

using admission::gate;
using admission::importance;
using namespace std::chrono_literals;

namespace {

const auto start = gate::clock::time_point(1000s);

// Whom it sheds, as "r", "rw" or "rwx"; fails where the order is broken.
std::string shed(gate& gate, gate::clock::time_point now) {
    std::string out;
    if (gate.sheds(importance::reading, now)) out += 'r';
    if (gate.sheds(importance::writing, now)) out += 'w';
    if (gate.sheds(importance::rescue, now)) out += 'x';
    return out;
}

// The same delay every 20 ms for this long.
gate::clock::time_point feel(gate& gate, std::chrono::microseconds delay, std::chrono::milliseconds span,
                             gate::clock::time_point from, std::size_t thread = 0) {
    for (auto now = from; now <= from + span; now += 20ms) gate.felt(thread, delay, now);
    return from + span;
}

}  // namespace

TEST_CASE("a delay that stands sheds readers first, then reports, then everybody") {
    struct row {
        std::chrono::milliseconds delay;
        const char* who;
    };
    const auto at = GENERATE(row{0ms, ""}, row{249ms, ""}, row{250ms, "r"}, row{999ms, "r"},
                             row{1000ms, "rw"}, row{3999ms, "rw"}, row{4000ms, "rwx"}, row{60s, "rwx"});
    CAPTURE(at.delay.count());
    gate gate(2, [] { return 0.0; });
    const auto now = feel(gate, at.delay, 600ms, start);
    CHECK(shed(gate, now) == at.who);
}

TEST_CASE("measures come as late as what they measure: a delay longer than the memory stands too") {
    struct row {
        std::chrono::milliseconds delay;
        const char* who;
    };
    const auto at = GENERATE(row{200ms, ""}, row{500ms, "r"}, row{1300ms, "rw"}, row{5s, "rwx"});
    CAPTURE(at.delay.count());
    gate gate(2, [] { return 0.0; });
    auto now = start;
    for (int i = 0; i < 4; ++i) gate.felt(0, at.delay, now += 20ms + at.delay);
    CHECK(shed(gate, now) == at.who);
    CHECK(shed(gate, now + at.delay) == at.who);
    CHECK(shed(gate, now + at.delay + 1001ms).empty());
    // After an idle time, one late moment is no load.
    gate.felt(0, at.delay, now + at.delay + 10s);
    CHECK(shed(gate, now + at.delay + 10s).empty());
}

TEST_CASE("the store's queue sheds in the same order; a full one refuses the others by itself") {
    struct row {
        double pressure;
        const char* who;
    };
    const auto at =
        GENERATE(row{0.0, ""}, row{0.49, ""}, row{0.5, "r"}, row{0.74, "r"}, row{0.75, "rw"}, row{1.0, "rw"});
    CAPTURE(at.pressure);
    gate gate(1, [&] { return at.pressure; });
    CHECK(shed(gate, start) == at.who);
}

TEST_CASE("a burst is no load: one quick moment in every window") {
    gate gate(1, [] { return 0.0; });
    auto now = start;
    for (int i = 0; i < 100; ++i) {
        gate.felt(0, i % 10 == 0 ? 1ms : 5000ms, now);
        now += 20ms;
    }
    CHECK(shed(gate, now).empty());
}

TEST_CASE("load on one thread is load; it ends with the measures, or when there are none") {
    gate gate(3, [] { return 0.0; });
    auto now = feel(gate, 300ms, 600ms, start, 2);
    feel(gate, 1ms, 600ms, start, 0);
    CHECK(gate.delay(now) == 300ms);
    CHECK(shed(gate, now) == "r");
    SECTION("it gets better") {
        now = feel(gate, 2ms, 600ms, now, 2);
        CHECK(gate.delay(now) == 2ms);
        CHECK(shed(gate, now).empty());
    }
    SECTION("nobody comes any more") {
        CHECK(shed(gate, now + 1301ms).empty());
        // What comes after a silence begins anew.
        gate.felt(2, 3000ms, now + 5s);
        CHECK(shed(gate, now + 5s).empty());
    }
}

TEST_CASE("a measure that swings with every request is told once in ten seconds, and its end is told") {
    const auto before = ::dup(STDERR_FILENO);
    auto* kept = std::tmpfile();
    REQUIRE(kept != nullptr);
    ::dup2(::fileno(kept), STDERR_FILENO);
    double pressure = 0;
    gate gate(1, [&] { return pressure; });
    for (int i = 0; i < 1000; ++i) {
        pressure = i % 2 == 0 ? 0.6 : 0.4;
        static_cast<void>(gate.sheds(importance::reading, start + i * 1ms));
    }
    pressure = 0;
    static_cast<void>(gate.sheds(importance::reading, start + 11s));
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    std::rewind(kept);
    std::string said(4096, ' ');
    said.resize(std::fread(said.data(), 1, said.size(), kept));
    std::fclose(kept);
    CHECK(std::ranges::count(said, '\n') == 2);
    CHECK(said.contains("too busy, some are asked to come back"));
    CHECK(said.contains("not too busy any more"));
}
