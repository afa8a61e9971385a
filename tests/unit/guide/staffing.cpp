// Presence at hours made up for the test, then by the file that ships. Times are written as the Netherlands
// tells them.
#include <fstream>
#include <iterator>
#include <set>

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"
#include "tests/unit/guide/hours.hpp"
#include "tests/unit/guide/shipped.hpp"

using hours::loaded;
using hours::right;

namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::string text(year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}
std::string text(const guide::local_time& t) {
    return fmt::format("{} {:02}:{:02}", text(t.day), t.hour, t.minute);
}

// "there until 2026-11-09 17:00, answer 2026-11-11"
std::string told(const guide::presence& p) {
    CHECK(p.from.has_value() == !p.staffed);
    CHECK_FALSE((p.until && !p.staffed));
    const std::string when = p.staffed ? (p.until ? "there until " + text(*p.until) : "always there")
                                       : "there from " + text(p.from.value());
    return when + ", answer " + text(p.answer);
}

std::int64_t utc(year_month_day day, std::chrono::seconds time) {
    return (sys_days(day) + time).time_since_epoch().count();
}
// In the months without summer time.
std::string winter(const std::string& desk, year_month_day day, std::chrono::seconds time) {
    static const auto desks = loaded(right);
    return told(desks.at(desk, utc(day, time - 1h)));
}

protocol::json::object shipped_json(const std::string& name) {
    std::ifstream in(shipped::schema() / name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return protocol::parse_object(text).value();
}

}  // namespace

TEST_CASE("a desk in office hours is there from its first minute to before its last") {
    const std::string any = "rotterdam";  // not in the file: standaard
    // Monday 9 November 2026.
    CHECK(winter(any, 2026y / 11 / 9, 0h) == "there from 2026-11-09 09:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 9h - 1s) == "there from 2026-11-09 09:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 9h) == "there until 2026-11-09 17:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 17h - 1s) == "there until 2026-11-09 17:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 17h) == "there from 2026-11-10 09:00, answer 2026-11-12");
}

TEST_CASE("from Friday 17:00 on, a report waits for Monday") {
    CHECK(winter("x", 2026y / 11 / 13, 17h - 1s) == "there until 2026-11-13 17:00, answer 2026-11-17");
    CHECK(winter("x", 2026y / 11 / 13, 17h) == "there from 2026-11-16 09:00, answer 2026-11-18");
    CHECK(winter("x", 2026y / 11 / 15, 23h + 59min + 59s) ==
          "there from 2026-11-16 09:00, answer 2026-11-18");
    CHECK(winter("x", 2026y / 11 / 16, 0h) == "there from 2026-11-16 09:00, answer 2026-11-18");
}

TEST_CASE("holidays are neither staffed nor counted") {
    // Thursday 24 December 2026: Christmas is Friday and Saturday.
    CHECK(winter("x", 2026y / 12 / 24, 16h) == "there until 2026-12-24 17:00, answer 2026-12-29");
    CHECK(winter("x", 2026y / 12 / 24, 17h) == "there from 2026-12-28 09:00, answer 2026-12-30");
    CHECK(winter("x", 2026y / 12 / 25, 10h) == "there from 2026-12-28 09:00, answer 2026-12-30");
    // Thursday 31 December 2026: Friday is New Year.
    CHECK(winter("x", 2026y / 12 / 31, 17h) == "there from 2027-01-04 09:00, answer 2027-01-06");
    // Thursday before Easter 2026, in summer time: Friday works, Monday does not.
    const auto desks = loaded(right);
    CHECK(told(desks.at("x", utc(2026y / 4 / 2, 10h))) == "there until 2026-04-02 17:00, answer 2026-04-07");
    CHECK(told(desks.at("x", utc(2026y / 4 / 3, 15h))) == "there from 2026-04-07 09:00, answer 2026-04-09");
}

TEST_CASE("the hours follow the clock on the wall through both changes") {
    const auto desks = loaded(right);
    CHECK(told(desks.at("x", utc(2026y / 3 / 27, 8h))) == "there until 2026-03-27 17:00, answer 2026-03-31");
    CHECK(told(desks.at("x", utc(2026y / 3 / 27, 8h - 1s))) ==
          "there from 2026-03-27 09:00, answer 2026-03-31");
    CHECK(told(desks.at("x", utc(2026y / 3 / 30, 7h))) == "there until 2026-03-30 17:00, answer 2026-04-01");
    CHECK(told(desks.at("x", utc(2026y / 3 / 30, 7h - 1s))) ==
          "there from 2026-03-30 09:00, answer 2026-04-01");
    CHECK(told(desks.at("x", utc(2026y / 10 / 23, 15h - 1s))) ==
          "there until 2026-10-23 17:00, answer 2026-10-27");
    CHECK(told(desks.at("x", utc(2026y / 10 / 26, 16h - 1s))) ==
          "there until 2026-10-26 17:00, answer 2026-10-28");
    CHECK(told(desks.at("x", utc(2026y / 10 / 26, 16h))) == "there from 2026-10-27 09:00, answer 2026-10-29");
}

TEST_CASE("no time is told that the clock skips") {
    const auto desks = loaded(right);
    // Sunday 22 March 2026 is a common one, 29 March is not.
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 22, 1h))) ==
          "there from 2026-03-22 02:15, answer 2026-03-22");
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 22, 1h + 45min))) ==
          "there from 2026-03-29 01:00, answer 2026-03-29");
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 29, 59min))) ==
          "there until 2026-03-29 03:00, answer 2026-03-29");
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 29, 1h))) ==
          "there from 2026-04-05 01:00, answer 2026-04-05");
    CHECK(told(desks.at("gat", utc(2026y / 3 / 22, 2h))) == "there from 2026-04-05 02:00, answer 2026-04-05");
    CHECK(told(desks.at("overheen", utc(2026y / 3 / 29, 59min))) ==
          "there until 2026-03-29 05:00, answer 2026-03-29");
    CHECK(told(desks.at("overheen", utc(2026y / 3 / 29, 1h))) ==
          "there until 2026-03-29 05:00, answer 2026-03-29");
    CHECK(told(desks.at("overheen", utc(2026y / 3 / 29, 3h))) ==
          "there from 2026-04-05 00:30, answer 2026-04-05");
}

TEST_CASE("in the hour that comes twice, the hours hold both times") {
    const auto desks = loaded(right);
    const auto twenty_past_two = GENERATE(20min, 1h + 20min);
    CHECK(told(desks.at("sprong", utc(2026y / 10 / 25, twenty_past_two))) ==
          "there until 2026-10-25 02:45, answer 2026-10-25");
}

TEST_CASE("hours that touch are one stay, also at midnight") {
    // Wednesday 11 November 2026 without a break, Thursday with one.
    CHECK(winter("pauze", 2026y / 11 / 11, 10h) == "there until 2026-11-11 17:00, answer 2026-11-11");
    CHECK(winter("pauze", 2026y / 11 / 11, 12h) == "there until 2026-11-11 17:00, answer 2026-11-11");
    CHECK(winter("pauze", 2026y / 11 / 12, 10h) == "there until 2026-11-12 12:00, answer 2026-11-12");
    CHECK(winter("pauze", 2026y / 11 / 12, 12h) == "there from 2026-11-12 13:00, answer 2026-11-12");
    // Friday evening into Saturday; Saturday ends at midnight, which is told as Sunday 00:00.
    CHECK(winter("nacht", 2026y / 11 / 13, 21h) == "there until 2026-11-14 04:00, answer 2026-12-28");
    CHECK(winter("nacht", 2026y / 11 / 14, 3h) == "there until 2026-11-14 04:00, answer 2026-12-28");
    CHECK(winter("nacht", 2026y / 11 / 14, 23h) == "there until 2026-11-15 00:00, answer 2026-12-28");
    // Friday 25 and Saturday 26 December are Christmas; Friday 1 January is a holiday, and so is its night.
    CHECK(winter("nacht", 2026y / 12 / 20, 0h) == "there from 2027-01-02 22:00, answer 2027-02-12");
}

TEST_CASE("a shift belongs to the evening it began") {
    // Thursday 24 December 2026: Friday is Christmas, Saturday too, Sunday is free.
    CHECK(winter("avond", 2026y / 12 / 24, 23h) == "there until 2026-12-25 06:00, answer 2026-12-28");
    CHECK(winter("avond", 2026y / 12 / 25, 5h) == "there until 2026-12-25 06:00, answer 2026-12-28");
    CHECK(winter("avond", 2026y / 12 / 25, 6h) == "there from 2026-12-28 18:00, answer 2026-12-29");
    CHECK(winter("avond", 2026y / 12 / 26, 3h) == "there from 2026-12-28 18:00, answer 2026-12-29");
    // Friday 1 January 2027: its night does not begin, that of Thursday goes on.
    CHECK(winter("avond", 2027y / 1 / 1, 2h) == "there until 2027-01-01 06:00, answer 2027-01-04");
    CHECK(winter("avond", 2027y / 1 / 2, 2h) == "there from 2027-01-04 18:00, answer 2027-01-05");
    // An ordinary Friday night, and the Monday before whose evening nothing began.
    CHECK(winter("avond", 2027y / 1 / 8, 22h) == "there until 2027-01-09 06:00, answer 2027-01-11");
    CHECK(winter("avond", 2027y / 1 / 11, 2h) == "there from 2027-01-11 18:00, answer 2027-01-12");
}

TEST_CASE("a desk has days of its own: closed, or with other hours") {
    const auto desks = loaded(right);
    // Good Friday 2027 is closed, and Easter Monday a holiday; the answer counts neither.
    CHECK(told(desks.at("eigen", utc(2027y / 3 / 25, 15h + 59min))) ==
          "there until 2027-03-25 17:00, answer 2027-03-30");
    CHECK(told(desks.at("eigen", utc(2027y / 3 / 26, 10h))) ==
          "there from 2027-03-30 09:00, answer 2027-03-31");
    // 5 May 2027 has two hours; a Saturday has two as well, and is no working day.
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 5, 7h))) ==
          "there from 2027-05-05 10:00, answer 2027-05-07");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 5, 9h))) ==
          "there until 2027-05-05 12:00, answer 2027-05-07");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 5, 10h))) ==
          "there from 2027-05-07 09:00, answer 2027-05-10");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 8, 8h))) ==
          "there until 2027-05-08 11:00, answer 2027-05-10");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 8, 9h))) ==
          "there from 2027-05-08 13:00, answer 2027-05-10");
}

TEST_CASE("a day of its own decides of the night that begins then, not of that before") {
    // Wednesday 10 February 2027 is closed, Tuesday the 16th has other hours; Easter Monday is worked.
    CHECK(winter("avond", 2027y / 2 / 10, 3h) == "there until 2027-02-10 06:00, answer 2027-02-11");
    CHECK(winter("avond", 2027y / 2 / 10, 18h) == "there from 2027-02-11 18:00, answer 2027-02-12");
    CHECK(winter("avond", 2027y / 2 / 11, 3h) == "there from 2027-02-11 18:00, answer 2027-02-12");
    CHECK(winter("avond", 2027y / 2 / 16, 3h) == "there until 2027-02-16 06:00, answer 2027-02-17");
    CHECK(winter("avond", 2027y / 2 / 16, 21h) == "there until 2027-02-16 22:00, answer 2027-02-17");
    CHECK(winter("avond", 2027y / 2 / 17, 3h) == "there from 2027-02-17 18:00, answer 2027-02-18");
    const auto desks = loaded(right);
    CHECK(told(desks.at("avond", utc(2027y / 3 / 29, 20h))) ==
          "there until 2027-03-30 06:00, answer 2027-03-30");
}

TEST_CASE("a list of days that ends within sixty days is told") {
    const auto desks = loaded(right);
    const auto ending = [&](year_month_day today) {
        std::vector<std::string> out;
        for (const auto& [desk, until] : desks.lists_ending(today)) out.push_back(desk + " " + text(until));
        return out;
    };
    using list = std::vector<std::string>;
    CHECK(ending(2027y / 4 / 30) == list{});
    CHECK(ending(2027y / 5 / 1) == list{"avond 2027-06-30"});
    CHECK(ending(2027y / 7 / 1) == list{"avond 2027-06-30"});
    CHECK(ending(2027y / 12 / 1) == list{"avond 2027-06-30", "eigen 2027-12-31"});
}

TEST_CASE("a desk that is there day and night closes never, or on holidays alone") {
    CHECK(winter("altijd", 2026y / 12 / 25, 3h) == "always there, answer 2026-12-25");
    CHECK(winter("altijd", 2026y / 11 / 15, 3h) == "always there, answer 2026-11-15");
    CHECK(winter("bijna-altijd", 2026y / 11 / 14, 3h) == "there until 2026-12-25 00:00, answer 2026-11-16");
    CHECK(winter("bijna-altijd", 2026y / 12 / 25, 3h) == "there from 2026-12-27 00:00, answer 2026-12-28");
    const auto desks = loaded(right);
    CHECK(told(desks.at("altijd", utc(2026y / 3 / 29, 59min))) == "always there, answer 2026-03-29");
}

TEST_CASE("at every hour of four years a desk knows when it opens and when it answers") {
    const auto desks = loaded(right);
    for (const std::string desk :
         {"x", "bijna-altijd", "avond", "eigen", "pauze", "nacht", "sprong", "gat", "overheen"}) {
        std::size_t wrong = 0;
        for (auto now = utc(2026y / 1 / 1, 0s); now < utc(2030y / 1 / 1, 0s); now += 3600) {
            const auto p = desks.at(desk, now);
            const auto here = guide::in_the_netherlands(now);
            const auto& other = p.staffed ? p.until : p.from;
            if (!other || text(*other) <= text(here) || sys_days(p.answer) < sys_days(here.day)) ++wrong;
        }
        INFO(desk);
        CHECK(wrong == 0);
    }
}

TEST_CASE("the hours that ship load, and every desk named in them ships") {
    const auto desks = guide::staffing::load(shipped::schema());
    REQUIRE(desks);
    CHECK(told(desks->at("rotterdam", utc(2026y / 11 / 9, 9h))) ==
          "there until 2026-11-09 17:00, answer 2026-11-11");
    CHECK(told(desks->at("landelijk", utc(2026y / 11 / 8, 9h))) ==
          "there until 2026-11-08 20:00, answer 2026-11-10");
    CHECK(told(desks->at("landelijk", utc(2026y / 11 / 8, 19h))) ==
          "there from 2026-11-09 08:00, answer 2026-11-11");

    std::set<std::string> known;
    for (const auto& desk : shipped_json("loketten.json").at("loketten").as_array())
        known.emplace(desk.at("id").as_string());
    REQUIRE(known.size() == 14);
    for (const auto& member : shipped_json("bezetting.json").at("loketten").as_object())
        CHECK(known.contains(std::string(member.key())));
}
