// Retention profiles: how long a report is kept once its work is done, decided by somebody, under a category
// of the archive's selection list. Without a profile nothing is destroyed by itself.
#pragma once

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/calendar.hpp"

namespace jobs {

struct profile {
    std::vector<std::string> desks;  // empty: every desk that no other profile names
    std::string category;            // of the archive's selection list
    std::string approved_by;
    protocol::day approved_on;
    // Days after the report came into that status.
    int closed = 0, handed_over = 0, withdrawn = 0;

    // Of a status on the wire; 0 for one that does not end.
    [[nodiscard]] int days(std::string_view status) const;
};

// TOML, a table [[profile]] for each: desks, category, approved-by, approved-on, closed, handed-over,
// withdrawn. Sentences, one a fault.
[[nodiscard]] std::expected<std::vector<profile>, std::vector<std::string>> read_profiles(
    const std::filesystem::path& file);

// The one that governs a desk's reports; null: none.
[[nodiscard]] const profile* governing(std::span<const profile> profiles, std::string_view desk);

}  // namespace jobs
