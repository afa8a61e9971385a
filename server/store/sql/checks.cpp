#include "server/store/sql/checks.hpp"

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "server/store/sql/checking.hpp"

namespace store::sql {
namespace {

void judge_body(const std::string& id, crypto::byte_view hash, crypto::byte_view body, survey& out) {
    ++out.reports;
    if (crypto::to_block<32>(hash) != crypto::sha256(body))
        out.add("report-hash", id, fmt::format("report {}: its envelope is not the one that was stored", id));
}

// Those after this row, one by one, as the index of ids names them.
std::expected<void, errc> check_reports_singly(connection& db, std::int64_t after, const check_hooks& hooks,
                                               std::int64_t all, survey& out) {
    struct named {
        std::int64_t row;
        crypto::bytes id;
    };
    crypto::bytes last;
    for (std::vector<named> portion(1); !portion.empty();) {
        portion.clear();
        auto found = each(db.query("SELECT rij, id FROM meldingen WHERE id > $1 ORDER BY id LIMIT $2",
                                   crypto::byte_view(last), many),
                          [&](const rows& r) { portion.push_back({r.integer(0), r.bytes(1)}); });
        if (unreadable(found))
            out.add("unreadable", "", "the index of reports: some reports behind it may not be named here");
        else if (!found)
            return found;
        for (const auto& one : portion) {
            last = one.id;
            if (one.row <= after) continue;
            const auto id = uuid_text(one.id);
            auto read = each(db.query("SELECT hash, body FROM meldingen WHERE rij = $1", one.row),
                             [&](const rows& r) { judge_body(id, r.blob(0), r.blob(1), out); });
            if (unreadable(read))
                out.add("unreadable", id, fmt::format("report {}: it cannot be read", id));
            else if (!read)
                return read;
        }
        if (unreadable(found) || !tell(hooks, "reports", out.reports, all)) return {};
    }
    return {};
}

void judge_key(const std::string& desk, const std::string& report, crypto::byte_view hash,
               crypto::byte_view key, survey& out) {
    ++out.recipients;
    if (crypto::to_block<32>(hash) != crypto::sha256(key))
        out.add(
            "key-hash", report,
            fmt::format("report {}: the key sealed to desk {} is not the one that was stored", report, desk));
}

// The id of a report by its row, as far as it can be read.
std::string report_of(connection& db, std::int64_t row) {
    std::string out = fmt::format("in row {}", row);
    (void)each(db.query("SELECT id FROM meldingen WHERE rij = $1", row),
               [&](const rows& r) { out = uuid_text(r.blob(0)); });
    return out;
}

struct recipient_at {
    std::int64_t place = 0, row = 0;
    std::string desk;
    crypto::bytes hash, key;
};

std::expected<void, errc> check_recipients_singly(connection& db, std::int64_t after,
                                                  const check_hooks& hooks, std::int64_t all, survey& out) {
    recipient_at last;
    for (std::vector<recipient_at> portion(1); !portion.empty();) {
        portion.clear();
        auto found =
            each(db.query("SELECT plaats, melding, loket FROM ontvangers WHERE (melding, loket) > ($1, $2) "
                          "ORDER BY melding, loket LIMIT $3",
                          last.row, last.desk, many),
                 [&](const rows& r) {
                     portion.push_back({r.integer(0), r.integer(1), std::string(r.text(2)), {}, {}});
                 });
        if (unreadable(found))
            out.add("unreadable", "",
                    "the index of recipients: some recipients behind it may not be named here");
        else if (!found)
            return found;
        for (const auto& one : portion) {
            last = one;
            if (one.place <= after) continue;
            const auto report = report_of(db, one.row);
            auto read = each(db.query("SELECT hash, sealed FROM ontvangers WHERE plaats = $1", one.place),
                             [&](const rows& r) { judge_key(one.desk, report, r.blob(0), r.blob(1), out); });
            if (unreadable(read))
                out.add("unreadable", report,
                        fmt::format("report {}: the key sealed to desk {} cannot be read", report, one.desk));
            else if (!read)
                return read;
        }
        if (unreadable(found) || !tell(hooks, "recipients", out.recipients, all)) return {};
    }
    return {};
}

struct wrap_at {
    std::string desk, epoch, key, lid;
    auto operator<=>(const wrap_at&) const = default;
};

void judge_wrap(const wrap_at& at, crypto::byte_view hash, crypto::byte_view wrap, survey& out) {
    ++out.wraps;
    if (crypto::to_block<32>(hash) != crypto::sha256(wrap))
        out.add("wrap-hash", at.desk,
                fmt::format("desk {}, member {}: the wrapped secret of {} is not the one that was stored",
                            at.desk, at.lid, at.epoch));
}

}  // namespace

std::expected<void, errc> check_reports(connection& db, const check_hooks& hooks, survey& out) {
    auto all = counted(db, "SELECT count(*) FROM meldingen");
    if (!all) return std::unexpected(all.error());
    std::int64_t last = 0;
    for (std::int64_t before = -1; before != last;) {
        before = last;
        auto found =
            each(db.query("SELECT rij, id, hash, body FROM meldingen WHERE rij > $1 ORDER BY rij LIMIT $2",
                          last, few),
                 [&](const rows& r) {
                     judge_body(uuid_text(r.blob(1)), r.blob(2), r.blob(3), out);
                     last = r.integer(0);
                 });
        if (unreadable(found)) return check_reports_singly(db, last, hooks, *all, out);
        if (!found) return found;
        if (!tell(hooks, "reports", out.reports, *all)) return {};
    }
    return {};
}

std::expected<void, errc> check_recipients(connection& db, const check_hooks& hooks, survey& out) {
    auto all = counted(db, "SELECT count(*) FROM ontvangers");
    if (!all) return std::unexpected(all.error());
    std::int64_t last = 0;
    for (std::int64_t before = -1; before != last;) {
        before = last;
        std::vector<recipient_at> portion;
        auto found =
            each(db.query("SELECT plaats, melding, loket, hash, sealed FROM ontvangers WHERE plaats > $1 "
                          "ORDER BY plaats LIMIT $2",
                          last, many),
                 [&](const rows& r) {
                     portion.push_back(
                         {r.integer(0), r.integer(1), std::string(r.text(2)), r.bytes(3), r.bytes(4)});
                 });
        for (const auto& one : portion) {
            last = one.place;
            const bool whole = crypto::to_block<32>(one.hash) == crypto::sha256(one.key);
            judge_key(one.desk, whole ? std::string() : report_of(db, one.row), one.hash, one.key, out);
        }
        if (unreadable(found)) return check_recipients_singly(db, last, hooks, *all, out);
        if (!found) return found;
        if (!tell(hooks, "recipients", out.recipients, *all)) return {};
    }
    return {};
}

std::expected<void, errc> check_wraps(connection& db, const check_hooks& hooks, survey& out) {
    auto all = counted(db, "SELECT count(*) FROM wraps");
    if (!all) return std::unexpected(all.error());
    wrap_at last;
    for (std::int64_t before = -1; before != out.wraps;) {
        before = out.wraps;
        const auto from = last;
        auto found = each(
            db.query(
                "SELECT loket, epoch, sleutel, lid, hash, sealed FROM wraps WHERE (loket, epoch, sleutel, "
                "lid) > ($1, $2, $3, $4) ORDER BY loket, epoch, sleutel, lid LIMIT $5",
                last.desk, last.epoch, last.key, last.lid, many),
            [&](const rows& r) {
                last = {std::string(r.text(0)), std::string(r.text(1)), std::string(r.text(2)),
                        std::string(r.text(3))};
                judge_wrap(last, r.blob(4), r.blob(5), out);
            });
        // A key that was damaged itself could lead back to where the walk came from.
        const bool astray = out.wraps != before && last <= from;
        if (unreadable(found) || astray) {
            out.add("unreadable", last.desk,
                    fmt::format("the wrapped secrets behind desk {}, {}: some cannot be read", last.desk,
                                last.epoch));
            return {};
        }
        if (!found) return found;
        if (!tell(hooks, "wraps", out.wraps, *all)) return {};
    }
    return {};
}

}  // namespace store::sql
