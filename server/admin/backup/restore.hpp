// `baken admin restore`: a backup into an installation that was just made. Everything is read and judged once
// before anything is written; until all of it is there, checked, and cleared of what was destroyed since, the
// database is marked and no server starts on it. Broken off at any moment, the same command does it again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/admin/backup/damages.hpp"

namespace admin {

struct restore_options {
    std::string data, from, key, passphrase_file;
    std::string wraps, wraps_key;  // both or none
    // Newer backups, or lists; none where nothing was destroyed since.
    std::vector<std::string> destroyed;
};
struct restored {
    std::int64_t reports = 0, wraps = 0, destroyed = 0;  // destroyed: that were in the backup
    std::int64_t made = 0;                               // of the backup, Unix seconds
    damages damaged;                                     // in the backup; restored as they are
};
[[nodiscard]] client::result<restored> restore(const restore_options& options, const protocol::clock& clock);

}  // namespace admin
