// What a start and `bakend --check` ask of a configuration alike, and what its owner must do soon: each with
// the sentence that says so.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/config/config.hpp"
#include "server/jobs/profiles.hpp"

// A private key that others can read is nobody's secret any more.
[[nodiscard]] std::expected<void, std::string> check_private(const std::filesystem::path& file);
// A name that the framing guard never finds in a Host would refuse everybody who uses it.
[[nodiscard]] std::expected<void, std::string> check_names(const std::vector<std::string>& names);
// None where no file is configured.
[[nodiscard]] std::expected<std::vector<jobs::profile>, std::string> read_profiles(
    const config::config& config);

// Within this many days an end is told.
inline constexpr int certificate_days_ahead = 14, wraps_key_days_ahead = 7, about_days_ahead = 30;
inline constexpr std::string_view no_retention =
    "nothing is destroyed by itself: write retention profiles and name their file as 'retention'";

// The last day on which backups can be made of wraps, by the key that lasts longest; nothing where none is
// configured.
[[nodiscard]] std::optional<protocol::day> last_wraps_day(const config::config& config);

// What somebody must do, as lines of the log. The file is read again, because keys for backups are changed
// while a server runs.
void tell_configured(const config::config& config, protocol::day today);
