// Until when an urgent report waits for its first desk, and by which day that desk answers (protocol §§3,
// 12): the same for the page that says so, for the server that keeps to it, and for the trail. Values in,
// values out.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "server/guide/staffing.hpp"

namespace guide {

// From this hour on the fallback desk may read what nobody of the first one opened.
struct urgent_hour {
    std::int64_t hour = 0;  // since 1970-01-01T00Z
    bool at_once = false;   // nobody is at the first desk, and somebody at the fallback: it reads it now
    bool operator==(const urgent_hour&) const = default;
};

// Of a report that comes at this Unix time. The first desk has its hours (staffing::urgent_hours) from
// receipt while somebody is there. Where nobody is there but somebody at the fallback, that one reads at
// once; where nobody is at either, the first desk's hours run from its next opening, or until the fallback's,
// whichever comes first. Rounded up to the full hour.
[[nodiscard]] urgent_hour fallback_hour(const staffing& staffing, std::string_view first,
                                        std::string_view fallback, std::int64_t now);

// The day by which a desk answers a report that comes at this Unix time. An urgent one within its hours.
[[nodiscard]] std::chrono::year_month_day answer_day(const staffing& staffing, std::string_view desk,
                                                     bool urgent, std::int64_t now);

// When that is on the clock in the Netherlands.
[[nodiscard]] local_time on_the_wall(const urgent_hour& at);

}  // namespace guide
