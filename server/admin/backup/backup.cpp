#include "server/admin/backup/backup.hpp"

#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "server/admin/backup/backup_file.hpp"
#include "server/admin/progress.hpp"
#include "server/admin/read_config.hpp"
#include "server/store/open.hpp"
#include "server/store/whole.hpp"

namespace admin {
namespace {

using store::part;

struct recipients {
    std::vector<crypto::box_public> reports, wraps;
    std::string notes;
};

// Of the keys for wraps, those whose day has not come; an ended one would outlive what it is for. What is
// wrong with one is a note: it must not cost the backup of the reports.
void add_wraps_keys(const config::config& config, protocol::day today, recipients& out) {
    bool lasting = false;
    std::string soon;
    for (const auto& one : config.wrap_backup_keys) {
        const auto last = protocol::day::parse(one.last_day);
        const auto name = crypto::b64u(one.key).substr(0, 8);
        if (!last || *last - today > wraps_key_days) {
            out.notes += fmt::format(
                "The wraps key {}… says its last day is {}, and nothing is sealed to it: none lives longer "
                "than {} days; make a new one with `baken admin backup-keygen --for wraps --to FILE`.\n",
                name, one.last_day, wraps_key_days);
            continue;
        }
        if (*last < today) {
            out.notes += fmt::format(
                "The wraps key {}… ended on {} and nothing is sealed to it: destroy its file, make a new one "
                "with `baken admin backup-keygen --for wraps --to FILE`, and put that into "
                "wrap-backup-keys.\n",
                name, one.last_day);
            continue;
        }
        out.wraps.push_back(one.key);
        if (*last - today > 7)
            lasting = true;
        else
            soon += fmt::format("The wraps key {}… ends on {}: make the next one now.\n", name, one.last_day);
    }
    if (!lasting) out.notes += soon;
}

client::result<recipients> recipients_of(const config::config& config, bool without_wraps,
                                         protocol::day today) {
    recipients out;
    for (const auto& one : config.backup_keys) out.reports.push_back(one.key);
    if (out.reports.empty())
        return client::refuse(fmt::format(
            "No key is configured that a backup could be sealed to. Make one on another machine with `baken "
            "admin backup-keygen --to FILE`, keep FILE there, and put its public line into backup-keys of "
            "{}.",
            config.file.string()));
    if (without_wraps) return out;
    if (config.wrap_backup_keys.empty())
        return client::refuse(fmt::format(
            "No key is configured that the wraps of epoch secrets could be sealed to; without them nobody "
            "can open what is restored. Make one on another machine with `baken admin backup-keygen --for "
            "wraps --to FILE`, and put its public line into wrap-backup-keys of {}; or leave them out with "
            "--without-wraps.",
            config.file.string()));
    add_wraps_keys(config, today, out);
    return out;
}

// FILE.wraps goes first: once FILE has its name, both are there. One without the other is of a run that was
// broken off between the two, if FILE.new is there still.
client::result<void> check_names(const std::string& to) {
    if (auto ok = must_be_new(to); !ok) return ok;
    const auto wraps = to + ".wraps";
    std::error_code error;
    if (std::filesystem::exists(to + ".new", error) && std::filesystem::remove(wraps, error)) return {};
    return must_be_new(wraps);
}

std::unexpected<client::refusal> refused(const std::string& where, store::errc error) {
    return client::refuse(store::shown(where) + ": " + std::string(text(error)));
}

client::result<std::int64_t> write_part(const std::string& where, store::source& from, part part,
                                        const store::sql::begin_fields& begin, backup_file& to,
                                        damages& damaged) {
    progress shown("backup");
    for (const auto& table : store::sql::tables()) {
        if (!shown.watched() || !table.is_of(part)) continue;
        auto all = from.count(table);
        if (!all) return refused(where, all.error());
        shown.expect(table.name, *all);
    }
    auto done = from.dump(
        part, begin, [&](crypto::byte_view records) { return to.take(records); },
        [&](std::string_view table, std::int64_t rows) { shown.tell(table, rows); },
        [&](const store::sql::table& table, std::span<const store::sql::value> row) {
            damaged.look(table, row);
        });
    if (!done && done.error() != store::errc::stopped) return refused(where, done.error());
    if (auto ok = to.finish(); !ok) return std::unexpected(ok.error());
    if (!done) return refused(where, done.error());
    for (const auto& one : *done)
        if (one.table == (part == part::reports ? "meldingen" : "wraps")) return one.rows;
    return 0;
}

}  // namespace

client::result<backup_made> backup(const backup_options& options, const protocol::clock& clock) {
    auto config = read_config(options.data);
    if (!config) return std::unexpected(config.error());
    auto keys = recipients_of(*config, options.without_wraps, clock.today());
    if (!keys) return std::unexpected(keys.error());
    if (auto ok = check_names(options.to); !ok) return std::unexpected(ok.error());

    auto from = store::source::open(config->store, store::beside::servers);
    if (!from) return client::refuse(store::shown(config->store) + ": " + std::string(text(from.error())));
    const auto id = crypto::uuid::random();
    auto reports = backup_file::make(options.to, part::reports, id, keys->reports);
    if (!reports) return std::unexpected(reports.error());
    std::optional<backup_file> wraps;
    if (!keys->wraps.empty()) {
        auto made = backup_file::make(options.to + ".wraps", part::wraps, id, keys->wraps);
        if (!made) return std::unexpected(made.error());
        wraps.emplace(std::move(*made));
    }

    // One snapshot for both. The wraps come first, which are few.
    backup_made out;
    out.notes = std::move(keys->notes);
    out.wraps_missing = !options.without_wraps && !wraps;
    if (auto ok = from->begin(); !ok) return refused(config->store, ok.error());
    auto place = from->last_place();
    if (!place) return refused(config->store, place.error());
    const store::sql::begin_fields begin{options.program, clock.now(), *place};
    if (wraps) {
        auto rows = write_part(config->store, *from, part::wraps, begin, *wraps, out.damaged);
        if (!rows) return std::unexpected(rows.error());
        out.wraps = *rows;
    }
    auto rows = write_part(config->store, *from, part::reports, begin, *reports, out.damaged);
    if (!rows) return std::unexpected(rows.error());
    out.reports = *rows;
    if (auto ok = from->end(); !ok) return refused(config->store, ok.error());

    if (wraps)
        if (auto ok = wraps->place(); !ok) return std::unexpected(ok.error());
    if (auto ok = reports->place(); !ok) return std::unexpected(ok.error());
    out.size = reports->size();
    return out;
}

}  // namespace admin
