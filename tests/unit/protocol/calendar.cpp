#include "crypto/protocol/calendar.hpp"

#include <ctime>

#include <catch2/catch.hpp>

using protocol::day;
using protocol::epoch;

namespace {

// The C library's own word for a day: the second opinion of these tests.
std::string said(day d, const char* form) {
    const std::time_t seconds = std::time_t{d.number} * 86400 + 43200;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char out[32];
    return {out, std::strftime(out, sizeof out, form, &parts)};
}

}  // namespace

TEST_CASE("every day from 1990 to 2060 is written as the C library writes it, and read back") {
    const day last = day::parse("2060-12-31").value();
    for (day d = day::parse("1990-01-01").value(); d <= last; d = d + 1) {
        const auto text = d.text();
        const auto week = epoch::of(d);
        if (text == said(d, "%Y-%m-%d") && day::parse(text) == d && week.text() == said(d, "%G-W%V") &&
            epoch::parse(week.text()) == week && week.monday <= d && d - week.monday < 7 &&
            said(week.monday, "%u") == "1")
            continue;
        FAIL(text << " " << week.text());
    }
    CHECK(last.text() == "2060-12-31");
}

TEST_CASE("weeks around the turn of a year belong to the year of their Thursday") {
    const std::pair<const char*, const char*> table[] = {
        {"2026-12-27", "2026-W52"}, {"2026-12-28", "2026-W53"}, {"2027-01-03", "2026-W53"},
        {"2027-01-04", "2027-W01"}, {"2020-12-31", "2020-W53"}, {"2021-01-03", "2020-W53"},
        {"2024-12-30", "2025-W01"}, {"2025-12-29", "2026-W01"}, {"2026-01-01", "2026-W01"},
        {"2000-01-02", "1999-W52"}, {"2016-01-03", "2015-W53"}, {"2026-11-18", "2026-W47"},
    };
    for (const auto& [d, week] : table) CHECK(epoch::of(day::parse(d).value()).text() == week);
    CHECK(epoch::parse("2026-W53")->next().text() == "2027-W01");
    CHECK(epoch::parse("2026-W47")->next(26).text() == "2027-W20");
    CHECK(epoch::parse("2027-W01")->next(-1).text() == "2026-W53");
}

TEST_CASE("a day that does not exist, or is written otherwise, is none") {
    for (const std::string_view text :
         {"2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10",           "2026-01-00",
          "2026-04-31", "2026-1-1",   "2026-01-1 ", " 2026-01-1",           "2026-01-011",
          "20260101",   "2026/01/01", "2026-01-0a", "-026-01-01",           "+026-01-01",
          "1969-12-31", "",           "2026-W47-1", "2026-01-01T00:00:00Z", "0000-01-01",
          "2026-0١-01"}) {
        CAPTURE(text);
        CHECK_FALSE(day::parse(text).has_value());
    }
    CHECK(day::parse("1970-01-01")->number == 0);
    CHECK(day::parse("2028-02-29").has_value());
    CHECK(day::parse("2000-02-29").has_value());
    CHECK(day::parse("9999-12-31")->text() == "9999-12-31");
}

TEST_CASE("a week that does not exist, or is written otherwise, is none") {
    for (const std::string_view text :
         {"2026-W00", "2026-W54", "2026-W99", "2027-W53", "2025-W53", "2026-w47", "2026W47", "2026-47",
          "2026-W7", "2026-W7 ", "2026-W047", "1970-W01", "+026-W01", "2026-W4a", ""}) {
        CAPTURE(text);
        CHECK_FALSE(epoch::parse(text).has_value());
    }
}

TEST_CASE("a moment lies in its UTC day, also before 1970") {
    CHECK(day::of(0).text() == "1970-01-01");
    CHECK(day::of(86399).text() == "1970-01-01");
    CHECK(day::of(86400).text() == "1970-01-02");
    CHECK(day::of(-1).number == -1);
    CHECK(day::of(1795046399).text() == said(day{1795046399 / 86400}, "%Y-%m-%d"));
    struct stopped final : protocol::clock {
        [[nodiscard]] std::int64_t now() const override { return 86400 * 7; }
    };
    CHECK(stopped().today().text() == "1970-01-08");
    CHECK(protocol::system_clock().today() > day::parse("2025-01-01").value());
}

TEST_CASE("days are counted and compared") {
    const day a = day::parse("2026-12-31").value(), b = day::parse("2027-01-01").value();
    CHECK(b - a == 1);
    CHECK(a + 1 == b);
    CHECK(b - 1 == a);
    CHECK(a < b);
    CHECK(epoch::of(a) == epoch::of(b));
}
