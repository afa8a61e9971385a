// After the night nothing tells in which order the reports of a day came, and nobody missed one.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

constexpr std::int32_t yesterday = 20778, today = 20779;

std::vector<crypto::uuid> listed(store::store& store, const std::string& desk, std::int64_t after = 0) {
    std::vector<crypto::uuid> out;
    for (const auto& row :
         run_now(store.list({.desk = desk, .after = after, .status = {}, .limit = 100000})).value().rows)
        out.push_back(row.id);
    return out;
}

std::vector<crypto::uuid> sorted(std::vector<crypto::uuid> all) {
    std::ranges::sort(all, {}, [](const crypto::uuid& id) { return id.bytes; });
    return all;
}

// Spearman's rank correlation of two orders of the same reports: 1 for the same, about 0 for no relation.
double likeness(const std::vector<crypto::uuid>& a, const std::vector<crypto::uuid>& b) {
    const auto n = static_cast<double>(a.size());
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto at = static_cast<double>(std::find(b.begin(), b.end(), a[i]) - b.begin());
        sum += (at - static_cast<double>(i)) * (at - static_cast<double>(i));
    }
    return 1 - 6 * sum / (n * (n * n - 1));
}

std::vector<crypto::uuid> arrive(store::store& store, int count, std::int32_t day = yesterday) {
    std::vector<crypto::uuid> out;
    for (int i = 0; i < count; ++i) {
        auto sent = report("rotterdam");
        sent.day = day;
        sent.recipients.push_back(recipient("nla", "mede"));
        out.push_back(sent.id);
        REQUIRE(run_now(store.add_report(std::move(sent))));
    }
    return out;
}

// Bodies of one mark each, over and over: a row's head lies in a page of its own, its body in others.
std::vector<std::string> arrive_marked(store::store& store, int count) {
    std::vector<std::string> out;
    for (int i = 0; i < count; ++i) {
        auto sent = report("rotterdam");
        crypto::bytes body(16384, 0);
        const auto mark = crypto::uuid::random();
        for (std::size_t at = 0; at + 16 <= body.size(); at += 16)
            std::copy(mark.bytes.begin(), mark.bytes.end(), body.begin() + static_cast<std::ptrdiff_t>(at));
        sent.body = crypto::sealed::received(body);
        out.emplace_back(mark.bytes.begin(), mark.bytes.end());
        REQUIRE(run_now(store.add_report(std::move(sent))));
    }
    return out;
}

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t copies(const std::string& in, const std::string& mark) {
    std::size_t out = 0;
    for (auto at = in.find(mark); at != in.npos; at = in.find(mark, at + mark.size())) ++out;
    return out;
}

// The 1,024 repetitions of a mark, less those that a page's border cuts.
void once(std::size_t copies) {
    CHECK(copies > 1000);
    CHECK(copies <= 1024);
}

}  // namespace

TEST_CASE("after the night a day's reports lie in another order, in every list and by every number") {
    scratch dir;
    auto store = open(dir / "baken.db");
    const auto sent = arrive(*store, 400);
    const auto later = arrive(*store, 5, today);
    REQUIRE(run_now(store->compact(today)));

    for (const char* desk : {"rotterdam", "nla"}) {
        CAPTURE(desk);
        const auto rows = listed(*store, desk);
        CHECK(sorted(rows) == sorted([&] {
                  auto all = sent;
                  all.insert(all.end(), later.begin(), later.end());
                  return all;
              }()));
        // Those of the running day keep their places, before those that were placed anew.
        CHECK(std::equal(later.begin(), later.end(), rows.begin()));
        const std::vector<crypto::uuid> placed(rows.begin() + 5, rows.end());
        CHECK(std::abs(likeness(sent, placed)) < 0.25);
    }
    // By the rows' own numbers.
    std::vector<crypto::uuid> rows;
    for (const auto& id : ids(dir / "baken.db", "SELECT id FROM meldingen WHERE dag = 20778 ORDER BY rij"))
        rows.push_back(id);
    CHECK(std::abs(likeness(sent, rows)) < 0.25);

    // Everything else is as it was, and the next night finds nothing to do.
    for (const auto& id : sent) {
        auto one = run_now(store->report("nla", id)).value();
        REQUIRE(one.recipients.size() == 2);
        REQUIRE(one.listed.body.size() == 4096);
        REQUIRE(one.listed.day == yesterday);
    }
    REQUIRE(run_now(store->compact(today)));
    std::vector<crypto::uuid> again;
    for (const auto& id : ids(dir / "baken.db", "SELECT id FROM meldingen WHERE dag = 20778 ORDER BY rij"))
        again.push_back(id);
    CHECK(again == rows);
    CHECK_FALSE(run_now(store->add_report(report("rotterdam", sent[0]))).value().fresh);
}

TEST_CASE("who follows the list through the night misses nothing") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = arrive(*store, 300);
    std::set<std::string> seen;
    std::int64_t cursor = 0;
    auto follow = [&](std::size_t most) {
        auto page =
            run_now(store->list({.desk = "rotterdam", .after = cursor, .status = {}, .limit = most})).value();
        for (const auto& row : page.rows) seen.insert(row.id.text());
        cursor = page.last_place;
        return page.rows.size();
    };
    follow(100);  // a desk that is in the middle of it
    std::jthread night([&] {
        if (!run_now(store->compact(today))) std::abort();
    });
    while (follow(7) > 0) {
    }
    night.join();
    while (follow(50) > 0) {
    }
    for (const auto& id : sent) CHECK(seen.contains(id.text()));
}

TEST_CASE("writes and reads go on during the night") {
    scratch dir;
    auto store = open(dir / "baken.db");
    (void)arrive(*store, 200);
    std::jthread night([&] {
        if (!run_now(store->compact(today))) std::abort();
    });
    const auto during = arrive(*store, 40, today);
    night.join();
    for (const auto& id : during) CHECK(run_now(store->report("rotterdam", id)).has_value());
    CHECK(listed(*store, "rotterdam").size() == 240);
}

TEST_CASE("a night that was broken off goes on from where it was") {
    scratch dir;
    std::vector<crypto::uuid> sent;
    {
        auto store = open(dir / "baken.db");
        sent = arrive(*store, 200);
        std::jthread night([&] { (void)run_now(store->compact(today)); });
        while (number(dir / "baken.db", "SELECT max(plaats) FROM ontvangers") < 450)
            std::this_thread::yield();
        store->close();
    }
    auto store = open(dir / "baken.db");
    CHECK(sorted(listed(*store, "nla")) == sorted(sent));
    REQUIRE(run_now(store->compact(today)));
    CHECK(sorted(listed(*store, "nla")) == sorted(sent));
    CHECK(std::abs(likeness(sent, listed(*store, "nla"))) < 0.3);
}

TEST_CASE("what lay where they came is overwritten: no old page and no log still tells", "[sqlite]") {
    scratch dir;
    auto store = open(dir / "baken.db");
    const auto marks = arrive_marked(*store, 60);
    REQUIRE(run_now(store->compact(today)));
    CHECK(std::filesystem::file_size(dir / "baken.db-wal") == 0);
    const auto file = read(dir / "baken.db");
    for (const auto& mark : marks) once(copies(file, mark));
}

TEST_CASE("PostgreSQL: the files of the running day are gone, and what is left is there once") {
    if (!std::getenv("BAKEN_TEST_POSTGRES")) return;
    scratch dir;
    auto store = open(dir / "baken.db");
    const auto marks = arrive_marked(*store, 60);
    REQUIRE(run_now(store->compact(today)));
    change(dir / "baken.db", "CHECKPOINT");  // it unlinks what was begun anew
    const auto home = text(dir / "baken.db",
                           "SELECT current_setting('data_directory') || '/base/' || oid "
                           "FROM pg_database WHERE datname = current_database()");
    std::string all;
    for (const auto& one : std::filesystem::directory_iterator(home)) all += read(one.path());
    for (const auto& mark : marks) once(copies(all, mark));
    CHECK(number(dir / "baken.db",
                 "SELECT pg_total_relation_size('meldingen_dag') / 8192 * 8192 - "
                 "pg_indexes_size('meldingen_dag')") <= 16384);
}

TEST_CASE("while somebody reads from the log it cannot be cut: busy, and it is done the next time",
          "[sqlite]") {
    scratch dir;
    auto store = open(dir / "baken.db");
    (void)arrive(*store, 20);
    {
        auto reader = store::sqlite::connection::open(dir / "baken.db", store::sqlite::mode::read).value();
        REQUIRE(reader->script("BEGIN"));
        auto rows = reader->query("SELECT count(*) FROM meldingen").value();
        REQUIRE(rows.next().value());
        CHECK_FALSE(run_now(store->compact(today)).has_value());
    }
    CHECK(run_now(store->compact(today)).has_value());
    CHECK(std::filesystem::file_size(dir / "baken.db-wal") == 0);
}
