// A store read out whole and put into another: row for row the same, into either engine; what does not belong
// there is refused, and what is not complete serves nobody.
#include "server/store/whole.hpp"

#include <map>

#include "server/store/sql/damage.hpp"
#include "server/store/sql/dump_reader.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

const auto quiet = [](std::string_view, std::int64_t) {};

store::list_query everything(std::int64_t after = 0) {
    store::list_query out;
    out.desk = "rotterdam";
    out.after = after;
    out.limit = 1000;
    return out;
}

std::unique_ptr<store::sql::connection> writing(const std::string& where) {
    if (store::names_postgres(where))
        return store::postgres::connection::open(where, store::postgres::use::write).value();
    return store::sqlite::connection::open(where, store::sqlite::mode::write).value();
}

// What no interface of this test's writes: messages, attachments, and what is left of reports.
void fill_the_rest(const std::string& where) {
    auto db = writing(where);
    const auto report = crypto::uuid::random(), file = crypto::uuid::random(),
               message = crypto::uuid::random();
    const crypto::bytes piece(70'000, 6);
    const auto hash = crypto::sha256(piece);
    REQUIRE(
        db->run("INSERT INTO berichten (id, melding, soort, dag, gelezen, ontvangers, body) "
                "VALUES ($1, $2, 2, 20778, $3, '[]', $4)",
                message.bytes, report.bytes, true, crypto::byte_view(piece)));
    REQUIRE(
        db->run("INSERT INTO bijlagen (id, melding, bericht, nummer, dag, totaal, grootte, ronde) "
                "VALUES ($1, $2, $3, 0, 20778, 140000, 140000, 3)",
                file.bytes, report.bytes, message.bytes));
    REQUIRE(db->run("INSERT INTO bijlagen (id, totaal, grootte, ronde) VALUES ($1, 140000, 0, 3)",
                    message.bytes));
    for (const std::int64_t from : {0, 70'000})
        REQUIRE(db->run("INSERT INTO brokken (bijlage, van, bytes, hash) VALUES ($1, $2, $3, $4)", file.bytes,
                        from, crypto::byte_view(piece), hash));
    REQUIRE(
        db->run("INSERT INTO waarschuwingen (melding, soort, dag) VALUES ($1, '14', 20778)", report.bytes));
    for (const char* result : {"geen", "zaak", "geen"})
        REQUIRE(
            db->run("INSERT INTO schillen (loket, kwartaal, status, uitkomst, tot) "
                    "VALUES ('zorg', '2026-Q4', 'afgesloten', $1, 21000)",
                    result));
    REQUIRE(db->script(
        "INSERT INTO schillen (loket, kwartaal, status, tot) VALUES ('zorg', '2026-Q4', 'nieuw', 1)"));
    REQUIRE(db->script("INSERT INTO tellingen VALUES ('zorg', '2026-Q4', 'vernietigd', 'nieuw', 2)"));
    REQUIRE(db->run("INSERT INTO vernietigd (id, dag) VALUES ($1, 20000)", report.bytes));
}

// Something in every table, with a null here and a long body there.
void fill(const std::string& file, int reports) {
    {
        auto store = open(file);
        REQUIRE(run_now(store->add_gids({1, "hash-1", "token", "{\"versie\":1}"})));
        REQUIRE(run_now(store->add_stand({"rotterdam", 1, "stand-1", "token"}, line("rotterdam"))));
        REQUIRE(run_now(
            store->add_membership({"rotterdam", "lid-1", "lid-hash", "token", {}}, line("rotterdam"))));
        REQUIRE(run_now(store->add_epoch_key({"rotterdam",
                                              "2026-W47",
                                              "key-hash",
                                              "token",
                                              {{"2026-W47", "key-hash", "lid-1", sealed(80, 3)}}},
                                             line("rotterdam"))));
        for (int i = 0; i < reports; ++i) {
            auto one = report("rotterdam");
            one.urgent = i % 3 == 0;
            if (i % 2 == 0) one.mailbox = crypto::sha256(one.id.bytes);
            if (i % 50 == 0) one.body = sealed(262144, 5);
            if (i % 4 == 0) one.recipients.push_back(recipient("amsterdam", "achtervang"));
            REQUIRE(run_now(store->add_report(std::move(one))));
        }
        REQUIRE(run_now(store->keep_nonce({1}, 100, 1)));
    }
    fill_the_rest(place(file));
    change(file,
           "UPDATE meldingen SET status = 'open', toegewezen = 'lid-1', termijn = 20790 WHERE spoed; "
           "DELETE FROM meldingen WHERE rij = (SELECT max(rij) FROM meldingen)");
}

// What a dump gives, and what its reader made of it.
struct dumped {
    crypto::bytes all;
    store::tallies tallies;
};
dumped dump(const std::string& where, store::part part) {
    auto from = store::source::open(where, store::beside::servers).value();
    REQUIRE(from.begin());
    dumped out;
    auto tallies = from.dump(
        part, {"test", 1700000000, from.last_place().value()},
        [&](crypto::byte_view piece) {
            out.all.insert(out.all.end(), piece.begin(), piece.end());
            return true;
        },
        quiet);
    REQUIRE(tallies);
    out.tallies = *tallies;
    REQUIRE(from.end());
    return out;
}

std::expected<void, errc> put(store::target& to, const dumped& from, store::part part) {
    store::sql::dump_reader reader(
        part, [&](const store::sql::table& table, std::span<const store::sql::value> row) {
            return to.put(table, row);
        });
    for (crypto::byte_view rest = from.all; !rest.empty();) {
        const auto piece = rest.first(std::min<std::size_t>(70'001, rest.size()));
        if (auto ok = reader.push(piece); !ok) return ok;
        rest = rest.subspan(piece.size());
    }
    if (auto ok = reader.finish(); !ok) return ok;
    CHECK(reader.tallies() == from.tallies);
    return to.flush();
}

// Everything of one store into another that is empty.
void move(const std::string& from, const std::string& into) {
    const auto reports = dump(from, store::part::reports), wraps = dump(from, store::part::wraps);
    auto to = store::target::open(into).value();
    REQUIRE(to.empty().value());
    REQUIRE(to.begin({"restore", "id", ""}));
    REQUIRE(put(to, reports, store::part::reports));
    REQUIRE(put(to, wraps, store::part::wraps));
    auto both = reports.tallies;
    both.insert(both.end(), wraps.tallies.begin(), wraps.tallies.end());
    CHECK(to.tally(quiet).value() == both);
    REQUIRE(to.finish(store::source::open(from, store::beside::servers).value().last_place().value()));
}

// The columns of each table as the database itself says.
std::map<std::string, std::set<std::string>> schema(const std::string& where) {
    std::map<std::string, std::set<std::string>> out;
    std::unique_ptr<store::sql::connection> db;
    const char* ask = nullptr;
    if (store::names_postgres(where)) {
        db = store::postgres::connection::open(where, store::postgres::use::read).value();
        // Tables that inherit hold the rows of the running day; whoever reads their parents reads them.
        ask =
            "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = "
            "c.oid "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 "
            "AND NOT a.attisdropped AND NOT EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = c.oid)";
    } else {
        db = store::sqlite::connection::open(where, store::sqlite::mode::read).value();
        ask =
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
            "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    }
    auto read = store::sql::each(db->query(ask), [&](const store::sql::rows& r) {
        out[std::string(r.text(0))].insert(std::string(r.text(1)));
    });
    REQUIRE(read);
    return out;
}

}  // namespace

TEST_CASE("the list of tables names every table and column of the schema, and nothing else") {
    scratch dir;
    open(dir / "baken.db");
    std::map<std::string, std::set<std::string>> listed;
    const bool in_postgres = store::names_postgres(place(dir / "baken.db"));
    for (const auto& table : store::sql::tables()) {
        for (const auto& column : table.columns)
            if (!in_postgres || column.carried != store::sql::carried::sqlite_only)
                listed[std::string(table.name)].insert(std::string(column.name));
        CHECK((table.place == store::sql::place::left_out) == !table.why.empty());
        for (const auto& key : table.key)
            CHECK(std::ranges::count(table.columns, key, &store::sql::column::name) == 1);
    }
    CHECK(schema(place(dir / "baken.db")) == listed);
}

TEST_CASE("a store goes into another row for row, and goes on counting where it was") {
    scratch dir;
    const auto a = place(dir / "a.db"), b = place(dir / "b.db");
    fill(dir / "a.db", 150);
    move(a, b);
    auto from = store::source::open(a, store::beside::servers).value();
    auto to = store::source::open(b, store::beside::servers).value();
    CHECK(from.tally(quiet).value() == to.tally(quiet).value());
    CHECK(from.last_place().value() == to.last_place().value());
    CHECK(from.identity().value() == to.identity().value());
    CHECK(from.standing().value() == to.standing().value());
    auto served = open(dir / "b.db");
    walked(*served, "rotterdam");
    const auto before = run_now(served->list(everything())).value();
    CHECK(before.rows.size() == 149);
    const auto last = to.last_place().value();
    REQUIRE(run_now(served->add_report(report("rotterdam"))));
    const auto after = run_now(served->list(everything(last))).value();
    REQUIRE(after.rows.size() == 1);
    CHECK(after.rows[0].place > last);
}

TEST_CASE("a file becomes a database and a file again, and nothing changed") {
    if (!std::getenv("BAKEN_TEST_POSTGRES")) return;
    scratch dir;
    const auto middle = place(dir / "middle.db");
    const auto first = dir / "first.db", last = dir / "last.db";
    fill(dir / "middle.db", 70);
    move(middle, first);
    const auto again = place(dir / "again.db");
    move(first, again);
    move(again, last);
    auto tally = [](const std::string& where) {
        return store::source::open(where, store::beside::servers).value().tally(quiet).value();
    };
    CHECK(tally(middle) == tally(first));
    CHECK(tally(first) == tally(again));
    CHECK(tally(again) == tally(last));
}

TEST_CASE("a store that is not complete serves nobody, and can be cleared and filled again") {
    scratch dir;
    const auto a = place(dir / "a.db"), b = place(dir / "b.db");
    fill(dir / "a.db", 40);
    const auto reports = dump(a, store::part::reports);
    {
        auto to = store::target::open(b).value();
        REQUIRE(to.begin({"restore", "id", ""}));
        REQUIRE(put(to, reports, store::part::reports));
    }
    CHECK(refusal(store::open(b)) == errc::unfinished);
    CHECK_FALSE(store::source::open(b, store::beside::servers).has_value());
    {
        auto to = store::target::open(b).value();
        CHECK(to.mark().value()->work == "restore");
        CHECK_FALSE(to.empty().value());
        REQUIRE(to.clear());
        CHECK(to.empty().value());
    }
    CHECK(refusal(store::open(b)) == errc::unfinished);
    {
        auto to = store::target::open(b).value();
        REQUIRE(to.begin({"restore", "id", ""}));
        REQUIRE(put(to, reports, store::part::reports));
        REQUIRE(to.finish(1000));
    }
    CHECK(run_now(open(dir / "b.db")->list(everything())).value().rows.size() == 39);
}

TEST_CASE("what was destroyed is destroyed again, with its sealed keys") {
    scratch dir;
    const auto a = place(dir / "a.db");
    fill(dir / "a.db", 10);
    const auto rows = run_now(open(dir / "a.db")->list(everything())).value().rows;
    {
        auto to = store::target::open(a).value();
        REQUIRE(to.add_destroyed(rows[3].id, 20800));
        REQUIRE(to.add_destroyed(rows[3].id, 20801));
        REQUIRE(to.add_destroyed(crypto::uuid::random(), 20800));
        CHECK(to.replay_destroyed().value() == 1);
    }
    auto store = open(dir / "a.db");
    CHECK(refusal(run_now(store->report("rotterdam", rows[3].id))) == errc::not_found);
    CHECK(run_now(store->list(everything())).value().rows.size() == rows.size() - 1);
    CHECK(refusal(store::source::open(dir / "none.db", store::beside::servers)) == errc::no_file);
}

TEST_CASE("what is damaged is carried all the same, and named by its ids") {
    scratch dir;
    fill(dir / "a.db", 3);
    const auto judged = [&] {
        auto from = store::source::open(place(dir / "a.db"), store::beside::servers).value();
        REQUIRE(from.begin());
        std::vector<std::string> out;
        REQUIRE(
            from.tally(quiet, [&](const store::sql::table& table, std::span<const store::sql::value> row) {
                if (auto found = store::sql::damage_in(table, row)) out.push_back(*found);
            }));
        return out;
    };
    // The documents of this test have no true hashes.
    const auto before = judged();
    CHECK(std::ranges::none_of(before, [](const auto& one) { return one.find("report") != one.npos; }));
    change(dir / "a.db",
           "UPDATE meldingen SET body = hash WHERE id = (SELECT id FROM meldingen ORDER BY id LIMIT 1); "
           "UPDATE ontvangers SET sealed = hash WHERE loket = 'amsterdam'; "
           "UPDATE wraps SET sealed = hash; UPDATE brokken SET bytes = hash WHERE van = 0; "
           "UPDATE logboek SET bytes = 'x' WHERE regel = 1");
    const auto id = ids(dir / "a.db", "SELECT id FROM meldingen ORDER BY id LIMIT 1").at(0);
    const auto after = judged();
    CHECK(after.size() == before.size() + 5);
    CHECK(std::ranges::count(after, "a report's envelope: report " + id.text()) == 1);
    CHECK(std::ranges::count(after, "a wrapped secret: desk rotterdam, week 2026-W47, member lid-1") == 1);
    CHECK(std::ranges::count(after, "a trail: desk rotterdam, line 1") == 1);
    move(place(dir / "a.db"), place(dir / "b.db"));
}

TEST_CASE("records that were cut, changed or are of another version are refused") {
    scratch dir;
    fill(dir / "a.db", 3);
    const auto good = dump(place(dir / "a.db"), store::part::reports);
    auto judged = [](crypto::byte_view all, store::part part = store::part::reports) {
        store::sql::dump_reader reader(part,
                                       [](const store::sql::table&, std::span<const store::sql::value>) {
                                           return std::expected<void, errc>();
                                       });
        auto ok = reader.push(all);
        return ok ? reader.finish() : ok;
    };
    REQUIRE(judged(good.all));
    CHECK(refusal(judged(good.all, store::part::wraps)) == errc::bad_records);
    for (std::size_t size = 0; size < good.all.size(); size += size < 3000 ? 1 : 4999)
        CHECK(refusal(judged(crypto::byte_view(good.all).first(size))) == errc::bad_records);
    for (std::size_t at = 0; at < good.all.size(); at += at < 3000 ? 1 : 4999) {
        auto changed = good.all;
        changed[at] ^= 1;
        CHECK_FALSE(judged(changed).has_value());
    }
    auto newer = good.all;
    newer[6] = 2;  // the version of the form
    CHECK(refusal(judged(newer)) == errc::other_records);
    auto longer = good.all;
    longer.insert(longer.end(), good.all.begin(), good.all.end());
    CHECK(refusal(judged(longer)) == errc::bad_records);
}
