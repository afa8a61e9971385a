// `baken admin restore --dry-run`: a backup read from beginning to end as a restore reads it, with every hash
// held against its bytes and every row against those that it belongs to. Writes nothing, and needs neither an
// installation nor a server.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/admin/backup/restore_keys.hpp"

namespace admin {

struct trial_options {
    std::string from, wraps;  // wraps: empty where they are left out
    restore_key_files keys;
    std::vector<std::string> destroyed;  // as for a restore: newer backups, or lists
};

struct tried {
    std::string program;                                     // version that made it
    protocol::day made;                                      // UTC
    std::map<std::string, std::int64_t, std::less<>> rows;   // by table
    std::map<std::string, std::int64_t, std::less<>> desks;  // reports, by their first desk
    std::int64_t destroyed = 0;                              // reports in it that were destroyed since
    std::int64_t directory = 0;                              // its newest version; 0: none
    std::vector<std::string> found;                          // what does not fit, the first of them
    std::int64_t faults = 0;                                 // all of them
};

// Refused where a file cannot be read, opened or is not whole; whatever is wrong inside is in `found`.
[[nodiscard]] client::result<tried> try_backup(const trial_options& options);

void write(const tried& result, const trial_options& options, std::ostream& out);

}  // namespace admin
