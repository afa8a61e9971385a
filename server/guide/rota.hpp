// When somebody is at one desk: the hours of its week, and what follows from them at a given minute.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "server/guide/dutch_time.hpp"

namespace guide {

struct presence {
    bool staffed = false;                // somebody is there now
    std::optional<local_time> until;     // where staffed: until when; nothing for a desk that never closes
    std::optional<local_time> from;      // where not staffed: from when; always set then
    std::chrono::year_month_day answer;  // the day by which the desk answers a report sent now
};

struct rota {
    struct span {
        int from = 0, to = 0;  // minutes since midnight, 0 <= from < to <= 1440; nobody is there at `to`
    };
    std::array<std::vector<span>, 7> week;  // Monday first; in order, none overlaps; not all seven are empty
    bool on_holidays = false;               // the hours hold on holidays too
    // Days that are not as the week has them: their hours instead, none where nobody is there. They win over
    // the holidays too.
    std::map<std::chrono::sys_days, std::vector<span>> own_days;
    std::optional<std::chrono::year_month_day> own_days_until;  // until when somebody keeps that list
    int answer_days = 0;   // working days between the first reading of a report and the answer
    int urgent_hours = 2;  // within which an urgent report is opened

    // Hours are read off the clock on the wall. Where it skips an hour, nobody is due in that hour; where an
    // hour comes twice, its hours hold both times. Hours that touch, also at midnight, are one stay. A shift
    // belongs to the evening it began: hours from 00:00 on, behind a weekday whose hours go on until 24:00,
    // are those of that day, so the night of 24 December is staffed until its end, and that of a holiday is
    // not. A day round the clock is its own. A report is first read on a day on which the desk is still
    // staffed: today, or the day of `from`; a day on which the desk is closed by its own list is no working
    // day.
    [[nodiscard]] presence at(const local_time& now) const;
};

}  // namespace guide
