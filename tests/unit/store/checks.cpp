// A database looked through: one that is whole gives no finding, and each thing that can be wrong gives its
// own, by ids alone, beside the server.
#include "server/store/check.hpp"
#include "tests/unit/store/quiet.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

bool follows(std::string_view bytes, const store::head& previous) {
    return bytes.starts_with(fmt::format("{} {} ", previous.line + 1, previous.hash));
}

store::survey looked_through(const std::string& file) {
    auto out = store::check(place(file), {follows, {}, {}});
    if (!out) FAIL(store::text(out.error()));
    return std::move(*out);
}

// Two reports with three recipients together, documents with a wrap for each desk, and trails.
std::unique_ptr<store::store> filled(const std::string& file, crypto::uuid first) {
    auto store = open(file);
    auto sent = report("rotterdam", first);
    sent.recipients.push_back(recipient("nla", "mede"));
    REQUIRE(run_now(store->add_report(std::move(sent))));
    REQUIRE(run_now(store->add_report(report("amsterdam"))));
    for (const std::string desk : {"rotterdam", "nla", "amsterdam"}) {
        const auto key = "key of " + desk, member = "member of " + desk;
        REQUIRE(run_now(store->add_epoch_key({desk, "2026-W47", hash_of(key), key, {}}, line(desk))));
        const store::wrap_row wrap{"2026-W47", hash_of(key), "l1", sealed(80, 1)};
        REQUIRE(run_now(store->add_membership({desk, "l1", hash_of(member), member, {wrap}}, line(desk))));
    }
    for (std::int64_t version = 1; version <= 2; ++version) {
        const auto gids = "g" + std::to_string(version), stand = "s" + std::to_string(version);
        REQUIRE(run_now(store->add_gids({version, hash_of(gids), gids, "r"})));
        REQUIRE(run_now(store->add_stand({"rotterdam", version, hash_of(stand), stand}, line("rotterdam"))));
    }
    REQUIRE(run_now(store->append(line("rotterdam"))));
    REQUIRE(run_now(store->add_daily_heads({{"rotterdam", 20778, 5, "t"}})));
    return store;
}

struct wrong {
    const char *change, *postgres;  // nullptr: the same
    std::string code;
    bool named = false;  // by the first report's id
};
const std::vector<wrong> wrongs{
    {"UPDATE meldingen SET body = hash WHERE spoed = $", nullptr, "report-hash", true},
    {"UPDATE ontvangers SET sealed = hash WHERE loket = 'nla'", nullptr, "key-hash", true},
    {"DELETE FROM ontvangers WHERE loket <> 'amsterdam'", nullptr, "no-recipient", true},
    {"UPDATE ontvangers SET rol = 'eerste' WHERE loket = 'nla'", nullptr, "first-desk", true},
    {"UPDATE ontvangers SET rol = 'mede' WHERE loket = 'rotterdam'", nullptr, "first-desk", true},
    {"UPDATE ontvangers SET status = 'x' WHERE loket = 'nla'", nullptr, "status", true},
    {"UPDATE meldingen SET status = 'wordt-vernietigd' WHERE spoed = $", nullptr, "order", true},
    {"INSERT INTO opdrachten SELECT id, 'rotterdam', 'l1', hash, 0, 1, 1, 'misbruik', 'nieuw' FROM meldingen "
     "WHERE spoed = $",
     "INSERT INTO opdrachten SELECT id, 'rotterdam', 'l1', hash, false, 1, 1, 'misbruik', 'nieuw' FROM "
     "meldingen WHERE spoed = $",
     "order", true},
    {"INSERT INTO opdrachten SELECT hash, 'rotterdam', 'l1', hash, 0, 1, 1, 'misbruik', 'nieuw' FROM "
     "meldingen "
     "WHERE spoed = $",
     "INSERT INTO opdrachten SELECT hash, 'rotterdam', 'l1', hash, false, 1, 1, 'misbruik', 'nieuw' FROM "
     "meldingen WHERE spoed = $",
     "order"},
    {"PRAGMA foreign_keys = OFF; DELETE FROM meldingen WHERE rij = (SELECT melding FROM ontvangers WHERE "
     "loket = "
     "'amsterdam')",
     "SET session_replication_role = replica; DELETE FROM meldingen WHERE rij = (SELECT melding FROM "
     "ontvangers "
     "WHERE loket = 'amsterdam')",
     "no-report"},
    {"DELETE FROM sleutels WHERE loket = 'nla'", nullptr, "unknown-key"},
    {"UPDATE wraps SET sealed = hash WHERE loket = 'nla'", nullptr, "wrap-hash"},
    {"DELETE FROM wraps WHERE loket = 'nla'", nullptr, "no-wrap"},
    {"UPDATE gids SET token = 'x' WHERE versie = 1", nullptr, "document-hash"},
    {"UPDATE gids SET hash = 'x' WHERE versie = 2", nullptr, "document-hash"},
    {"UPDATE standen SET token = 'x' WHERE versie = 1", nullptr, "document-hash"},
    {"UPDATE leden SET token = token || 'x' WHERE loket = 'nla'", nullptr, "document-hash"},
    {"UPDATE sleutels SET token = 'x' WHERE loket = 'nla'", nullptr, "document-hash"},
    {"UPDATE hoofden SET regel = 6", nullptr, "head"},
    {"DELETE FROM standen WHERE versie = 1", nullptr, "gap"},
    {"DELETE FROM gids WHERE versie = 1", nullptr, "gap"},
    {"DELETE FROM tellers", nullptr, "counter"},
    {"UPDATE logboek SET bytes = bytes || 'x' WHERE regel = 5", nullptr, "trail-hash"},
    {"DELETE FROM logboek WHERE regel = 2 AND loket = 'rotterdam'", nullptr, "trail-gap"},
    {"DELETE FROM logboek WHERE regel = 1 AND loket = 'rotterdam'", nullptr, "trail-gap"},
    {"INSERT INTO migraties VALUES (9999, 'x')", nullptr, "version"},
    {"INSERT INTO onvoltooid VALUES (1, 'copy', 'x', 'y'); DELETE FROM tellers", nullptr, "unfinished"},
    {"DELETE FROM migraties WHERE nummer = 2", nullptr, "version"},
    {"UPDATE migraties SET hash = 'x' WHERE nummer = 1", nullptr, "version"},
};

}  // namespace

TEST_CASE("a database that is whole: everything is read and nothing found, beside the server") {
    scratch dir;
    auto store = filled(dir / "baken.db", crypto::uuid::random());
    const auto found = looked_through(dir / "baken.db");
    for (const auto& one : found.found) FAIL_CHECK(one.sentence);
    CHECK(found.faults == 0);
    CHECK(found.reports == 2);
    CHECK(found.recipients == 3);
    CHECK(found.wraps == 3);
    CHECK(found.documents == 10);
    CHECK(found.lines == 9);
    store = nullptr;
    CHECK(looked_through(dir / "baken.db").faults == 0);
}

TEST_CASE("each thing that can be wrong is found, by its id and by nothing that was said") {
    const bool postgres = std::getenv("BAKEN_TEST_POSTGRES") != nullptr;
    for (const auto& one : wrongs) {
        CAPTURE(one.change);
        scratch dir;
        const auto first = crypto::uuid::random();
        const auto store = filled(dir / "baken.db", first);
        std::string sql = postgres && one.postgres ? one.postgres : one.change;
        if (sql.ends_with('$'))
            sql.replace(sql.find("spoed"), std::string::npos, "rij = (SELECT min(rij) FROM meldingen)");
        change(dir / "baken.db", sql);
        const auto found = looked_through(dir / "baken.db");
        REQUIRE(found.faults == 1);
        CHECK(found.found[0].code == one.code);
        CHECK(found.complete == (one.code != "version" && one.code != "unfinished"));
        if (one.named) {
            CHECK(found.found[0].where == first.text());
            CHECK(found.found[0].sentence.find(first.text()) != std::string::npos);
        }
    }
}

TEST_CASE("a line that was replaced together with its hash does not fit the next one") {
    scratch dir;
    const auto store = filled(dir / "baken.db", crypto::uuid::random());
    const auto other = std::string("2 forged x");
    change(dir / "baken.db",
           fmt::format("UPDATE logboek SET bytes = '{}', hash = '{}' WHERE regel = 2 AND loket = 'rotterdam'",
                       other, crypto::hash_text(crypto::as_bytes(other))));
    const auto found = looked_through(dir / "baken.db");
    REQUIRE(found.faults == 2);
    for (const auto& one : found.found) CHECK(one.code == "trail-chain");
    CHECK(found.found[1].sentence.find("line 3") != std::string::npos);
}

TEST_CASE("a body or a key that is not the one stored is not handed out, the rest is") {
    scratch dir;
    const auto first = crypto::uuid::random(), second = crypto::uuid::random();
    const auto store = filled(dir / "baken.db", first);
    REQUIRE(run_now(store->add_report(report("rotterdam", second))));
    change(dir / "baken.db", "UPDATE meldingen SET body = hash WHERE rij = (SELECT min(rij) FROM meldingen)");
    CHECK(refusal(run_now(store->report("rotterdam", first))) == errc::damaged);
    CHECK(run_now(store->report("rotterdam", second)).has_value());
    const auto page = run_now(store->list({.desk = "rotterdam", .status = {}, .with_body = true})).value();
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].id == second);
    CHECK(page.unreadable == 1);
    // That it is there is seen without its body.
    CHECK(run_now(store->list({.desk = "rotterdam", .status = {}})).value().rows.size() == 2);

    change(dir / "baken.db", "UPDATE ontvangers SET sealed = hash WHERE loket = 'amsterdam'");
    const auto other = run_now(store->list({.desk = "amsterdam", .status = {}})).value();
    CHECK(refusal(run_now(store->report("amsterdam", other.rows.at(0).id))) == errc::damaged);
}

TEST_CASE("a wrap that is not the one stored is left out, so that the others open their weeks") {
    scratch dir;
    quiet quiet;
    const auto store = filled(dir / "baken.db", crypto::uuid::random());
    const store::wrap_row next{"2026-W48", "k2", "l1", sealed(80, 2)};
    REQUIRE(run_now(store->add_epoch_key({"nla", "2026-W48", "k2", "t", {next}}, line("nla"))));
    change(dir / "baken.db", "UPDATE wraps SET sealed = hash WHERE loket = 'nla' AND epoch = '2026-W47'");
    const auto left = run_now(store->wraps("nla", "l1")).value();
    REQUIRE(left.size() == 1);
    CHECK(left[0].epoch == "2026-W48");
    // Sealed to the member anew, it is as good as the first.
    const store::wrap_row again{"2026-W47", hash_of("key of nla"), "l1", sealed(80, 3)};
    REQUIRE(run_now(store->add_membership({"nla", "l1", "m2", "t", {again}}, line("nla"))));
    CHECK(run_now(store->wraps("nla", "l1")).value().size() == 2);
}

TEST_CASE("a directory is judged by who knows the root: each version, and which is the newest") {
    scratch dir;
    const auto store = filled(dir / "baken.db", crypto::uuid::random());
    const auto judge = [](const store::gids_row& row, bool newest) {
        CHECK(row.token == "g" + std::to_string(row.version));
        CHECK(row.table == "r");
        return newest ? std::string("not signed") : std::string();
    };
    const auto found = store::check(place(dir / "baken.db"), {follows, judge, {}}).value();
    REQUIRE(found.faults == 1);
    CHECK(found.found[0].code == "directory");
    CHECK(found.found[0].where == "2");
}

TEST_CASE("a check says how far it is, and stops where it is told to") {
    scratch dir;
    const auto store = filled(dir / "baken.db", crypto::uuid::random());
    std::vector<std::string> steps;
    auto told = store::check(place(dir / "baken.db"),
                             {{}, {}, [&](std::string_view step, std::int64_t done, std::int64_t all) {
                                  steps.emplace_back(step);
                                  CHECK(done <= all);
                                  return true;
                              }});
    REQUIRE(told);
    CHECK(std::ranges::find(steps, "reports") != steps.end());
    CHECK(std::ranges::find(steps, "recipients") != steps.end());
    CHECK(std::ranges::find(steps, "what belongs together") != steps.end());
}

TEST_CASE("what cannot be opened is said, not called damaged") {
    scratch dir;
    CHECK(refusal(store::check(dir / "none.db", {})) == errc::no_file);
    CHECK(refusal(store::check("postgresql://nobody@/none?host=" + dir.path, {})) == errc::nobody_answers);
}
