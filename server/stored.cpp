#include "server/stored.hpp"

#include <fmt/format.h>

#include "crypto/protocol/documents.hpp"
#include "server/store/open.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/whole.hpp"

namespace {

using lines = std::vector<std::string>;

void check_wraps_keys(const config::config& config, protocol::day today, lines& faults) {
    for (const auto& one : config.wrap_backup_keys) {
        const auto last = protocol::day::parse(one.last_day);
        const auto name = crypto::b64u(one.key).substr(0, 8);
        if (!last)
            faults.push_back(fmt::format("'wrap-backup-keys': there is no day {}", one.last_day));
        else if (*last < today)
            faults.push_back(
                fmt::format("'wrap-backup-keys': the key {}… ended on {}: destroy its file, make a new one "
                            "with `baken admin "
                            "backup-keygen --for wraps --to FILE`, and put that into its place",
                            name, one.last_day));
    }
}

void check_directory(store::source& from, const config::config& config,
                     const std::vector<jobs::profile>& profiles, lines& notes, lines& faults) {
    const auto shown = store::shown(config.store);
    auto rows = store::sql::read_trust(from.connection());
    if (!rows) return faults.push_back(fmt::format("{}: {}", shown, store::text(rows.error())));
    if (!rows->gids)
        return notes.push_back(shown + ": no directory is in it yet, so nothing can be reported.");
    const auto gids = protocol::read_gids(rows->gids->token, config.roots);
    if (!gids)
        return faults.push_back(
            shown +
            ": its directory is not signed by the pinned root: this is the wrong root.pub, or "
            "another installation's database");
    for (const auto& profile : profiles)
        for (const auto& desk : profile.desks)
            if (!gids->desk(desk))
                faults.push_back(
                    fmt::format("{}: desk '{}' is not in the directory; its profile does nothing",
                                config.retention->string(), desk));
}

}  // namespace

std::expected<std::string, std::string> check_stored(const config::config& config,
                                                     const std::vector<jobs::profile>& profiles,
                                                     protocol::day today) {
    lines notes, faults;
    check_wraps_keys(config, today, faults);
    auto from = store::source::open(config.store, store::beside::servers);
    if (from)
        check_directory(*from, config, profiles, notes, faults);
    else if (from.error() == store::errc::older_schema)
        notes.push_back(store::shown(config.store) +
                        ": an older version of Baken made it; the start brings it up to this one.");
    else
        faults.push_back(fmt::format("{}: {}", store::shown(config.store), store::text(from.error())));
    if (!faults.empty()) return std::unexpected(fmt::format("{}", fmt::join(faults, "\n")));
    return fmt::format("{}", fmt::join(notes, "\n"));
}
