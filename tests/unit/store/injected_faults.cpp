// Every call that SQLite makes of a disk fails once, and from then on, in every way it can: what was
// acknowledged is there whole, what was refused is there whole or not at all, and when the disk is well
// again, so is the store.
//
// BAKEN_LONG=1 tries every place; otherwise every one of the first and, by seed, some of those after.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/unit/store/failing_vfs.hpp"
#include "tests/unit/store/quiet.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;
using store::sqlite::connection;
using store::sqlite::mode;

namespace {

// A log that goes into the database every few writes, and starts anew.
store::limits small_log() {
    store::limits out;
    out.pace = std::chrono::microseconds(0);
    out.log = {.portion = 8, .many = 40, .few = 20};
    return out;
}

// What a store may say of a disk that failed.
bool is_clear(errc one) { return one == errc::unavailable || one == errc::unsure || one == errc::busy; }

// What was sent and what was answered.
struct account {
    std::map<crypto::uuid, std::size_t> sent;  // and its recipients
    std::set<crypto::uuid> acknowledged;
    std::set<std::string> documents, words;  // acknowledged; each with its line
    std::size_t refused = 0;

    template <class T>
    bool taken(const std::expected<T, errc>& answer) {
        if (answer) return true;
        ++refused;
        if (!is_clear(answer.error())) FAIL_CHECK("answered: " << store::text(answer.error()));
        return false;
    }
};

// All at once, so that they come into one batch.
template <class T>
std::vector<T> together(std::vector<async::task<T>> all) {
    boost::asio::io_context context(1);
    std::vector<std::future<T>> waiting;
    for (auto& one : all)
        waiting.push_back(boost::asio::co_spawn(context, std::move(one), boost::asio::use_future));
    context.run();
    std::vector<T> out;
    for (auto& one : waiting) out.push_back(one.get());
    return out;
}

store::new_report one_report(std::size_t size, std::size_t recipients) {
    auto out = report("rotterdam");
    out.body = sealed(size, 7);
    if (recipients > 1) out.recipients.push_back(recipient("nla", "mede"));
    if (recipients > 2) out.recipients.push_back(recipient("landelijk", "achtervang"));
    out.mailbox = crypto::sign_keys::random().public_key;
    return out;
}

void send_reports(store::store& store, account& to, std::vector<std::pair<std::size_t, std::size_t>> kinds) {
    std::vector<crypto::uuid> ids;
    std::vector<store::result<store::added_report>> waiting;
    for (auto [size, recipients] : kinds) {
        auto one = one_report(size, recipients);
        ids.push_back(one.id);
        to.sent[one.id] = recipients;
        waiting.push_back(store.add_report(std::move(one)));
    }
    const auto answers = together(std::move(waiting));
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (to.taken(answers[i])) to.acknowledged.insert(ids[i]);
    // Who asks again is told the truth too.
    for (const auto& id : ids) {
        auto known = run_now(store.earlier_report(id, crypto::sha256(id.bytes)));
        if (to.taken(known) && *known) to.acknowledged.insert(id);
    }
}

void write_line(store::store& store, account& to, const std::string& word) {
    if (to.taken(run_now(store.append(line("rotterdam", word))))) to.words.insert(word);
}

void add_documents(store::store& store, account& to, const std::string& round) {
    const auto m = "m" + round, k = "k" + round, s = "s" + round;
    const store::wrap_row wrap{"2026-W47", k, "lid-1", sealed(80, 1)};
    if (to.taken(
            run_now(store.add_membership({"rotterdam", "lid-1", m, "token", {wrap}}, line("rotterdam", m)))))
        to.documents.insert(m);
    if (to.taken(run_now(
            store.add_epoch_key({"rotterdam", "2026-W47", k, "token", {wrap}}, line("rotterdam", k)))))
        to.documents.insert(k);
    auto now = run_now(store.trust());
    if (!to.taken(now)) return;
    const auto gids = (now->gids ? now->gids->version : 0) + 1;
    if (to.taken(run_now(store.add_gids({gids, "g" + round, "token", "table"}))))
        to.documents.insert("g" + round);
    const auto stand = (now->stands.empty() ? 0 : now->stands[0].version) + 1;
    if (to.taken(run_now(store.add_stand({"rotterdam", stand, s, "token"}, line("rotterdam", s)))))
        to.documents.insert(s);
}

void write_all(store::store& store, account& to, const std::string& round) {
    send_reports(store, to, {{4136, 1}});
    write_line(store, to, "first" + round);
    add_documents(store, to, round);
    send_reports(store, to, {{4136, 2}, {16424, 3}, {4136, 1}});
    (void)to.taken(run_now(store.keep_nonce(crypto::uuid::random().bytes, 2000, 1000)));
    (void)to.taken(run_now(store.list({.desk = "rotterdam", .status = {}, .with_body = true})));
    send_reports(store, to, {{65576, 1}});
    for (int i = 0; i < 3; ++i) write_line(store, to, "last" + round + std::to_string(i));
}

// Opened, written, closed; the last one is still open.
std::unique_ptr<store::store> run_script(const std::string& file, account& to) {
    std::unique_ptr<store::store> store;
    for (const char* round : {"1", "2"}) {
        store = nullptr;
        auto opened = store::open(file, small_log());
        if (!opened) {
            CHECK((opened.error() == errc::cannot_open || opened.error() == errc::unavailable));
            continue;
        }
        store = std::move(*opened);
        write_all(*store, to, round);
    }
    return store;
}

std::int64_t number(connection& db, const char* sql) {
    std::int64_t out = -1;
    REQUIRE(store::sql::each(db.query(sql), [&](const store::sql::rows& r) { out = r.integer(0); }));
    return out;
}
std::set<std::string> names(connection& db, const char* sql) {
    std::set<std::string> out;
    REQUIRE(store::sql::each(db.query(sql), [&](const store::sql::rows& r) { out.emplace(r.text(0)); }));
    return out;
}

void nothing_by_half(const std::string& file) {
    auto db = connection::open(file, mode::read).value();
    CHECK(names(*db, "PRAGMA integrity_check") == std::set<std::string>{"ok"});
    CHECK(number(*db, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
    CHECK(number(*db, "SELECT count(*) FROM meldingen WHERE hash <> sha256(body)") == 0);
    CHECK(number(*db, "SELECT count(*) FROM ontvangers WHERE hash <> sha256(sealed)") == 0);
    CHECK(number(*db,
                 "SELECT count(*) FROM meldingen m WHERE (SELECT count(*) FROM ontvangers o "
                 "WHERE o.melding = m.rij AND o.rol = 'eerste') <> 1") == 0);
    // Each document of trust counted once, and with a line in the trail.
    CHECK(number(*db, "SELECT vertrouwen FROM tellers") ==
          number(*db,
                 "SELECT (SELECT count(*) FROM gids) + (SELECT count(*) FROM leden) + (SELECT count(*) FROM "
                 "sleutels) + (SELECT count(*) FROM standen)"));
}

void all_there(store::store& store, const std::string& file, const account& told) {
    for (const auto& id : told.acknowledged)
        if (!run_now(store.report("rotterdam", id))) FAIL_CHECK("an acknowledged report is gone");
    auto all = run_now(store.list({.desk = "rotterdam",
                                   .status = {},
                                   .limit = 1000,
                                   .with_body = true,
                                   .body_bytes = 100U << 20}))
                   .value();
    for (const auto& row : all.rows) {
        REQUIRE(told.sent.contains(row.id));
        CHECK(run_now(store.report("rotterdam", row.id)).value().recipients.size() == told.sent.at(row.id));
        const auto body = row.body.view();
        CHECK(std::all_of(body.begin(), body.end(), [](auto b) { return b == 7; }));
    }
    walked(store, "rotterdam");
    auto db = connection::open(file, mode::read).value();
    const auto documents = names(*db,
                                 "SELECT hash FROM gids UNION ALL SELECT hash FROM leden UNION ALL "
                                 "SELECT hash FROM sleutels UNION ALL SELECT hash FROM standen");
    std::set<std::string> lines;
    for (const auto& bytes : run_now(store.trail("rotterdam", 0, 1000)).value())
        lines.insert(bytes.substr(bytes.rfind(' ') + 1));
    for (const auto& one : told.documents) CHECK(documents.contains(one));
    for (const auto& one : told.words) CHECK(lines.contains(one));
    for (const auto& one : documents) CHECK((one[0] == 'g' || lines.contains(one)));
    for (const auto& one : lines)
        CHECK((one.starts_with("first") || one.starts_with("last") || documents.contains(one)));
}

void takes_writes(store::store& store, account& to, const std::string& word) {
    send_reports(store, to, {{4136, 2}});
    write_line(store, to, "last" + word);
}

// Whether the fault was reached.
bool with_fault(failing::disk& disk, const std::string& file, const failing::fault& fault) {
    account to;
    disk.arm(fault);
    auto store = run_script(file, to);
    const bool reached = disk.disarm();
    if (store) {
        // By itself, without being opened anew.
        const auto before = to.refused;
        takes_writes(*store, to, "after");
        CHECK(to.refused == before);
    }
    store = nullptr;
    store = samples::open(file);
    nothing_by_half(file);
    const auto before = to.refused;
    takes_writes(*store, to, "end");
    CHECK(to.refused == before);
    all_there(*store, file, to);
    return reached;
}

// Whether this place is tried.
bool chosen(int nth, std::mt19937& dice) {
    static const bool all = std::getenv("BAKEN_LONG") != nullptr;
    constexpr int first = 8, one_in = 32;
    return all || nth <= first || dice() % one_in == 0;
}

struct tally {
    int tried = 0, places = 0;
};

tally every_place(failing::disk& disk, const scratch& dir, failing::fault fault) {
    tally out;
    std::mt19937 dice(7);  // NOLINT: the same places every time
    for (fault.nth = 1;; ++fault.nth) {
        if (!chosen(fault.nth, dice)) continue;
        const auto file = dir / ("at-" + std::to_string(fault.nth) + ".db");
        INFO(text(fault.at) << " " << text(fault.as) << (fault.stays ? " from " : " at ") << fault.nth);
        const bool reached = with_fault(disk, file, fault);
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
        if (!reached) return out;
        out.places = fault.nth;
        ++out.tried;
    }
}

void every_way(failing::call at, failing::disk& disk, const scratch& dir, tally& all) {
    for (const auto as :
         {failing::how::error, failing::how::full, failing::how::half, failing::how::half_full})
        for (const bool stays : {false, true}) {
            if (!failing::applies(as, at)) continue;
            const auto done = every_place(disk, dir, {at, as, stays});
            if (std::getenv("BAKEN_LONG"))
                std::printf("%s, %s, %s: %d places\n", text(at).data(), text(as).data(),
                            stays ? "from then on" : "once", done.tried);
            all.tried += done.tried;
            all.places += done.places;
        }
}

}  // namespace

TEST_CASE("every call to the disk fails in every way: nothing acknowledged is lost, nothing is there by half",
          "[sqlite]") {
    scratch dir;
    failing::disk disk;
    quiet quiet;
    tally all;
    const auto started = std::chrono::steady_clock::now();
    for (const auto at : failing::calls) every_way(at, disk, dir, all);
    CHECK(all.tried > 300);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf("a disk's faults: %d of %d places tried in %.1f s\n", all.tried, all.places, took.count());
}
