// The write-ahead log goes into the database while writes go on, and starts anew: it does not grow for ever.
#include <filesystem>
#include <latch>
#include <thread>

#include "server/store/sqlite/connection.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;

namespace {

constexpr std::size_t page = 4096 + 24;  // and its frame's header

store::limits small_log() {
    store::limits out;
    out.pace = std::chrono::microseconds(0);
    out.log = {.portion = 20, .many = 200, .few = 100};
    return out;
}

std::size_t log_pages(const scratch& dir) { return std::filesystem::file_size(dir / "baken.db-wal") / page; }

void add(store::store& store, int count) {
    for (int i = 0; i < count; ++i) REQUIRE(run_now(store.add_report(report("rotterdam"))));
}

// Whether more reports soon find room at the log's start. How soon depends on the machine, that they do does
// not.
bool starts_anew(store::store& store, const scratch& dir) {
    for (int round = 0; round < 100; ++round) {
        const auto before = log_pages(dir);
        add(store, 20);
        if (log_pages(dir) == before) return true;
    }
    return false;
}

std::size_t stored(store::store& store) {
    return run_now(store.list({.desk = "rotterdam", .status = {}, .limit = 200})).value().rows.size();
}

}  // namespace

TEST_CASE("the log starts anew under writes that never pause", "[sqlite]") {
    scratch dir;
    auto store = samples::open(dir / "baken.db", small_log());
    add(*store, 200);
    CHECK(log_pages(dir) > 20);
    CHECK(starts_anew(*store, dir));
    CHECK(stored(*store) == 200);
}

TEST_CASE("a reader that stays holds the log, not the writes; afterwards it starts anew", "[sqlite]") {
    scratch dir;
    auto store = samples::open(dir / "baken.db", small_log());
    add(*store, 10);
    {
        auto reader = store::sqlite::connection::open(dir / "baken.db", store::sqlite::mode::read);
        REQUIRE(reader);
        REQUIRE((*reader)->script("BEGIN"));
        auto rows = (*reader)->query("SELECT count(*) FROM meldingen");
        REQUIRE((rows && rows->next().value()));
        CHECK(rows->integer(0) == 10);
        add(*store, 300);
        CHECK(log_pages(dir) > 600);
        CHECK_FALSE(starts_anew(*store, dir));
    }
    CHECK(starts_anew(*store, dir));
}

TEST_CASE("a store that is closed leaves no log", "[sqlite]") {
    scratch dir;
    {
        auto store = samples::open(dir / "baken.db", small_log());
        add(*store, 50);
        CHECK(std::filesystem::exists(dir / "baken.db-wal"));
        store->close();
    }
    CHECK_FALSE(std::filesystem::exists(dir / "baken.db-wal"));
    auto store = samples::open(dir / "baken.db");
    CHECK(stored(*store) == 50);
}
