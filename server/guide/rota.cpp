// Walks the days from now on, each with its own hours, until the desk closes or opens.
#include "server/guide/rota.hpp"

#include <algorithm>

namespace guide {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int whole_day = 24 * 60, skipped_from = 2 * 60, skipped_to = 3 * 60;
// Hours come back within three weeks, and every year has holidays: whoever is not found in this time never
// comes.
constexpr int most_days = 400;

local_time on_the_clock(sys_days day, int minute) {
    return {day, static_cast<unsigned>(minute / 60), static_cast<unsigned>(minute % 60)};
}

std::vector<rota::span> hours_of(const rota& desk, sys_days day) {
    if (!desk.on_holidays && is_holiday(day)) return {};
    auto hours = desk.week[std::chrono::weekday(day).iso_encoding() - 1];
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

sys_days working_days_after(sys_days day, int count) {
    while (count > 0) {
        day += days(1);
        if (is_working_day(day)) --count;
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
    out.answer = working_days_after(next.day, answer_days);
    return out;
}

}  // namespace guide
