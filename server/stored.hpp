// What `bakend --check` says of the store, and of what the configuration says about it: read only, beside a
// running server too.
#pragma once

#include <string>
#include <vector>

#include "crypto/protocol/calendar.hpp"
#include "server/config/config.hpp"
#include "server/inspection.hpp"
#include "server/jobs/profiles.hpp"

// What names desks, to be held against the directory.
struct stored_beside {
    std::vector<jobs::profile> profiles;
    std::vector<std::string> staffed;  // desks that bezetting.json names
};

// The database, the directory in it, staffing, the log key, and the keys for backups.
[[nodiscard]] std::vector<inspected> inspect_stored(const config::config& config, const stored_beside& beside,
                                                    protocol::day today);
