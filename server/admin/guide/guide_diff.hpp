// What a change of the guide's data would change for people: which reports go to another desk, who gets
// another answer to where they can report, and entry by entry what the files say differently.
#pragma once

#include <ostream>
#include <string>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"

namespace admin {

struct guide_diff_options {
    // Each a directory like schema/, or one that stands in for some of its files.
    std::string before, after;
    std::string schema;  // what both stand in for
    protocol::day today;
};

// Writes what moves, most first; true where nothing does.
[[nodiscard]] client::result<bool> guide_diff(const guide_diff_options& options, std::ostream& out);

}  // namespace admin
