// Reckons with whole days since 1970; the hour of the clock comes last.
#include "server/guide/dutch_time.hpp"

namespace guide {
namespace {

namespace chrono = std::chrono;
using chrono::days;
using chrono::sys_days;

// Where the clock is put forward (March) or back (October).
sys_days last_sunday(chrono::year year, chrono::month month) {
    return sys_days(year / month / chrono::Sunday[chrono::last]);
}

bool is_summer(chrono::sys_seconds time) {
    const auto year = chrono::year_month_day(chrono::floor<days>(time)).year();
    return time >= last_sunday(year, chrono::March) + chrono::hours(1) &&
           time < last_sunday(year, chrono::October) + chrono::hours(1);
}

// Meeus, Astronomical Algorithms, chapter 8: the Gregorian Easter without a table. The names are his.
sys_days easter(chrono::year year) {
    const int y = static_cast<int>(year);
    const int a = y % 19, b = y / 100, c = y % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return sys_days(year / (n / 31) / (n % 31 + 1));
}

// 27 April, the day before where that is a Sunday.
sys_days kings_day(chrono::year year) {
    const sys_days birthday(year / chrono::April / 27);
    return chrono::weekday(birthday) == chrono::Sunday ? birthday - days(1) : birthday;
}

}  // namespace

local_time in_the_netherlands(std::int64_t unix_seconds) {
    const chrono::sys_seconds time{chrono::seconds(unix_seconds)};
    const auto local = time + chrono::hours(is_summer(time) ? 2 : 1);
    const auto day = chrono::floor<days>(local);
    const auto minutes = static_cast<unsigned>(chrono::floor<chrono::minutes>(local - day).count());
    return {chrono::year_month_day(day), minutes / 60, minutes % 60};
}

bool clock_skips(chrono::year_month_day day) {
    return sys_days(day) == last_sunday(day.year(), chrono::March);
}

bool is_holiday(chrono::year_month_day day) {
    const auto year = day.year();
    const sys_days date(day);
    if (day == year / chrono::January / 1 || date == kings_day(year)) return true;
    if (day == year / chrono::May / 5 && static_cast<int>(year) % 5 == 0) return true;
    if (day == year / chrono::December / 25 || day == year / chrono::December / 26) return true;
    const auto since = (date - easter(year)).count();
    return since == 0 || since == 1 || since == 39 || since == 49 || since == 50;
}

bool is_working_day(chrono::year_month_day day) {
    return chrono::weekday(sys_days(day)).iso_encoding() <= 5 && !is_holiday(day);
}

}  // namespace guide
