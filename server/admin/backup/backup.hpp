// `baken admin backup`: a running installation's store as it is at one moment, sealed to the keys of the
// configuration: FILE the reports and everything else, FILE.wraps the wraps of epoch secrets. And
// `baken admin backup-keygen`, which makes such keys.
#pragma once

#include <cstdint>
#include <string>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/admin/backup/damages.hpp"
#include "server/admin/directory/key_pair.hpp"

namespace admin {

// A key that wraps are sealed to must be gone by then (protocol §1).
inline constexpr int wraps_key_days = 35;

struct backup_options {
    std::string data, to;
    std::string program;  // its version
    bool without_wraps =
        false;  // though then nobody can open what is restored, unless the wraps are elsewhere
};
struct backup_made {
    std::int64_t reports = 0, wraps = 0;  // rows
    std::int64_t size = 0;                // bytes of FILE
    std::string notes;                    // lines on keys that end soon, or were left out
    bool wraps_missing = false;           // no key for them is in force: FILE alone was made
    damages damaged;                      // written all the same
};
[[nodiscard]] client::result<backup_made> backup(const backup_options& options, const protocol::clock& clock);

struct backup_keygen_options {
    key_pair_options files;
    bool for_wraps = false;
};
// FILE and FILE.pub; gives the public line, KEY or KEY:YYYY-MM-DD.
[[nodiscard]] client::result<std::string> backup_keygen(const backup_keygen_options& options,
                                                        const protocol::clock& clock);

}  // namespace admin
