#include "server/admin/backup/restore.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "server/admin/backup/backup_file.hpp"
#include "server/admin/backup/destroyed_since.hpp"
#include "server/admin/backup/restore_keys.hpp"
#include "server/admin/progress.hpp"
#include "server/admin/read_config.hpp"
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

class restoring {
  public:
    restoring(const restore_options& options, config::config config, restore_keys keys)
        : options_(options), config_(std::move(config)), keys_(std::move(keys)) {}

    // Reads every file from beginning to end, and writes nothing.
    client::result<void> judge(protocol::day today);
    client::result<restored> write();

  private:
    [[nodiscard]] std::unexpected<client::refusal> refused(store::errc error) const {
        return client::refuse(store::shown(config_.store) + ": " + std::string(text(error)));
    }
    client::result<void> since(const std::string& file, const destroyed_taker& take) const {
        return read_destroyed_since(file, keys_.reports, {options_.from, reports_->begin.made}, take);
    }
    client::result<void> open_target();
    client::result<void> import(const std::string& file, part part, const crypto::box_keys& keys);
    client::result<void> compare();
    client::result<std::int64_t> destroy();

    const restore_options& options_;
    const config::config config_;
    const restore_keys keys_;
    std::optional<read_backup_file> reports_, wraps_;
    std::optional<store::target> to_;
    damages damaged_;
};

client::result<void> restoring::judge(protocol::day today) {
    const progress shown("reading");
    shown.tell(options_.from, 0);
    auto reports = read_backup(options_.from, part::reports, keys_.reports, nothing);
    if (!reports) return std::unexpected(reports.error());
    reports_.emplace(std::move(*reports));
    if (today - protocol::day::of(reports_->begin.made) > store::sql::destroyed_days)
        return client::refuse(
            fmt::format("{} is older than {} days: nobody knows any more what was destroyed since.",
                        options_.from, store::sql::destroyed_days));
    if (keys_.wraps) {
        auto wraps = read_backup(options_.wraps, part::wraps, *keys_.wraps, nothing);
        if (!wraps) return std::unexpected(wraps.error());
        if (wraps->id != reports_->id)
            return client::refuse(options_.wraps + " belongs to another backup than " + options_.from +
                                  ": name the two that were made together.");
        wraps_.emplace(std::move(*wraps));
    }
    for (const auto& file : options_.destroyed) {
        auto ok = since(file, [](const crypto::uuid&, protocol::day) { return client::result<void>(); });
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
        auto ok = since(file, [&](const crypto::uuid& id, protocol::day day) -> client::result<void> {
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
    if (auto ok = import(options_.from, part::reports, keys_.reports); !ok)
        return std::unexpected(ok.error());
    if (wraps_)
        if (auto ok = import(options_.wraps, part::wraps, *keys_.wraps); !ok)
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
    auto config = read_config(options.data);
    if (!config) return std::unexpected(config.error());
    auto lock = config::lock::take(config->data);
    if (!lock) return std::unexpected(not_locked(config->data, lock.error()));
    auto keys = open_restore_keys({options.key, options.wraps_key, options.passphrase_file});
    if (!keys) return std::unexpected(keys.error());
    restoring all(options, std::move(*config), std::move(*keys));
    if (auto ok = all.judge(clock.today()); !ok) return std::unexpected(ok.error());
    return all.write();
}

}  // namespace admin
