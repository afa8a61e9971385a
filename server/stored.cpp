#include "server/stored.hpp"

#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/protocol/documents.hpp"
#include "server/config/log_key.hpp"
#include "server/configured.hpp"
#include "server/store/open.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/whole.hpp"

namespace {

inspected of_database(const config::config& config, std::optional<store::source>& open) {
    const auto where = store::shown(config.store);
    inspected out{"database", where, {}, {}};
    auto from = store::source::open(config.store, store::beside::servers);
    if (!from && from.error() == store::errc::older_schema) {
        out.notes.emplace_back("an older version of Baken made it; the start brings it up to this one");
        return out;
    }
    if (!from) {
        out.faults.push_back(fmt::format("{}: {}", where, store::text(from.error())));
        return out;
    }
    open.emplace(std::move(*from));
    if (const auto schema = open->schema())
        out.saw += fmt::format(", reached, schema {}", *schema);
    else
        out.faults.push_back(fmt::format("{}: {}", where, store::text(schema.error())));
    return out;
}

// Nothing where none is published, or it cannot be believed.
std::optional<protocol::gids> of_directory(store::source& from, const config::config& config,
                                           protocol::day today, inspected& out) {
    const auto where = store::shown(config.store);
    auto rows = store::sql::read_trust(from.connection());
    if (!rows) {
        out.faults.push_back(fmt::format("{}: {}", where, store::text(rows.error())));
        return std::nullopt;
    }
    if (!rows->gids) {
        out.saw = "none";
        out.notes.push_back(where + ": no directory is in it yet, so nothing can be reported");
        return std::nullopt;
    }
    auto gids = protocol::read_gids(rows->gids->token, config.roots);
    if (!gids) {
        out.faults.push_back(
            where +
            ": its directory is not signed by the pinned root: this is the wrong root.pub, or "
            "another installation's database");
        return std::nullopt;
    }
    out.saw = fmt::format("version {}, in force to {}", gids->versie, gids->tot.text());
    if (gids->tot < today)
        out.faults.push_back(
            fmt::format("{}: the directory ended on {}, so no form is taken; sign and publish "
                        "the next one",
                        where, gids->tot.text()));
    return std::move(*gids);
}

inspected of_log_key(const config::config& config, const protocol::gids* gids) {
    const auto file = config.data / "logboek.key";
    inspected out{"log key", file.string(), {}, {}};
    const auto key = config::read_log_key(file);
    if (!key)
        out.faults.push_back(key.error());
    else if (gids && key->public_key != gids->logboek)
        out.faults.push_back(fmt::format(
            "{0} is not the log key that version {1} of the directory names, so no daily heads are signed: "
            "put "
            "the right one there (that of the first server, or of the installation that was backed up), or "
            "publish a next version with the draft that `baken admin directory-draft` makes here",
            file.string(), gids->versie));
    else
        out.saw += gids ? ", the one that the directory names" : ", of no directory yet";
    return out;
}

inspected of_staffing(const std::vector<std::string>& named, const protocol::gids* gids) {
    inspected out{"staffing", fmt::format("bezetting.json, desks named in it: {}", named.size()), {}, {}};
    if (!gids) return out;
    for (const auto& id : named)
        if (!gids->desk(id))
            out.notes.push_back(fmt::format("desk '{}' is not in the directory; its hours do nothing", id));
    std::vector<std::string> others;
    for (const auto& desk : gids->loketten)
        if (std::ranges::find(named, desk.id) == named.end()) others.push_back(desk.id);
    if (!others.empty())
        out.notes.push_back(fmt::format("the hours of 'standaard' hold for desks without their own: {}",
                                        fmt::join(others, ", ")));
    return out;
}

inspected of_backup_keys(const config::config& config, protocol::day today) {
    inspected out{"backup keys",
                  fmt::format("{} for reports, {} for wraps", config.backup_keys.size(),
                              config.wrap_backup_keys.size()),
                  {},
                  {}};
    if (config.backup_keys.empty())
        out.notes.emplace_back("no backup can be made: `baken admin backup-keygen` makes a key for it");
    for (const auto& one : config.wrap_backup_keys) {
        const auto last = protocol::day::parse(one.last_day);
        const auto name = crypto::b64u(one.key).substr(0, 8);
        if (!last)
            out.faults.push_back(fmt::format("'wrap-backup-keys': there is no day {}", one.last_day));
        else if (*last < today)
            out.faults.push_back(fmt::format(
                "'wrap-backup-keys': the key {}… ended on {}: destroy its file, make a new one "
                "with `baken admin backup-keygen --for wraps --to FILE`, and put that into its place",
                name, one.last_day));
    }
    if (const auto last = last_wraps_day(config); last && *last >= today) {
        out.saw += ", to " + last->text();
        if (*last - today <= wraps_key_days_ahead)
            out.notes.push_back(
                fmt::format("the last key for wraps ends on {}: make the next one", last->text()));
    }
    return out;
}

// Of what the profiles name, in addition to what their own file says.
inspected of_profiles(const config::config& config, const std::vector<jobs::profile>& profiles,
                      const protocol::gids& gids) {
    inspected out{"their desks", "compared with the directory", {}, {}};
    for (const auto& profile : profiles)
        for (const auto& desk : profile.desks)
            if (!gids.desk(desk))
                out.faults.push_back(
                    fmt::format("{}: desk '{}' is not in the directory; its profile does nothing",
                                config.retention->string(), desk));
    return out;
}

}  // namespace

std::vector<inspected> inspect_stored(const config::config& config, const stored_beside& beside,
                                      protocol::day today) {
    std::vector<inspected> out;
    std::optional<store::source> from;
    out.push_back(of_database(config, from));
    std::optional<protocol::gids> gids;
    if (from) {
        inspected directory{"directory", "", {}, {}};
        gids = of_directory(*from, config, today, directory);
        out.push_back(std::move(directory));
    }
    const auto* now = gids ? &*gids : nullptr;
    if (now && !beside.profiles.empty()) out.push_back(of_profiles(config, beside.profiles, *now));
    out.push_back(of_staffing(beside.staffed, now));
    out.push_back(of_log_key(config, now));
    out.push_back(of_backup_keys(config, today));
    return out;
}
