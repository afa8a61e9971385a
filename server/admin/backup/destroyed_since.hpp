// What was destroyed after a backup was made, read for a restore: from a list of `baken admin destroyed`, or
// from a newer backup, of which only those ids are taken.
#pragma once

#include <cstdint>
#include <string>

#include "client/line/refusal.hpp"
#include "crypto/keys.hpp"
#include "server/admin/backup/destroyed.hpp"

namespace admin {

// The backup that is restored.
struct restored_backup {
    const std::string& path;
    std::int64_t made;  // Unix seconds
};

// key: opens the newer backup. Refused where the file is neither, is not whole, or is a backup older than
// this one.
[[nodiscard]] client::result<void> read_destroyed_since(const std::string& file, const crypto::box_keys& key,
                                                        const restored_backup& backup,
                                                        const destroyed_taker& take);

}  // namespace admin
