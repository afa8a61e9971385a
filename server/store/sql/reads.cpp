#include "server/store/sql/reads.hpp"

#include <algorithm>
#include <type_traits>

#include "crypto/hash.hpp"
#include "server/store/sql/orders.hpp"

namespace store::sql {
namespace {

template <std::size_t N>
crypto::block<N> block(crypto::byte_view view) {
    return crypto::to_block<N>(view).value_or(crypto::block<N>{});
}

// Whether sealed bytes are those that were stored.
bool is_whole(crypto::byte_view bytes, crypto::byte_view hash) {
    return crypto::to_block<32>(hash) == crypto::sha256(bytes);
}

// The columns that the statements below begin with: ROW, and where the next one is. The end that retention
// or nobody's key brings is told by what it depends on.
#define ROW                                                                                              \
    "o.plaats, m.id, m.status, o.rol, o.epoch, m.spoed, m.dag, o.sealed, length(m.body), m.toegewezen, " \
    "m.termijn, m.revisie, m.geopend, (SELECT count(*) FROM berichten b WHERE b.melding = "              \
    "m.id AND b.soort = 2 AND NOT b.gelezen), m.bewaren_tot, m.bewaren_reden, m.status_dag, (SELECT "    \
    "e.loket FROM ontvangers e WHERE e.melding = m.rij AND e.rol = 'eerste'), (SELECT w.dag FROM "       \
    "waarschuwingen w WHERE w.melding = m.id AND w.soort = '3'), (SELECT n.dag FROM onopenbaar n WHERE " \
    "n.melding = m.id), (SELECT p.dag FROM opdrachten p WHERE p.melding = m.id AND " FALLS_DUE ")"
constexpr int behind_row = 21;
listed_report listed(const rows& r) {
    listed_report out;
    out.place = r.integer(0);
    out.id.bytes = block<16>(r.blob(1));
    out.status = r.text(2);
    out.role = r.text(3);
    out.epoch = r.text(4);
    out.urgent = r.boolean(5);
    out.day = static_cast<std::int32_t>(r.integer(6));
    out.sealed_key = crypto::sealed::received(r.bytes(7));
    out.body_size = r.integer(8);
    if (!r.is_null(9)) out.assignee = std::string(r.text(9));
    if (!r.is_null(10)) out.term = static_cast<std::int32_t>(r.integer(10));
    out.revision = r.integer(11);
    out.opened = r.boolean(12);
    out.unread = r.integer(13);
    if (!r.is_null(14)) out.hold = hold{static_cast<std::int32_t>(r.integer(14)), std::string(r.text(15))};
    if (!r.is_null(16)) out.since = static_cast<std::int32_t>(r.integer(16));
    if (!r.is_null(17)) out.first = r.text(17);
    if (!r.is_null(18)) out.announced = static_cast<std::int32_t>(r.integer(18));
    if (!r.is_null(19)) out.unopenable = static_cast<std::int32_t>(r.integer(19));
    if (!r.is_null(20)) out.ordered = static_cast<std::int32_t>(r.integer(20));
    return out;
}

std::expected<std::string, errc> one_text(std::expected<rows, errc> found) {
    if (!found) return std::unexpected(found.error());
    auto row = found->next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::unexpected(errc::not_found);
    return std::string(found->text(0));
}

}  // namespace

namespace {

// Takes the rows of a page until it is full.
class page_filler {
  public:
    explicit page_filler(const list_query& query) : query_(query), room_(query.body_bytes) {
        page.last_place = query.after;
    }

    // A row of the statements below. False: it is one too many.
    bool take(const rows& r) {
        auto row = listed(r);
        if (query_.with_body) room_ -= std::min(room_, static_cast<std::size_t>(row.body_size));
        page.more = page.rows.size() == query_.limit || (room_ == 0 && !page.rows.empty());
        if (page.more) return false;
        page.last_place = row.place;
        if (query_.with_body && !is_whole(r.blob(behind_row), r.blob(behind_row + 1))) {
            ++page.unreadable;
            return true;
        }
        if (query_.with_body) row.body = crypto::sealed::received(r.bytes(behind_row));
        page.rows.push_back(std::move(row));
        return true;
    }

    report_page page;

  private:
    const list_query& query_;
    std::size_t room_;
};

// The hash stands behind the body in its row: it is read only with it.
#define LISTED                                                      \
    "SELECT " ROW                                                   \
    ", CASE WHEN $1 THEN m.body END, CASE WHEN $1 THEN m.hash END " \
    "FROM ontvangers o CROSS JOIN meldingen m "

std::expected<report_page, errc> read_page(connection& db, const list_query& query) {
    // CROSS JOIN keeps the order: walk the desk's own index, fetch each report by row. Each index has a
    // statement of its own.
    constexpr const char* all = LISTED
        "WHERE m.rij = o.melding AND o.loket = $2 AND o.plaats > $3 AND o.vrij ORDER BY o.plaats LIMIT $4";
    constexpr const char* of_status = LISTED
        "WHERE m.rij = o.melding AND o.loket = $2 AND o.plaats > $3 AND o.vrij AND o.status = $4 "
        "ORDER BY o.plaats LIMIT $5";
    page_filler out(query);
    const auto rows_wanted = query.limit + 1;
    auto found = query.status.empty() ? db.query(all, query.with_body, query.desk, query.after, rows_wanted)
                                      : db.query(of_status, query.with_body, query.desk, query.after,
                                                 query.status, rows_wanted);
    auto done = each(std::move(found), [&](const rows& r) { return out.take(r); });
    if (!done) return std::unexpected(done.error());
    return std::move(out.page);
}

// The same where something on the page is damaged: each row by itself, and those that cannot be read left
// out.
std::expected<report_page, errc> read_page_singly(connection& db, const list_query& query) {
    constexpr const char* all =
        "SELECT plaats FROM ontvangers WHERE loket = $1 AND plaats > $2 AND vrij ORDER BY plaats LIMIT $3";
    constexpr const char* of_status =
        "SELECT plaats FROM ontvangers WHERE loket = $1 AND plaats > $2 AND vrij AND status = $3 "
        "ORDER BY plaats LIMIT $4";
    std::vector<std::int64_t> places;
    const auto rows_wanted = query.limit + 1;
    auto found = query.status.empty()
                     ? db.query(all, query.desk, query.after, rows_wanted)
                     : db.query(of_status, query.desk, query.after, query.status, rows_wanted);
    auto done = each(std::move(found), [&](const rows& r) { places.push_back(r.integer(0)); });
    if (!done) return std::unexpected(done.error());
    page_filler out(query);
    for (std::size_t i = 0; i < places.size() && !out.page.more; ++i) {
        out.page.more = i == query.limit;
        if (out.page.more) break;
        done = each(db.query(LISTED "WHERE o.plaats = $2 AND m.rij = o.melding", query.with_body, places[i]),
                    [&](const rows& r) { return out.take(r); });
        if (done) continue;
        if (done.error() != errc::damaged) return std::unexpected(done.error());
        ++out.page.unreadable;
        out.page.last_place = places[i];
    }
    return std::move(out.page);
}

}  // namespace

std::expected<report_page, errc> read_list(connection& db, const list_query& query) {
    auto page = read_page(db, query);
    if (page || page.error() != errc::damaged) return page;
    return read_page_singly(db, query);
}

std::expected<stored_report, errc> read_report(connection& db, const std::string& desk,
                                               const crypto::uuid& id) {
    constexpr const char* sql =
        "SELECT " ROW
        ", m.body, m.postbus, m.rij, m.hash, o.hash "
        "FROM meldingen m JOIN ontvangers o ON o.melding = m.rij WHERE m.id = $1 AND o.loket = $2 AND o.vrij";
    stored_report out;
    std::int64_t row_number = 0;
    bool any = false, whole = true;
    auto found = each(db.query(sql, id.bytes, desk), [&](const rows& r) {
        any = true;
        constexpr int body = behind_row, mailbox = body + 1, row = body + 2, hash = body + 3, key = body + 4;
        whole = is_whole(r.blob(body), r.blob(hash)) && is_whole(r.blob(7), r.blob(key));
        out.listed = listed(r);
        out.listed.body = crypto::sealed::received(r.bytes(body));
        if (!r.is_null(mailbox)) out.mailbox = block<32>(r.blob(mailbox));
        row_number = r.integer(row);
    });
    if (!found) return std::unexpected(found.error());
    if (!any) return std::unexpected(errc::not_found);
    if (!whole) return std::unexpected(errc::damaged);
    auto recipients = each(
        db.query(
            "SELECT loket, rol, epoch, sleutel, sealed FROM ontvangers WHERE melding = $1 ORDER BY plaats",
            row_number),
        [&](const rows& r) {
            out.recipients.push_back({std::string(r.text(0)), std::string(r.text(1)), std::string(r.text(2)),
                                      block<8>(r.blob(3)), crypto::sealed::received(r.bytes(4))});
        });
    if (!recipients) return std::unexpected(recipients.error());
    return out;
}

std::expected<std::optional<added_report>, errc> read_earlier(connection& db, const crypto::uuid& id,
                                                              const crypto::block<32>& request_hash) {
    auto found = db.query(
        "SELECT verzoek, dag, hash, (SELECT max(o.vrij_uur) FROM ontvangers o WHERE o.melding = m.rij) "
        "FROM meldingen m WHERE id = $1",
        id.bytes);
    if (!found) return std::unexpected(found.error());
    auto row = found->next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<added_report>();
    if (crypto::to_block<32>(found->blob(0)) != request_hash) return std::unexpected(errc::id_taken);
    const auto hash = crypto::to_block<32>(found->blob(2));
    added_report out{static_cast<std::int32_t>(found->integer(1)), false, hash ? *hash : crypto::block<32>()};
    if (!found->is_null(3)) out.release_hour = found->integer(3);
    return out;
}

std::expected<bool, errc> was_destroyed(connection& db, const crypto::uuid& id, std::int32_t today) {
    constexpr std::int32_t refused_days = 30;  // api.md, POST /v1/meldingen
    bool out = false;
    auto done =
        each(db.query("SELECT 1 FROM vernietigd WHERE id = $1 AND dag > $2", id.bytes, today - refused_days),
             [&](const rows&) { out = true; });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::int64_t, errc> read_generation(connection& db) {
    std::int64_t out = 0;
    auto done = each(db.query("SELECT vertrouwen FROM tellers"), [&](const rows& r) { out = r.integer(0); });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<trust_rows, errc> read_trust(connection& db) {
    // One read transaction: the generation is that of the documents read.
    if (auto ok = db.begin_reading(); !ok) return std::unexpected(ok.error());
    trust_rows out;
    auto documents = [](std::vector<document_row>& into) {
        return [&into](const rows& r) {
            into.push_back({std::string(r.text(0)), std::string(r.text(1)), std::string(r.text(2))});
        };
    };
    auto generation = read_generation(db);
    auto done = generation ? std::expected<void, errc>() : std::unexpected(generation.error());
    if (done) out.generation = *generation;
    if (done)
        done = each(db.query("SELECT versie, hash, token, routering FROM gids ORDER BY versie DESC LIMIT 1"),
                    [&](const rows& r) {
                        out.gids = gids_row{r.integer(0), std::string(r.text(1)), std::string(r.text(2)),
                                            std::string(r.text(3))};
                    });
    if (done)
        done = each(db.query("SELECT loket, versie, hash, token FROM standen s WHERE versie = "
                             "(SELECT max(n.versie) FROM standen n WHERE n.loket = s.loket) ORDER BY loket"),
                    [&](const rows& r) {
                        out.stands.push_back({std::string(r.text(0)), r.integer(1), std::string(r.text(2)),
                                              std::string(r.text(3))});
                    });
    if (done) done = each(db.query("SELECT loket, hash, token FROM leden"), documents(out.memberships));
    if (done) done = each(db.query("SELECT loket, hash, token FROM sleutels"), documents(out.epoch_keys));
    if (auto ok = db.script("COMMIT"); !ok) return std::unexpected(ok.error());
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::string, errc> read_gids(connection& db, std::int64_t version) {
    return one_text(db.query("SELECT token FROM gids WHERE versie = $1", version));
}

std::expected<std::string, errc> read_stand(connection& db, const std::string& desk, std::int64_t version) {
    return one_text(db.query("SELECT token FROM standen WHERE loket = $1 AND versie = $2", desk, version));
}

std::expected<found_wraps, errc> read_wraps(connection& db, const std::string& desk, const std::string& lid) {
    found_wraps out;
    auto done = each(
        db.query("SELECT epoch, sleutel, sealed, hash FROM wraps WHERE loket = $1 AND lid = $2", desk, lid),
        [&](const rows& r) {
            if (!is_whole(r.blob(2), r.blob(3)))
                ++out.damaged;
            else
                out.rows.push_back({std::string(r.text(0)), std::string(r.text(1)), lid,
                                    crypto::sealed::received(r.bytes(2))});
        });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::vector<std::pair<crypto::block<16>, std::int64_t>>, errc> read_nonces(connection& db) {
    std::vector<std::pair<crypto::block<16>, std::int64_t>> out;
    auto done = each(db.query("SELECT merk, tot FROM nonces"),
                     [&](const rows& r) { out.emplace_back(block<16>(r.blob(0)), r.integer(1)); });
    if (!done) return std::unexpected(done.error());
    return out;
}

}  // namespace store::sql
