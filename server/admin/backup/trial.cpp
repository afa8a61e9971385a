#include "server/admin/backup/trial.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "server/admin/backup/backup_file.hpp"
#include "server/admin/backup/destroyed_since.hpp"
#include "server/admin/backup/trial_rows.hpp"
#include "server/admin/progress.hpp"

namespace admin {
namespace {

using store::part;

client::result<read_backup_file> read(const std::string& path, part part, const crypto::box_keys& keys,
                                      trial_rows& rows) {
    const progress shown("trying");
    std::int64_t count = 0;
    return read_backup(path, part, keys, [&](const auto& table, auto row) {
        if (++count % 500 == 0) shown.tell(table.name, count);
        rows.take(table, row);
        return std::expected<void, store::errc>();
    });
}

std::int64_t rows(const tried& result, std::string_view table) {
    const auto found = result.rows.find(table);
    return found == result.rows.end() ? 0 : found->second;
}

}  // namespace

client::result<tried> try_backup(const trial_options& options) {
    auto keys = open_restore_keys(options.keys);
    if (!keys) return std::unexpected(keys.error());
    tried out;
    trial_rows all(out);
    auto reports = read(options.from, part::reports, keys->reports, all);
    if (!reports) return std::unexpected(reports.error());
    if (keys->wraps) {
        auto wraps = read(options.wraps, part::wraps, *keys->wraps, all);
        if (!wraps) return std::unexpected(wraps.error());
        if (wraps->id != reports->id)
            return client::refuse(options.wraps + " belongs to another backup than " + options.from +
                                  ": name the two that were made together.");
    }
    std::set<crypto::uuid> gone;
    for (const auto& file : options.destroyed) {
        auto ok = read_destroyed_since(file, keys->reports, {options.from, reports->begin.made},
                                       [&](const crypto::uuid& id, protocol::day) {
                                           if (all.holds(id)) gone.insert(id);
                                           return client::result<void>();
                                       });
        if (!ok) return std::unexpected(ok.error());
    }
    out.destroyed = static_cast<std::int64_t>(gone.size());
    all.finish(keys->wraps.has_value());
    out.program = reports->begin.program;
    out.made = protocol::day::of(reports->begin.made);
    return out;
}

void write(const tried& result, const trial_options& options, std::ostream& out) {
    out << fmt::format("{}: made on {} (UTC) by Baken {}\n", options.from, result.made.text(),
                       client::escaped_line(result.program));
    out << fmt::format(
        "  {} reports, {} sealed keys, {} messages, {} lines of trails, {} destroyed reports\n",
        rows(result, "meldingen"), rows(result, "ontvangers"), rows(result, "berichten"),
        rows(result, "logboek"), rows(result, "vernietigd"));
    if (result.directory > 0)
        out << fmt::format("  the directory up to version {}\n", result.directory);
    else
        out << "  no directory\n";
    for (const auto& [desk, count] : result.desks)
        out << fmt::format("  desk {}: {} {}\n", client::escaped_line(desk), count,
                           count == 1 ? "report" : "reports");
    if (!options.wraps.empty())
        out << fmt::format("{}: {} wrapped secrets\n", options.wraps, rows(result, "wraps"));
    if (!options.destroyed.empty())
        out << fmt::format("  {} of its reports were destroyed since\n", result.destroyed);
    for (const auto& one : result.found) out << client::escaped_line(one) << "\n";
    if (const auto more = result.faults - static_cast<std::int64_t>(result.found.size()); more > 0)
        out << fmt::format("and {} more\n", more);
    out << (result.faults > 0 ? fmt::format("{} {}; nothing was written\n", result.faults,
                                            result.faults == 1 ? "fault" : "faults")
                              : std::string("Every byte was read and fits; nothing was written\n"));
}

}  // namespace admin
