#include "crypto/protocol/calendar.hpp"

#include <chrono>

#include <fmt/format.h>

namespace protocol {
namespace {

namespace chrono = std::chrono;

// The digits of text as a number, or nothing.
std::optional<int> digits(std::string_view text) {
    int out = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

chrono::year_month_day civil(day d) { return chrono::sys_days(chrono::days(d.number)); }
day number(chrono::year_month_day ymd) {
    return {static_cast<std::int32_t>(chrono::sys_days(ymd).time_since_epoch().count())};
}

// The Monday of week 1: the week with 4 January in it.
day first_monday(int year) {
    day fourth = number(chrono::year(year) / 1 / 4);
    return epoch::of(fourth).monday;
}

}  // namespace

std::optional<day> day::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto y = digits(text.substr(0, 4)), m = digits(text.substr(5, 2)), d = digits(text.substr(8, 2));
    if (!y || !m || !d || *y < 1970) return std::nullopt;
    chrono::year_month_day ymd{chrono::year(*y), chrono::month(static_cast<unsigned>(*m)),
                               chrono::day(static_cast<unsigned>(*d))};
    if (!ymd.ok()) return std::nullopt;
    return ::protocol::number(ymd);
}

day day::of(std::int64_t unix_seconds) {
    auto days = chrono::floor<chrono::days>(chrono::seconds(unix_seconds));
    return {static_cast<std::int32_t>(days.count())};
}

std::string day::text() const {
    auto ymd = civil(*this);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

std::optional<epoch> epoch::parse(std::string_view text) {
    if (text.size() != 8 || text.substr(4, 2) != "-W") return std::nullopt;
    auto y = digits(text.substr(0, 4)), w = digits(text.substr(6, 2));
    if (!y || !w || *y < 1971 || *w < 1) return std::nullopt;
    epoch out{first_monday(*y) + 7 * (*w - 1)};
    // Week 53 exists only in long years: then it is still of this year.
    if (out.text() != text) return std::nullopt;
    return out;
}

epoch epoch::of(day d) {
    // 1970-01-01 was a Thursday: day 4 was the first Monday.
    int since = (d.number - 4) % 7;
    return {d - (since < 0 ? since + 7 : since)};
}

std::string epoch::text() const {
    // The week's Thursday lies in the week's year.
    int year = static_cast<int>(civil(monday + 3).year());
    return fmt::format("{:04}-W{:02}", year, (monday - first_monday(year)) / 7 + 1);
}

std::int64_t system_clock::now() const {
    return chrono::duration_cast<chrono::seconds>(chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace protocol
