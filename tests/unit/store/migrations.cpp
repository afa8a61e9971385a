// From every earlier version, with rows in it as that version wrote them: the program brings it up, and all
// of it is there. Holds for later migrations as it is; one after which an insert below no longer works adds
// the next to `writers`.
#include "server/store/sql/migrations.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/checkout.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;

namespace {

struct file {
    std::string name, text;
};

// In order of their numbers.
std::vector<file> migration_files(const std::string& engine) {
    std::vector<file> out;
    for (const auto& at : std::filesystem::directory_iterator(checkout::schema + ("/migrations/" + engine))) {
        std::ostringstream text;
        text << std::ifstream(at.path()).rdbuf();
        out.push_back({at.path().filename().string(), text.str()});
    }
    std::ranges::sort(out, {}, &file::name);
    return out;
}

// How a version stored a report and its recipient, as far as the engines are alike.
struct writer {
    std::size_t since;
    const char *report, *recipient;
};
#define REPORT_1(TABLE)                                                               \
    "INSERT INTO " TABLE                                                              \
    " (id, verzoek, dag, spoed, status, revisie, postbus, body) VALUES ($1, $2, $3, " \
    "$4, 'nieuw', 1, NULL, $5) RETURNING rij"
#define RECIPIENT_1(TABLE)                                                          \
    "INSERT INTO " TABLE                                                            \
    " (melding, loket, rol, epoch, sleutel, sealed, vrij) VALUES ($1, $2, $3, $4, " \
    "$5, $6, $7)"
#define REPORT_HASHED(TABLE)                                                           \
    "INSERT INTO " TABLE                                                               \
    " (id, verzoek, dag, spoed, status, revisie, body, hash) VALUES ($1, $2, $3, $4, " \
    "'nieuw', 1, $5, $6) RETURNING rij"
#define RECIPIENT_HASHED(TABLE)                                                       \
    "INSERT INTO " TABLE                                                              \
    " (melding, loket, rol, epoch, sleutel, sealed, vrij, hash) VALUES ($1, $2, $3, " \
    "$4, $5, $6, $7, $8)"
// A fallback desk that waits for an hour. A literal for each table: a connection keeps a statement by where
// its text stands.
#define HOUR(TABLE)                                                                                 \
    "INSERT INTO " TABLE                                                                            \
    " (melding, loket, rol, epoch, sleutel, sealed, vrij, hash, vrij_uur) SELECT melding, 'zorg', " \
    "'achtervang', epoch, sleutel, sealed, FALSE, hash, CAST($1 AS BIGINT) FROM ontvangers WHERE "  \
    "melding = (SELECT rij FROM meldingen WHERE id = $2)"

const std::vector<writer> of_sqlite{{1, REPORT_1("meldingen"), RECIPIENT_1("ontvangers")},
                                    {3, REPORT_HASHED("meldingen"), RECIPIENT_HASHED("ontvangers")}};
const std::vector<writer> of_postgres{
    {1, REPORT_1("meldingen_dag"), RECIPIENT_1("ontvangers_dag")},
    {2, REPORT_HASHED("meldingen_dag"), RECIPIENT_HASHED("ontvangers_dag")}};
// As the nightly compaction leaves them.
const std::vector<writer> of_postgres_later{{1, REPORT_1("meldingen"), RECIPIENT_1("ontvangers")},
                                            {2, REPORT_HASHED("meldingen"), RECIPIENT_HASHED("ontvangers")}};

// An old database: its engine's own connection, and how its rows are written.
class old_database {
  public:
    explicit old_database(const std::string& file)
        : postgres_(std::getenv("BAKEN_TEST_POSTGRES") != nullptr) {
        if (postgres_)
            db_ = store::postgres::connection::open(place(file), store::postgres::use::migrate).value();
        else
            db_ = store::sqlite::connection::open(file, store::sqlite::mode::create).value();
        files_ = migration_files(postgres_ ? "postgres" : "sqlite");
    }
    std::size_t newest() const { return files_.size(); }

    // Its schema up to this version, as that program made it.
    void bring_to(std::size_t version) {
        std::vector<store::sql::migration_file> some;
        for (std::size_t i = 0; i < version; ++i) some.push_back({files_[i].name, files_[i].text});
        auto done = store::sql::migrate(
            *db_,
            {postgres_
                 ? "CREATE TABLE IF NOT EXISTS migraties (nummer BIGINT PRIMARY KEY, hash TEXT NOT NULL)"
                 : "CREATE TABLE IF NOT EXISTS migraties (nummer INTEGER PRIMARY KEY, hash TEXT NOT "
                   "NULL) STRICT",
             postgres_ ? "BEGIN" : "BEGIN IMMEDIATE", some});
        REQUIRE(done);
    }

    // Reports as this version writes them, their bodies filled with its number; their ids.
    std::vector<crypto::uuid> write(std::size_t version) {
        std::vector<crypto::uuid> out;
        std::vector<const std::vector<writer>*> ways{&of_sqlite};
        if (postgres_) ways = {&of_postgres, &of_postgres_later};
        for (const auto* way : ways) {
            const auto& by = *std::ranges::find_if(way->rbegin(), way->rend(),
                                                   [&](const writer& w) { return w.since <= version; });
            out.push_back(write(by, static_cast<std::uint8_t>(version)));
        }
        return out;
    }

    // A trail, documents and their counter: what the first version knew of them, no later one forgets.
    void write_documents() {
        REQUIRE(db_->run("INSERT INTO gids (versie, hash, token, routering) VALUES ($1, $2, $3, $4)", 1, "h",
                         "t", "r"));
        REQUIRE(db_->run("INSERT INTO standen (loket, versie, hash, token) VALUES ($1, $2, $3, $4)",
                         "rotterdam", 1, "s1", "token-s1"));
        REQUIRE(db_->run("INSERT INTO leden (hash, loket, lid, token) VALUES ($1, $2, $3, $4)", "m1",
                         "rotterdam", "l1", "token-m1"));
        REQUIRE(db_->run("INSERT INTO sleutels (hash, loket, epoch, token) VALUES ($1, $2, $3, $4)", "k1",
                         "rotterdam", "2026-W47", "token-k1"));
        const auto wrap = sealed(80, 3);
        REQUIRE(db_->run("INSERT INTO wraps (loket, epoch, sleutel, lid, sealed) VALUES ($1, $2, $3, $4, $5)",
                         "rotterdam", "2026-W47", "k1", "l1", wrap.view()));
        const auto bytes = line_bytes({}, "old");
        REQUIRE(db_->run("INSERT INTO logboek (loket, regel, hash, bytes) VALUES ($1, $2, $3, $4)",
                         "rotterdam", 1, crypto::hash_text(crypto::as_bytes(bytes)), bytes));
        REQUIRE(db_->run("UPDATE tellers SET vertrouwen = 4"));
    }

    // How many versions there were before this migration, "opened".
    [[nodiscard]] std::size_t before(std::string_view migration) const {
        const auto at = std::ranges::find_if(
            files_, [&](const file& one) { return one.name.find(migration) != std::string::npos; });
        REQUIRE(at != files_.end());
        return static_cast<std::size_t>(at - files_.begin());
    }
    // A desk fetched it, as versions before "opened" noted that.
    void mark_read(const crypto::uuid& id) {
        REQUIRE(db_->run("UPDATE meldingen SET gelezen = $1 WHERE id = $2", true, id.bytes));
    }
    // A fallback desk of it that waits for an hour. place: of those that write() gave back.
    void add_hour(const crypto::uuid& id, std::size_t place, std::int64_t hour) {
        const bool of_the_day = postgres_ && place == 0;
        REQUIRE(db_->run(of_the_day ? HOUR("ontvangers_dag") : HOUR("ontvangers"), hour, id.bytes));
    }

  private:
    crypto::uuid write(const writer& by, std::uint8_t fill) {
        const auto id = crypto::uuid::random();
        const auto body = sealed(4136, fill), key = sealed(96, fill);
        const auto request = crypto::sha256(id.bytes), body_hash = crypto::sha256(body.view()),
                   key_hash = crypto::sha256(key.view());
        const crypto::block<8> mark{1};
        std::int64_t row = 0;
        const auto take = [&](const store::sql::rows& r) { row = r.integer(0); };
        const bool hashed = std::string_view(by.report).find("hash") != std::string_view::npos;
        REQUIRE(
            (hashed ? store::sql::each(
                          db_->query(by.report, id.bytes, request, 20778, true, body.view(), body_hash), take)
                    : store::sql::each(db_->query(by.report, id.bytes, request, 20778, true, body.view()),
                                       take)));
        REQUIRE((
            hashed ? db_->run(by.recipient, row, "rotterdam", "eerste", "2026-W47", mark, key.view(), true,
                              key_hash)
                   : db_->run(by.recipient, row, "rotterdam", "eerste", "2026-W47", mark, key.view(), true)));
        return id;
    }

    bool postgres_;
    std::unique_ptr<store::sql::connection> db_;
    std::vector<file> files_;
};

void all_there(store::store& store, const std::vector<crypto::uuid>& ids) {
    auto page = run_now(store.list({.desk = "rotterdam", .status = "nieuw", .with_body = true})).value();
    REQUIRE(page.rows.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        CHECK(page.rows[i].id == ids[i]);
        auto one = run_now(store.report("rotterdam", ids[i])).value();
        CHECK(one.listed.body.view()[0] == page.rows[i].body.view()[4135]);
        CHECK(one.listed.sealed_key.view()[95] == one.listed.body.view()[0]);
        CHECK(one.recipients.size() == 1);
        CHECK_FALSE(run_now(store.add_report(report("rotterdam", ids[i]))).value().fresh);
    }
    auto trust = run_now(store.trust()).value();
    CHECK(trust.generation == 4);
    CHECK((trust.gids && trust.gids->table == "r"));
    CHECK((trust.stands.size() == 1 && trust.memberships.size() == 1 && trust.epoch_keys.size() == 1));
    CHECK(run_now(store.wraps("rotterdam", "l1")).value().size() == 1);
    CHECK(walked(store, "rotterdam").line == 1);
}

}  // namespace

TEST_CASE("from every earlier version with rows of its own: nothing is lost, and it works on") {
    scratch dir;
    const auto newest = old_database(dir / "count.db").newest();
    for (std::size_t version = 1; version <= newest; ++version) {
        CAPTURE(version);
        const auto name = dir / ("from-" + std::to_string(version) + ".db");
        std::vector<crypto::uuid> ids;
        {
            old_database old(name);
            for (std::size_t step = 1; step <= version; ++step) {
                old.bring_to(step);
                if (step == 1) old.write_documents();
                for (const auto& id : old.write(step)) ids.push_back(id);
            }
        }
        auto store = open(name);
        all_there(*store, ids);
        CHECK(run_now(store->add_report(report("rotterdam"))).value().fresh);
        CHECK(run_now(store->append(line("rotterdam"))).value().line == 2);
        store = nullptr;
        store = open(name);
        CHECK(walked(*store, "rotterdam").line == 2);
    }
}

TEST_CASE("what was read before openings were known is opened, unless an hour waits for that") {
    scratch dir;
    std::vector<crypto::uuid> read, unread, waiting;
    {
        old_database old(dir / "baken.db");
        const auto version = old.before("opened");
        old.bring_to(version);
        read = old.write(version);
        unread = old.write(version);
        waiting = old.write(version);
        for (const auto& id : read) old.mark_read(id);
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            old.mark_read(waiting[i]);
            old.add_hour(waiting[i], i, 500);
        }
    }
    auto store = open(dir / "baken.db");
    const auto opened = [&](const crypto::uuid& id) {
        return run_now(store->report("rotterdam", id)).value().listed.opened;
    };
    for (const auto& id : read) CHECK(opened(id));
    for (const auto& id : unread) CHECK_FALSE(opened(id));
    for (const auto& id : waiting) CHECK_FALSE(opened(id));
    // The hour runs on, and is cleared by an opening.
    CHECK(run_now(store->overdue(500)).value().size() == waiting.size());
    for (const auto& id : waiting) say(*store, sighting(id, "rotterdam"));
    CHECK(run_now(store->overdue(500)).value().empty());
    for (const auto& id : waiting) CHECK(opened(id));
}

TEST_CASE("what is stored carries its hash, and so does what was there before hashes were") {
    scratch dir;
    std::vector<crypto::uuid> ids;
    {
        old_database old(dir / "baken.db");
        old.bring_to(1);
        ids = old.write(1);
    }
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    sent.recipients.push_back(recipient("nla", "mede"));
    REQUIRE(run_now(store->add_report(std::move(sent))));
    std::unique_ptr<store::sql::connection> db;
    if (store::names_postgres(place(dir / "baken.db")))
        db = store::postgres::connection::open(place(dir / "baken.db"), store::postgres::use::read).value();
    else
        db = store::sqlite::connection::open(dir / "baken.db", store::sqlite::mode::read).value();
    const auto count = [&](const char* sql) {
        std::int64_t out = -1;
        REQUIRE(store::sql::each(db->query(sql), [&](const store::sql::rows& r) { out = r.integer(0); }));
        return out;
    };
    CHECK(count("SELECT count(*) FROM meldingen WHERE hash = sha256(body)") ==
          static_cast<std::int64_t>(ids.size()) + 1);
    CHECK(count("SELECT count(*) FROM ontvangers WHERE hash = sha256(sealed)") ==
          static_cast<std::int64_t>(ids.size()) + 2);
    CHECK(count("SELECT count(*) FROM meldingen WHERE hash IS NULL OR length(hash) <> 32") == 0);
}
