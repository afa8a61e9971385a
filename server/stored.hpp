// What `bakend --check` says of the store, and of what the configuration says about it: read only, beside a
// running server too.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "crypto/protocol/calendar.hpp"
#include "server/config/config.hpp"
#include "server/jobs/profiles.hpp"

// Notes, a line each; or everything that is wrong, a line each.
[[nodiscard]] std::expected<std::string, std::string> check_stored(const config::config& config,
                                                                   const std::vector<jobs::profile>& profiles,
                                                                   protocol::day today);
