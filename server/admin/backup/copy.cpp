#include "server/admin/backup/copy.hpp"

#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "server/admin/progress.hpp"
#include "server/admin/read_config.hpp"
#include "server/config/lock.hpp"
#include "server/store/open.hpp"
#include "server/store/whole.hpp"

namespace admin {
namespace {

namespace fs = std::filesystem;

std::unexpected<client::refusal> refused(const std::string& where, store::errc error) {
    return client::refuse(store::shown(where) + ": " + std::string(text(error)));
}

// A server locks the directory of its file; a database it locks itself (store/whole).
client::result<std::vector<config::lock>> lock_directories(const std::string& from, const std::string& to) {
    std::vector<config::lock> out;
    std::string taken;
    for (const auto& where : {from, to}) {
        if (store::names_postgres(where)) continue;
        const auto directory = fs::path(where).parent_path().string();
        if (directory == taken) continue;
        auto lock = config::lock::take(directory);
        if (!lock) return std::unexpected(not_locked(directory, lock.error()));
        out.push_back(std::move(*lock));
        taken = directory;
    }
    return out;
}

class copying {
  public:
    copying(store::source from, store::target to, const std::string& from_where, const std::string& to_where)
        : from_(std::move(from)), to_(std::move(to)), from_where_(from_where), to_where_(to_where) {}

    // Makes the target ready: new, or as far as a broken-off copy of the same came.
    client::result<std::string> begin();
    client::result<void> write();
    // Both sides have the same, and the source is what it was.
    client::result<store::tallies> compare(damages& damaged);
    client::result<void> finish();

  private:
    client::result<void> copy_table(const store::sql::table& table, const progress& shown);

    store::source from_;
    store::target to_;
    const std::string& from_where_;
    const std::string& to_where_;
    std::string identity_, standing_;
};

client::result<std::string> copying::begin() {
    auto identity = from_.identity();
    auto standing = from_.standing();
    if (!identity || !standing) return refused(from_where_, identity ? standing.error() : identity.error());
    identity_ = *identity;
    standing_ = *standing;
    auto mark = to_.mark();
    if (!mark) return refused(to_where_, mark.error());
    std::string notes;
    if (*mark) {
        if ((*mark)->work != "copy" || (*mark)->from != identity_)
            return client::refuse(
                store::shown(to_where_) +
                " holds a restore, or a copy of another installation, that was broken off: name an "
                "empty database.");
        if ((*mark)->standing == standing_)
            return std::string("A copy was broken off here; going on where it was.\n");
        notes = "The source changed since the copy was broken off; starting again.\n";
        if (auto ok = to_.clear(); !ok) return refused(to_where_, ok.error());
    }
    auto empty = to_.empty();
    if (!empty) return refused(to_where_, empty.error());
    if (!*empty) return refused(to_where_, store::errc::not_empty);
    if (auto ok = to_.begin({"copy", identity_, standing_}); !ok) return refused(to_where_, ok.error());
    return notes;
}

client::result<void> copying::copy_table(const store::sql::table& table, const progress& shown) {
    // Where no key says how far it came, it begins anew.
    if (table.key.empty())
        if (auto ok = to_.clear(table); !ok) return refused(to_where_, ok.error());
    auto last = to_.last_of(table);
    if (!last) return refused(to_where_, last.error());
    std::int64_t rows = 0;
    bool put_failed = false;
    auto done = store::sql::walk(from_.connection(), table, std::move(*last),
                                 [&](std::span<const store::sql::value> row) {
                                     if (++rows % 500 == 0) shown.tell(table.name, rows);
                                     auto put = to_.put(table, row);
                                     put_failed = !put;
                                     return put;
                                 });
    if (!done) return refused(put_failed ? to_where_ : from_where_, done.error());
    if (auto ok = to_.flush(); !ok) return refused(to_where_, ok.error());
    return {};
}

client::result<void> copying::write() {
    const progress shown("copy");
    if (auto ok = from_.begin(); !ok) return refused(from_where_, ok.error());
    for (const auto& table : store::sql::tables()) {
        if (table.place == store::sql::place::left_out) continue;
        if (auto ok = copy_table(table, shown); !ok) return ok;
    }
    if (auto ok = from_.end(); !ok) return refused(from_where_, ok.error());
    return {};
}

client::result<store::tallies> copying::compare(damages& damaged) {
    const progress shown("checking");
    const auto tell = [&](std::string_view table, std::int64_t rows) { shown.tell(table, rows); };
    if (auto ok = from_.begin(); !ok) return refused(from_where_, ok.error());
    auto here = from_.tally(tell, [&](const store::sql::table& table,
                                      std::span<const store::sql::value> row) { damaged.look(table, row); });
    auto standing = from_.standing();
    if (!here || !standing) return refused(from_where_, here ? standing.error() : here.error());
    if (auto ok = from_.end(); !ok) return refused(from_where_, ok.error());
    auto there = to_.tally(tell);
    if (!there) return refused(to_where_, there.error());
    if (*here == *there && *standing == standing_) return std::move(*here);
    // The same command begins anew, whatever it was.
    if (auto ok = to_.begin({"copy", identity_, "differs"}); !ok) return refused(to_where_, ok.error());
    return refused(to_where_, store::errc::not_equal);
}

client::result<void> copying::finish() {
    auto place = from_.last_place();
    if (!place) return refused(from_where_, place.error());
    if (auto ok = to_.finish(*place); !ok) return refused(to_where_, ok.error());
    return {};
}

}  // namespace

client::result<std::string> place_of(const std::string& text) {
    constexpr std::string_view embedded = "sqlite:";
    if (store::names_postgres(text)) return text;
    if (text.starts_with(embedded) && text.size() > embedded.size())
        return fs::absolute(text.substr(embedded.size())).lexically_normal().string();
    std::error_code error;
    return client::refuse(
        fs::is_regular_file(text, error)
            ? fmt::format(
                  "A store is sqlite:FILE or postgresql://[user@][host]/database; did you mean sqlite:{}?",
                  text)
            : fmt::format("'{}' is not a store: write sqlite:FILE or postgresql://[user@][host]/database.",
                          text),
        client::wrong_use);
}

client::result<copied> copy(const std::string& from_text, const std::string& to_text) {
    auto from_where = place_of(from_text), to_where = place_of(to_text);
    if (!from_where || !to_where) return std::unexpected(from_where ? to_where.error() : from_where.error());
    if (*from_where == *to_where) return client::refuse("Both name the same database.", client::wrong_use);
    auto locks = lock_directories(*from_where, *to_where);
    if (!locks) return std::unexpected(locks.error());
    auto from = store::source::open(*from_where, store::beside::nobody);
    if (!from) return refused(*from_where, from.error());
    auto to = store::target::open(*to_where);
    if (!to) return refused(*to_where, to.error());
    copying all(std::move(*from), std::move(*to), *from_where, *to_where);
    auto notes = all.begin();
    if (!notes) return std::unexpected(notes.error());
    if (auto ok = all.write(); !ok) return std::unexpected(ok.error());
    copied out;
    auto tallies = all.compare(out.damaged);
    if (!tallies) return std::unexpected(tallies.error());
    if (auto ok = all.finish(); !ok) return std::unexpected(ok.error());
    out.notes = std::move(*notes);
    for (const auto& one : *tallies) {
        out.rows += one.rows;
        if (one.table == "meldingen") out.found = one.rows;
    }
    return out;
}

}  // namespace admin
