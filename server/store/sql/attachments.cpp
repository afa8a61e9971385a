#include "server/store/sql/attachments.hpp"

#include "server/store/sha256.hpp"
#include "server/store/sql/answers.hpp"

namespace store::sql {
namespace {

constexpr const char* columns = "SELECT id, melding, nummer, totaal, grootte FROM bijlagen ";

attachment read(const rows& r) {
    attachment out;
    out.id.bytes = crypto::to_block<16>(r.blob(0)).value_or(crypto::block<16>{});
    out.claimed = !r.is_null(1);
    if (!r.is_null(2)) out.index = r.integer(2);
    out.total = r.integer(3);
    out.size = r.integer(4);
    return out;
}

std::expected<std::optional<attachment>, errc> find(connection& db, const crypto::uuid& id) {
    static const std::string sql = std::string(columns) + "WHERE id = $1";
    std::optional<attachment> out;
    auto done = each(db.query(sql.c_str(), id.bytes), [&](const rows& r) { out = read(r); });
    if (!done) return std::unexpected(done.error());
    return out;
}

}  // namespace

std::expected<attachment, errc> read_attachment(connection& db, const crypto::uuid& id) {
    auto found = find(db, id);
    if (!found) return std::unexpected(found.error());
    if (!*found) return std::unexpected(errc::not_found);
    return **found;
}

std::expected<std::vector<attachment>, errc> read_attachments(connection& db, const crypto::uuid& report) {
    static const std::string sql =
        std::string(columns) + "WHERE melding = $1 AND bericht IS NULL ORDER BY nummer";
    std::vector<attachment> out;
    auto done = each(db.query(sql.c_str(), report.bytes), [&](const rows& r) { out.push_back(read(r)); });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<chunk, errc> read_chunk(connection& db, const crypto::uuid& id, std::int64_t at) {
    std::optional<chunk> out;
    auto done = each(db.query("SELECT van, bytes, hash FROM brokken WHERE bijlage = $1 AND van <= $2 "
                              "ORDER BY van DESC LIMIT 1",
                              id.bytes, at),
                     [&](const rows& r) {
                         out.emplace();
                         out->from = r.integer(0);
                         out->bytes = crypto::sealed::received(r.bytes(1));
                         out->hash = crypto::to_block<32>(r.blob(2)).value_or(crypto::block<32>{});
                     });
    if (!done) return std::unexpected(done.error());
    if (!out || at >= out->from + static_cast<std::int64_t>(out->bytes.size()))
        return std::unexpected(errc::not_found);
    if (sha256(out->bytes.view()) != out->hash) return std::unexpected(errc::damaged);
    return std::move(*out);
}

std::expected<attachment, errc> begin_attachment(connection& db, const crypto::uuid& id, std::int64_t total) {
    auto known = find(db, id);
    if (!known) return std::unexpected(known.error());
    if (*known && ((*known)->claimed || (*known)->total != total)) return std::unexpected(errc::id_taken);
    if (*known) return **known;
    auto done = did(db.run(
        db.has_day_tables()
            ? "INSERT INTO bijlagen_dag (id, totaal, grootte, ronde) SELECT $1, $2, 0, ronde FROM tellers"
            : "INSERT INTO bijlagen (id, totaal, grootte, ronde) SELECT $1, $2, 0, ronde FROM tellers",
        id.bytes, total));
    if (!done) return std::unexpected(done.error());
    attachment out;
    out.id = id;
    out.total = total;
    return out;
}

std::expected<attachment, errc> add_chunk(connection& db, const crypto::uuid& id, const chunk& piece) {
    auto known = find(db, id);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(errc::not_found);
    auto out = **known;
    const auto length = static_cast<std::int64_t>(piece.bytes.size());
    if (out.claimed) return std::unexpected(errc::id_taken);
    if (out.size != piece.from || length > out.total - out.size || length == 0)
        return std::unexpected(errc::wrong_offset);
    auto done = did(db.run(db.has_day_tables()
                               ? "INSERT INTO brokken_dag (bijlage, van, bytes, hash) VALUES ($1, $2, $3, $4)"
                               : "INSERT INTO brokken (bijlage, van, bytes, hash) VALUES ($1, $2, $3, $4)",
                           id.bytes, piece.from, piece.bytes.view(), piece.hash));
    if (done)
        done =
            did(db.run("UPDATE bijlagen SET grootte = $1, ronde = (SELECT ronde FROM tellers) WHERE id = $2",
                       out.size + length, id.bytes));
    if (!done) return std::unexpected(done.error());
    out.size += length;
    return out;
}

std::expected<void, errc> claim(connection& db, const std::vector<crypto::uuid>& ids,
                                const crypto::uuid& report, std::int32_t day) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto done = db.run(
            "UPDATE bijlagen SET melding = $1, nummer = $2, dag = $3 WHERE id = $4 AND melding IS NULL "
            "AND grootte = totaal",
            report.bytes, i, day, ids[i].bytes);
        if (!done) return std::unexpected(done.error());
        if (*done == 0) return std::unexpected(errc::attachment_missing);
    }
    return {};
}

std::expected<void, errc> remove_attachments(connection& db, const crypto::uuid& report) {
    auto done = did(db.run(
        "DELETE FROM brokken WHERE bijlage IN (SELECT id FROM bijlagen WHERE melding = $1)", report.bytes));
    if (done) done = did(db.run("DELETE FROM bijlagen WHERE melding = $1", report.bytes));
    return done;
}

std::expected<std::int64_t, errc> sweep(connection& db, std::int64_t round) {
    std::int64_t now = 0;
    auto done = each(db.query("SELECT ronde FROM tellers"), [&](const rows& r) { now = r.integer(0); });
    if (!done) return std::unexpected(done.error());
    if (now != round) return now;
    // What was added to in this round stays, so it is left alone for one to two sweeps.
    done =
        did(db.run("DELETE FROM brokken WHERE bijlage IN "
                   "(SELECT id FROM bijlagen WHERE melding IS NULL AND ronde < $1)",
                   now));
    if (done) done = did(db.run("DELETE FROM bijlagen WHERE melding IS NULL AND ronde < $1", now));
    if (done) done = did(db.run("UPDATE tellers SET ronde = $1", now + 1));
    if (!done) return std::unexpected(done.error());
    return now + 1;
}

}  // namespace store::sql
