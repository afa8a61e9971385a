// Time destroys nothing on the word of this machine's clock alone.
#include "server/jobs/believed_day.hpp"

#include "server/jobs/nightly.hpp"
#include "tests/unit/trust/world.hpp"

using namespace samples;
using jobs::believed_day;
using protocol::day;
using doubt = believed_day::doubt;

namespace {

constexpr day monday{21000};
constexpr std::int64_t a_day = 86400, noon = 43200;

// Both clocks, set by hand, and what members signed.
struct clocks {
    world::set_clock wall;
    std::int64_t passed = 5000;
    std::optional<std::int64_t> agreed;
    clocks() { wall.at = monday.number * a_day + noon; }
    [[nodiscard]] believed_day judged() {
        return {wall, [this] { return agreed; }, [this] { return passed; }};
    }
    void go(std::int64_t seconds) { wall.at += seconds, passed += seconds; }
};

// A closed report whose term is past and told of, and with it all that a night needs to destroy it.
struct due_report {
    scratch dir;
    std::unique_ptr<store::store> store = open(dir / "baken.db");
    crypto::uuid id;
    explicit due_report(day now) {
        auto sent = report("rotterdam");
        id = sent.id;
        REQUIRE(run_now(store->add_report(std::move(sent))));
        say(*store, sighting(id, "rotterdam"));
        change(dir / "baken.db",
               fmt::format("UPDATE meldingen SET status = 'afgesloten', status_dag = {}", now.number - 300));
        REQUIRE(run_now(store->warn({id}, "3", now.number - 10)));
    }
    [[nodiscard]] bool there() { return run_now(store->report("rotterdam", id)).has_value(); }
};

jobs::profile half_year() { return {{}, "12.3", "de directeur", day{20000}, 180, 30, 7}; }

}  // namespace

TEST_CASE("a day is believed where the clock kept to the time that passed and somebody signed today") {
    struct row {
        const char* what;
        std::int64_t lived, jump;  // seconds since the start: as they passed, and as the clock skipped them
        std::optional<std::int64_t> signed_before;  // the end
        doubt expected;
    };
    const row rows[] = {
        {"nobody signed since the start", 60, 0, std::nullopt, doubt::nobody_agrees},
        {"somebody signed just now", 60, 0, 0, doubt::none},
        {"somebody signed in the first second of today", a_day, 0, noon, doubt::none},
        {"somebody signed in the last second of yesterday", a_day, 0, noon + 1, doubt::nobody_agrees},
        {"signed ahead, by a clock four minutes fast", 60, 0, -240, doubt::none},
        {"eight days passed as they should", 8 * a_day, 0, 10, doubt::none},
        {"the clock was set right by an hour", 60, 3600, 0, doubt::none},
        {"the clock skipped more than an hour", 60, 3601, 0, doubt::ran_ahead},
        {"the clock skipped eight days, and somebody signs by the same", 60, 8 * a_day, 0, doubt::ran_ahead},
        {"the clock went back a day", 60, -a_day, 0, doubt::none},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        clocks at;
        const auto judged = at.judged();
        at.go(row.lived);
        at.wall.at += row.jump;
        if (row.signed_before) at.agreed = at.wall.at - *row.signed_before;
        CHECK(judged.today() == row.expected);
        CHECK(judged.ahead() == row.jump);
    }
}

TEST_CASE("the clock that nobody sets goes on, and is not that of the wall") {
    const auto before = jobs::since_boot();
    CHECK(before > 0);
    CHECK(before < protocol::system_clock().now());
    CHECK(jobs::since_boot() >= before);
}

TEST_CASE(
    "a clock that skips the days of a report destroys nothing, until it is right and the days are past") {
    clocks at;
    due_report due(monday + 8);
    const auto night_of = [&] {
        return jobs::nightly(*due.store, at.wall, {half_year()}, nullptr, {}, at.judged());
    };
    auto night = night_of();
    at.wall.at += 8 * a_day;
    at.agreed = at.wall.at;
    REQUIRE(run_now(night.once(at.wall.today())));
    CHECK(due.there());

    // Started again under the wrong clock, where nobody's own machine says the same.
    at.agreed.reset();
    auto again = night_of();
    REQUIRE(run_now(again.once(at.wall.today())));
    CHECK(due.there());
    REQUIRE(run_now(again.once(at.wall.today())));
    CHECK(due.there());

    // The same minute's work, once somebody signed something.
    at.agreed = at.wall.at;
    REQUIRE(run_now(again.once(at.wall.today())));
    CHECK_FALSE(due.there());
}

TEST_CASE("a clock that was wrong and is right again is believed, with what it was due") {
    clocks at;
    due_report due(monday);
    jobs::nightly night(*due.store, at.wall, {half_year()}, nullptr, {}, at.judged());
    at.wall.at += 8 * a_day;
    at.agreed = at.wall.at;
    REQUIRE(run_now(night.once(at.wall.today())));
    CHECK(due.there());
    at.wall.at -= 8 * a_day;
    at.agreed = at.wall.at;
    REQUIRE(run_now(night.once(at.wall.today())));
    CHECK_FALSE(due.there());
}

TEST_CASE("what nobody opened is told on a day that nobody believes too") {
    clocks at;
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    sent.day = (monday - 4).number;
    REQUIRE(run_now(store->add_report(std::move(sent))));
    jobs::nightly night(*store, at.wall, {}, nullptr, {}, at.judged());
    REQUIRE(run_now(night.once(monday)));
    CHECK(number(dir / "baken.db", "SELECT count(*) FROM waarschuwingen WHERE soort = 'ongelezen'") == 1);
}
