// Walks the days from now on, each with its own hours, until the desk closes or opens.
#include "server/guide/rota.hpp"

#include <algorithm>

namespace guide {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int whole_day = 24 * 60, skipped_from = 2 * 60, skipped_to = 3 * 60;
// Hours come back within three weeks, a list of own days has at most 60 (staffing.cpp), and every year has
// holidays: whoever is not found in this time never comes.
constexpr int most_days = 1000;

local_time on_the_clock(sys_days day, int minute) {
    return {day, static_cast<unsigned>(minute / 60), static_cast<unsigned>(minute % 60)};
}

const std::vector<rota::span>& of_week(const rota& desk, sys_days day) {
    return desk.week[std::chrono::weekday(day).iso_encoding() - 1];
}

bool goes_on(const std::vector<rota::span>& hours) { return !hours.empty() && hours.back().to == whole_day; }

// The hours of a day that belong to the evening before: none, or those from midnight on.
std::optional<rota::span> night_before(const rota& desk, sys_days day) {
    const auto& hours = of_week(desk, day);
    const bool morning = !hours.empty() && hours.front().from == 0 && hours.front().to < whole_day;
    if (!morning || !goes_on(of_week(desk, day - days(1)))) return std::nullopt;
    return hours.front();
}

// The hours that begin on a day.
std::vector<rota::span> begun_on(const rota& desk, sys_days day) {
    if (const auto own = desk.own_days.find(day); own != desk.own_days.end()) return own->second;
    if (!desk.on_holidays && is_holiday(day)) return {};
    auto hours = of_week(desk, day);
    if (night_before(desk, day)) hours.erase(hours.begin());
    return hours;
}

std::vector<rota::span> hours_of(const rota& desk, sys_days day) {
    auto hours = begun_on(desk, day);
    const auto night = night_before(desk, day);
    if (night && goes_on(begun_on(desk, day - days(1)))) hours.insert(hours.begin(), *night);
    if (!clock_skips(day)) return hours;
    const auto real = [](int minute) {
        return minute >= skipped_from && minute < skipped_to ? skipped_to : minute;
    };
    for (auto& span : hours) span = {real(span.from), real(span.to)};
    std::erase_if(hours, [](const rota::span& span) { return span.from == span.to; });
    return hours;
}

// The first minute from this one on in which nobody is there.
std::optional<local_time> closes(const rota& desk, sys_days day, int minute) {
    for (int n = 0; n < most_days; ++n, day += days(1), minute = 0) {
        for (const auto& span : hours_of(desk, day))
            if (span.from <= minute && minute < span.to) minute = span.to;
        if (minute < whole_day) return on_the_clock(day, minute);
    }
    return std::nullopt;
}

// The first minute from this one on in which somebody is there.
std::optional<local_time> opens(const rota& desk, sys_days day, int minute) {
    for (int n = 0; n < most_days; ++n, day += days(1), minute = 0) {
        for (const auto& span : hours_of(desk, day))
            if (minute < span.to) return on_the_clock(day, std::max(minute, span.from));
    }
    return std::nullopt;
}

sys_days working_days_after(const rota& desk, sys_days day, int count) {
    while (count > 0) {
        day += days(1);
        const auto own = desk.own_days.find(day);
        const bool closed = own != desk.own_days.end() && own->second.empty();
        if (is_working_day(day) && !closed) --count;
    }
    return day;
}

}  // namespace

presence rota::at(const local_time& now) const {
    const sys_days today(now.day);
    const int minute = static_cast<int>(now.hour * 60 + now.minute);
    // A desk without any hours does not pass the reading of the file: value() is for our own mistakes.
    const local_time next = opens(*this, today, minute).value();
    presence out;
    out.staffed = next == now;
    if (out.staffed)
        out.until = closes(*this, today, minute);
    else
        out.from = next;
    out.answer = working_days_after(*this, next.day, answer_days);
    return out;
}

}  // namespace guide
