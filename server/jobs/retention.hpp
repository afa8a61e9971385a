// What becomes of reports whose work is done: destroyed at the end of their term, announced 14 and 3 days
// before, or held up, and then that is told instead. The plan is a value; carrying it out is one step after
// the other.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/jobs/profiles.hpp"
#include "server/store/store.hpp"

namespace jobs {

enum class fate {
    waits,       // its term is not near
    near_14,     // within 14 days
    near_3,      // within 3 days
    destroyed,   // its term is past, and that was announced at least 3 days ago
    held,        // its term is past, but somebody keeps it for a reason
    unread,      // its term is past, but nobody of its first desk ever opened it
    unanswered,  // its term is past, but its reporter wrote something that nobody read
};
// What a warning of it is called in the store; empty: there is none.
[[nodiscard]] std::string_view warning(fate of);

struct planned {
    store::ending_report report;
    const profile* by = nullptr;  // one of the profiles it was planned with
    protocol::day due;            // the day on which its term is past
    fate next = fate::waits;
};

// Of reports that a profile governs and whose term ends within so many days, nearest first.
[[nodiscard]] std::vector<planned> plan(std::span<const profile> profiles,
                                        std::vector<store::ending_report> ending, protocol::day today,
                                        int within);

// The day on which time ends a report: its term, or that no desk can open it; put off by a hold, and not
// before it was announced. Nothing where time ends it never, or not as it is now.
[[nodiscard]] std::optional<protocol::day> end_of(std::span<const profile> profiles,
                                                  const store::listed_report& report, protocol::day today);

// The line of a desk's trail that says which epochs' wraps are no more.
[[nodiscard]] store::expiry_line keys_destroyed(protocol::day today);

// Warns of what nobody of its desk opened in time; how many there were.
[[nodiscard]] async::task<std::expected<int, store::errc>> tell_unread(protocol::day today,
                                                                       store::store& store);

// What the plan says of today is done: destructions and warnings. Counts them.
struct carried_out {
    int destroyed = 0, announced = 0, escalated = 0;
};
[[nodiscard]] async::task<std::expected<carried_out, store::errc>> retain(
    const std::vector<profile>& profiles, protocol::day today, store::store& store);

// The longest ahead that anything is announced.
inline constexpr int announced_days = 14;
// A report that nobody of its desk opened within so many days is told about, an urgent one after one.
inline constexpr int unread_days = 3;
// What no desk that has it can open is destroyed so many days later (protocol §11).
inline constexpr int unopenable_days = 30;

}  // namespace jobs
