#include "server/admin/backup/backup.hpp"

namespace admin {

client::result<std::string> backup_keygen(const backup_keygen_options& options,
                                          const protocol::clock& clock) {
    protocol::key_file keys;
    keys.soort = options.for_wraps ? "reservekopie-wraps" : "reservekopie";
    keys.box_keys = crypto::box_keys::random();
    auto line = crypto::b64u(keys.box_keys->public_key);
    if (options.for_wraps) line += ":" + (clock.today() + wraps_key_days).text();
    if (auto made = write_key_pair(options.files, keys, line); !made) return std::unexpected(made.error());
    return line;
}

}  // namespace admin
