// The clock of the Netherlands at its edges, and its holidays against tables written by hand from the
// calendar.
#include "server/guide/dutch_time.hpp"

#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::string text(year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string clock_at(year_month_day day, std::chrono::seconds utc) {
    const auto t = guide::in_the_netherlands((sys_days(day) + utc).time_since_epoch().count());
    return fmt::format("{} {:02}:{:02}", text(t.day), t.hour, t.minute);
}

// Every day of the year for which `is` holds.
std::set<std::string> those_of(int year, bool (*is)(year_month_day)) {
    std::set<std::string> out;
    const sys_days end(std::chrono::year(year + 1) / 1 / 1);
    for (sys_days day(std::chrono::year(year) / 1 / 1); day < end; day += days(1))
        if (is(day)) out.insert(text(day));
    return out;
}

}  // namespace

TEST_CASE("the clock skips from 01:59 to 03:00 in March and tells the hour from 02:00 twice in October") {
    CHECK(clock_at(2026y / 3 / 29, 59min + 59s) == "2026-03-29 01:59");
    CHECK(clock_at(2026y / 3 / 29, 1h) == "2026-03-29 03:00");
    CHECK(clock_at(2026y / 10 / 25, 59min + 59s) == "2026-10-25 02:59");
    CHECK(clock_at(2026y / 10 / 25, 1h) == "2026-10-25 02:00");
    CHECK(clock_at(2026y / 10 / 25, 2h) == "2026-10-25 03:00");
    CHECK(clock_at(2027y / 3 / 28, 1h - 1s) == "2027-03-28 01:59");
    CHECK(clock_at(2027y / 3 / 28, 1h) == "2027-03-28 03:00");
    CHECK(clock_at(2027y / 10 / 31, 1h - 1s) == "2027-10-31 02:59");
    CHECK(clock_at(2027y / 10 / 31, 1h) == "2027-10-31 02:00");
}

TEST_CASE("the day of the Netherlands begins an hour or two before that of UTC") {
    CHECK(clock_at(2026y / 12 / 31, 23h - 1s) == "2026-12-31 23:59");
    CHECK(clock_at(2026y / 12 / 31, 23h) == "2027-01-01 00:00");
    CHECK(clock_at(2026y / 6 / 30, 22h - 1s) == "2026-06-30 23:59");
    CHECK(clock_at(2026y / 6 / 30, 22h) == "2026-07-01 00:00");
    CHECK(clock_at(2028y / 2 / 28, 23h) == "2028-02-29 00:00");
    CHECK(guide::in_the_netherlands(0) == guide::local_time{1970y / 1 / 1, 1, 0});
    CHECK(guide::in_the_netherlands(-3601) == guide::local_time{1969y / 12 / 31, 23, 59});
}

TEST_CASE("the clock skips on one day a year") {
    CHECK(those_of(2026, guide::clock_skips) == std::set<std::string>{"2026-03-29"});
    CHECK(those_of(2030, guide::clock_skips) == std::set<std::string>{"2030-03-31"});
    CHECK(those_of(2031, guide::clock_skips) == std::set<std::string>{"2031-03-30"});
}

TEST_CASE("the holidays of a year are those of the calendar and no others") {
    CHECK(those_of(2026, guide::is_holiday) ==
          std::set<std::string>{"2026-01-01", "2026-04-05", "2026-04-06", "2026-04-27", "2026-05-14",
                                "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26"});
    CHECK(those_of(2027, guide::is_holiday) ==
          std::set<std::string>{"2027-01-01", "2027-03-28", "2027-03-29", "2027-04-27", "2027-05-06",
                                "2027-05-16", "2027-05-17", "2027-12-25", "2027-12-26"});
    // 5 May of a year divisible by five.
    CHECK(those_of(2030, guide::is_holiday) ==
          std::set<std::string>{"2030-01-01", "2030-04-21", "2030-04-22", "2030-04-27", "2030-05-05",
                                "2030-05-30", "2030-06-09", "2030-06-10", "2030-12-25", "2030-12-26"});
    // 27 April is a Sunday: King's Day is the 26th.
    CHECK(those_of(2031, guide::is_holiday) ==
          std::set<std::string>{"2031-01-01", "2031-04-13", "2031-04-14", "2031-04-26", "2031-05-22",
                                "2031-06-01", "2031-06-02", "2031-12-25", "2031-12-26"});
}

TEST_CASE("Easter lies where the calendar says, also in the years that break simpler rules") {
    const auto [year, month, day] = GENERATE(table<int, unsigned, unsigned>({{1981, 4, 19},
                                                                             {2000, 4, 23},
                                                                             {2008, 3, 23},
                                                                             {2011, 4, 24},
                                                                             {2024, 3, 31},
                                                                             {2025, 4, 20},
                                                                             {2028, 4, 16},
                                                                             {2029, 4, 1},
                                                                             {2038, 4, 25},
                                                                             {2049, 4, 18},
                                                                             {2076, 4, 19},
                                                                             {2100, 3, 28}}));
    const sys_days sunday(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
    INFO(text(sunday));
    CHECK(std::chrono::weekday(sunday) == std::chrono::Sunday);
    CHECK(guide::is_holiday(sunday));
    CHECK(guide::is_holiday(sunday + days(1)));
    CHECK_FALSE(guide::is_holiday(sunday - days(7)));
    CHECK_FALSE(guide::is_holiday(sunday + days(7)));
}

TEST_CASE("a working day is Monday to Friday and no holiday") {
    CHECK(guide::is_working_day(2026y / 4 / 3));  // Good Friday is none of the holidays
    for (const auto day : {2026y / 4 / 4, 2026y / 4 / 5, 2026y / 4 / 6, 2026y / 12 / 25})
        CHECK_FALSE(guide::is_working_day(day));
    CHECK(guide::is_working_day(2026y / 4 / 7));
    CHECK(guide::is_working_day(2026y / 5 / 5));
    CHECK(those_of(2026, guide::is_working_day).size() == 255);
}
