// Where a fact comes from, and when somebody last made sure of it. What nobody verified, or not within twelve
// months, is not shown to visitors; a month is counted as in the calendar.
#pragma once

#include <optional>
#include <string>

#include "crypto/protocol/calendar.hpp"

namespace guide {

struct provenance {
    std::string bron;                           // an address, a law, a document
    std::optional<protocol::day> geverifieerd;  // nothing: never
    std::string opmerking;                      // for coordinators, never shown
};

enum class standing {
    verified,
    due,     // ten months have passed: verify it again
    lapsed,  // twelve months have passed
    never,
};

inline constexpr int due_after_months = 10, lapses_after_months = 12;

[[nodiscard]] standing standing_of(const provenance& of, protocol::day today);

// Whether it may be shown: verified or due. `always`: it answers day and night, and stays shown with its day
// when its check is late, because a number that is missing helps nobody; never where nobody ever verified it.
[[nodiscard]] bool may_be_shown(const provenance& of, bool always, protocol::day today);

}  // namespace guide
