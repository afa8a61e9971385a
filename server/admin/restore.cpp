#include "server/admin/restore.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "client/key_files.hpp"
#include "server/admin/backup_file.hpp"
#include "server/admin/destroyed.hpp"
#include "server/admin/progress.hpp"
#include "server/config/config.hpp"
#include "server/config/lock.hpp"
#include "server/store/open.hpp"
#include "server/store/sql/retention.hpp"
#include "server/store/whole.hpp"

namespace admin {
namespace {

using store::part;
using store::sql::value;

const auto nothing = [](const store::sql::table&, std::span<const value>) {
    return std::expected<void, store::errc>();
};

std::unexpected<client::refusal> refused(store::errc error) {
    return std::unexpected(client::refusal(error));
}

class restoring {
  public:
    restoring(const restore_options& options, config::config config)
        : options_(options), config_(std::move(config)) {}

    client::result<void> open_keys();
    // Reads every file from beginning to end, and writes nothing.
    client::result<void> judge(protocol::day today);
    client::result<restored> write();

  private:
    client::result<crypto::box_keys> open_key(const std::string& path, std::string_view kind) const;
    client::result<void> each_destroyed(const std::string& file, const destroyed_taker& take) const;
    client::result<void> open_target();
    client::result<void> import(const std::string& file, part part, const crypto::box_keys& keys);
    client::result<void> compare();
    client::result<std::int64_t> destroy();

    const restore_options& options_;
    const config::config config_;
    std::optional<crypto::box_keys> key_, wraps_key_;
    std::optional<read_backup_file> reports_, wraps_;
    std::optional<store::target> to_;
    damages damaged_;
};

client::result<crypto::box_keys> restoring::open_key(const std::string& path, std::string_view kind) const {
    auto file = client::open_key_file(path, options_.passphrase_file);
    if (!file) return std::unexpected(file.error());
    if (file->soort != kind)
        return client::refuse(
            fmt::format("{} is a key file of another kind ({}), not one of `baken admin "
                        "backup-keygen{}`.",
                        path, file->soort, kind == "reservekopie" ? "" : " --for wraps"));
    return std::move(*file->box_keys);
}

client::result<void> restoring::open_keys() {
    auto key = open_key(options_.key, "reservekopie");
    if (!key) return std::unexpected(key.error());
    key_.emplace(std::move(*key));
    if (options_.wraps.empty()) return {};
    auto wraps_key = open_key(options_.wraps_key, "reservekopie-wraps");
    if (!wraps_key) return std::unexpected(wraps_key.error());
    wraps_key_.emplace(std::move(*wraps_key));
    return {};
}

// Of a newer backup the destroyed alone.
client::result<void> restoring::each_destroyed(const std::string& file, const destroyed_taker& take) const {
    if (!is_backup(file)) return read_destroyed(file, take);
    std::optional<client::refusal> failed;
    auto read = read_backup(
        file, part::reports, *key_,
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
    if (read->begin.made < reports_->begin.made)
        return client::refuse(file + " is older than " + options_.from +
                              ": it does not know what was destroyed since; name a newer one.");
    return {};
}

client::result<void> restoring::judge(protocol::day today) {
    const progress shown("reading");
    shown.tell(options_.from, 0);
    auto reports = read_backup(options_.from, part::reports, *key_, nothing);
    if (!reports) return std::unexpected(reports.error());
    reports_.emplace(std::move(*reports));
    if (today - protocol::day::of(reports_->begin.made) > store::sql::destroyed_days)
        return client::refuse(
            fmt::format("{} is older than {} days: nobody knows any more what was destroyed since.",
                        options_.from, store::sql::destroyed_days));
    if (wraps_key_) {
        auto wraps = read_backup(options_.wraps, part::wraps, *wraps_key_, nothing);
        if (!wraps) return std::unexpected(wraps.error());
        if (wraps->id != reports_->id)
            return client::refuse(options_.wraps + " belongs to another backup than " + options_.from +
                                  ": name the two that were made together.");
        wraps_.emplace(std::move(*wraps));
    }
    for (const auto& file : options_.destroyed) {
        auto ok =
            each_destroyed(file, [](const crypto::uuid&, protocol::day) { return client::result<void>(); });
        if (!ok) return ok;
    }
    return {};
}

client::result<void> restoring::open_target() {
    auto to = store::target::open(config_.store);
    if (!to) return client::refuse(store::shown(config_.store) + ": " + std::string(text(to.error())));
    to_.emplace(std::move(*to));
    auto mark = to_->mark();
    if (!mark) return refused(mark.error());
    if (*mark && (*mark)->work != "restore")
        return client::refuse(store::shown(config_.store) +
                              " holds a copy that was broken off; end that, or name another database.");
    if (*mark) {
        const progress shown("clearing what a broken-off restore left");
        shown.tell("", 0);
        if (auto ok = to_->clear(); !ok) return refused(ok.error());
    }
    auto empty = to_->empty();
    if (!empty) return refused(empty.error());
    if (!*empty)
        return client::refuse(store::shown(config_.store) +
                              " holds something already: restore into an installation that `baken admin init "
                              "--root` just made.");
    auto begun = to_->begin({"restore", reports_->id.text(), ""});
    if (!begun) return refused(begun.error());
    return {};
}

client::result<void> restoring::import(const std::string& file, part part, const crypto::box_keys& keys) {
    const progress shown("restore");
    std::int64_t rows = 0;
    auto read =
        read_backup(file, part, keys, [&](const store::sql::table& table, std::span<const value> row) {
            if (++rows % 500 == 0) shown.tell(table.name, rows);
            damaged_.look(table, row);
            return to_->put(table, row);
        });
    if (!read) return std::unexpected(read.error());
    auto flushed = to_->flush();
    if (!flushed) return refused(flushed.error());
    return {};
}

// What lies there now against what the backup says it held.
client::result<void> restoring::compare() {
    const progress shown("checking");
    auto there = to_->tally([&](std::string_view table, std::int64_t rows) { shown.tell(table, rows); });
    if (!there) return refused(there.error());
    auto wanted = reports_->tallies;
    if (wraps_) wanted.insert(wanted.end(), wraps_->tallies.begin(), wraps_->tallies.end());
    there->resize(wanted.size());  // without wraps their table is empty
    if (*there != wanted) return refused(store::errc::not_equal);
    return {};
}

client::result<std::int64_t> restoring::destroy() {
    for (const auto& file : options_.destroyed) {
        auto ok =
            each_destroyed(file, [&](const crypto::uuid& id, protocol::day day) -> client::result<void> {
                if (auto added = to_->add_destroyed(id, day.number); !added) return refused(added.error());
                return {};
            });
        if (!ok) return std::unexpected(ok.error());
    }
    auto gone = to_->replay_destroyed();
    if (!gone) return refused(gone.error());
    return *gone;
}

client::result<restored> restoring::write() {
    if (auto ok = open_target(); !ok) return std::unexpected(ok.error());
    if (auto ok = import(options_.from, part::reports, *key_); !ok) return std::unexpected(ok.error());
    if (wraps_)
        if (auto ok = import(options_.wraps, part::wraps, *wraps_key_); !ok)
            return std::unexpected(ok.error());
    if (auto ok = compare(); !ok) return std::unexpected(ok.error());
    auto gone = destroy();
    if (!gone) return std::unexpected(gone.error());
    if (auto ok = to_->finish(reports_->begin.last_place + store::places_skipped); !ok)
        return refused(ok.error());
    restored out{.destroyed = *gone, .made = reports_->begin.made, .damaged = std::move(damaged_)};
    for (const auto& one : reports_->tallies)
        if (one.table == "meldingen") out.reports = one.rows - *gone;
    if (wraps_) out.wraps = wraps_->tallies[0].rows;
    return out;
}

}  // namespace

client::result<restored> restore(const restore_options& options, const protocol::clock& clock) {
    auto config = config::read(std::filesystem::path(options.data) / "bakend.toml");
    if (!config) return client::refuse(options.data + "/bakend.toml: " + config.error()[0]);
    auto lock = config::lock::take(config->data);
    if (!lock) return std::unexpected(client::refusal(lock.error()));
    restoring all(options, std::move(*config));
    if (auto ok = all.open_keys(); !ok) return std::unexpected(ok.error());
    if (auto ok = all.judge(clock.today()); !ok) return std::unexpected(ok.error());
    return all.write();
}

}  // namespace admin
