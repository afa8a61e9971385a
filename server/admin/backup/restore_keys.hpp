// The two keys that a restore needs, by their files: what opens the reports' backup, and what opens its
// wraps.
#pragma once

#include <optional>
#include <string>

#include "client/line/refusal.hpp"
#include "crypto/keys.hpp"

namespace admin {

struct restore_key_files {
    std::string key;
    std::string wraps_key;        // empty: the wraps are left out
    std::string passphrase_file;  // of both; empty: the terminal is asked for each
};

struct restore_keys {
    crypto::box_keys reports;
    std::optional<crypto::box_keys> wraps;
};

// Refused where a file is of another kind, and where the two are swapped.
[[nodiscard]] client::result<restore_keys> open_restore_keys(const restore_key_files& files);

}  // namespace admin
