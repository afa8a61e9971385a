#include "server/guide/urgent.hpp"

#include <algorithm>

namespace guide {
namespace {

constexpr std::int64_t second_per_hour = 3600;

// The first second behind `now` in which the clock on the wall shows this. Where it comes twice that is the
// earlier one; where it is skipped, as if the clock had not been changed.
std::int64_t unix_of(const local_time& at, std::int64_t now) {
    using namespace std::chrono;
    const auto wall =
        duration_cast<seconds>(sys_days(at.day).time_since_epoch() + hours(at.hour) + minutes(at.minute))
            .count();
    for (const std::int64_t ahead : {2, 1}) {
        const auto out = wall - ahead * second_per_hour;
        if (out > now && in_the_netherlands(out) == at) return out;
    }
    return wall - second_per_hour;
}

std::int64_t rounded_up(std::int64_t seconds) { return (seconds + second_per_hour - 1) / second_per_hour; }

// When a desk's own hours are over, in seconds.
std::int64_t own_end(const staffing& staffing, std::string_view desk, std::int64_t now) {
    const auto there = staffing.at(desk, now);
    const auto begin = there.staffed || !there.from ? now : unix_of(*there.from, now);
    return begin + staffing.urgent_hours(desk) * second_per_hour;
}

}  // namespace

urgent_hour fallback_hour(const staffing& staffing, std::string_view first, std::string_view fallback,
                          std::int64_t now) {
    const auto end = own_end(staffing, first, now);
    if (staffing.at(first, now).staffed) return {rounded_up(end), false};
    const auto other = staffing.at(fallback, now);
    if (other.staffed) return {now / second_per_hour, true};
    const auto opens = other.from ? unix_of(*other.from, now) : end;
    return {rounded_up(std::min(end, opens)), false};
}

std::chrono::year_month_day answer_day(const staffing& staffing, std::string_view desk, bool urgent,
                                       std::int64_t now) {
    if (!urgent) return staffing.at(desk, now).answer;
    return in_the_netherlands(rounded_up(own_end(staffing, desk, now)) * second_per_hour).day;
}

local_time on_the_wall(const urgent_hour& at) { return in_the_netherlands(at.hour * second_per_hour); }

}  // namespace guide
