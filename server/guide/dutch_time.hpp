// The clock and the public holidays of the Netherlands, reckoned here: the library has no time zones yet, and
// a machine's own zone is its administrator's business. Values in, values out.
#pragma once

#include <chrono>
#include <cstdint>

namespace guide {

// A minute in the Netherlands; midnight is 00:00 of the day that begins.
struct local_time {
    std::chrono::year_month_day day;
    unsigned hour = 0, minute = 0;
    bool operator==(const local_time&) const = default;
};

// The minute in which a Unix time lies: UTC+1, and UTC+2 from the last Sunday of March 01:00 UTC to the last
// Sunday of October 01:00 UTC (Directive 2000/84/EC), so not for times before 1996.
[[nodiscard]] local_time in_the_netherlands(std::int64_t unix_seconds);

// The day on which the minute behind 01:59 is 03:00.
[[nodiscard]] bool clock_skips(std::chrono::year_month_day day);

// Public holidays on which desks are closed unless their hours say otherwise: 1 January, Easter Sunday and
// Monday, King's Day (27 April, or the 26th where that is a Sunday), 5 May in years divisible by five,
// Ascension Day, Whit Sunday and Monday, 25 and 26 December.
[[nodiscard]] bool is_holiday(std::chrono::year_month_day day);

// Monday to Friday, and no holiday.
[[nodiscard]] bool is_working_day(std::chrono::year_month_day day);

}  // namespace guide
