#include "server/admin/backup/destroyed_since.hpp"

#include <optional>

#include "server/admin/backup/backup_file.hpp"

namespace admin {

using store::part;
using store::sql::value;

client::result<void> read_destroyed_since(const std::string& file, const crypto::box_keys& key,
                                          const restored_backup& backup, const destroyed_taker& take) {
    if (!is_backup(file)) return read_destroyed(file, take);
    std::optional<client::refusal> failed;
    auto read = read_backup(
        file, part::reports, key,
        [&](const store::sql::table& table, std::span<const value> row) -> std::expected<void, store::errc> {
            if (table.name != "vernietigd") return {};
            const auto* id = std::get_if<crypto::byte_view>(&row[0]);
            const auto* day = std::get_if<std::int64_t>(&row[1]);
            const auto bytes = id ? crypto::to_block<16>(*id) : std::nullopt;
            if (!bytes || !day) return std::unexpected(store::errc::bad_records);
            auto taken = take({*bytes}, {static_cast<std::int32_t>(*day)});
            if (!taken) failed = taken.error();
            return taken ? std::expected<void, store::errc>() : std::unexpected(store::errc::stopped);
        });
    if (failed) return std::unexpected(*failed);
    if (!read) return std::unexpected(read.error());
    if (read->begin.made < backup.made)
        return client::refuse(file + " is older than " + backup.path +
                              ": it does not know what was destroyed since; name a newer one.");
    return {};
}

}  // namespace admin
