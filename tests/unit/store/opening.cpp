// Opening a database: fresh, again, from another program, and who may read the file.
#include <filesystem>
#include <sys/stat.h>

#include "server/store/check.hpp"
#include "server/store/sqlite/connection.hpp"
#include "server/store/sqlite/engine.hpp"
#include "server/store/whole.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;
using store::sqlite::connection;
using store::sqlite::mode;

namespace {

errc refused(const std::string& file) {
    auto opened = store::open(place(file));
    REQUIRE_FALSE(opened.has_value());
    return opened.error();
}

unsigned mode_of(const std::string& file) {
    struct stat found{};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    return found.st_mode & 0777;
}

}  // namespace

TEST_CASE("a fresh database is migrated once; opened again, it has what it had") {
    scratch dir;
    auto id = crypto::uuid::random();
    {
        REQUIRE(run_now(open(dir / "baken.db")->add_report(report("rotterdam", id))));
    }
    CHECK(run_now(open(dir / "baken.db")->report("rotterdam", id)).has_value());
}

TEST_CASE("a file that a server works on is refused to another one, by whatever name", "[sqlite]") {
    scratch dir;
    auto first = open(dir / "baken.db");
    CHECK(refused(dir / "baken.db") == errc::in_use);
    std::filesystem::create_directory(dir / "other");
    CHECK(refused(dir / "other/../baken.db") == errc::in_use);
    first = nullptr;
    CHECK(store::open(dir / "baken.db").has_value());
}

TEST_CASE("a database of another program is refused and left as it was") {
    scratch dir;
    auto file = dir / "baken.db";
    auto id = crypto::uuid::random();
    {
        REQUIRE(run_now(open(file)->add_report(report("rotterdam", id))));
    }

    change(file, "INSERT INTO migraties VALUES (9999, 'x')");
    CHECK(refused(file) == errc::newer_schema);
    change(file, "DELETE FROM migraties WHERE nummer = 9999");

    change(file, "UPDATE migraties SET hash = 'x' || hash WHERE nummer = 1");
    CHECK(refused(file) == errc::changed_migration);
    change(file, "UPDATE migraties SET hash = substr(hash, 2) WHERE nummer = 1");

    CHECK(run_now(open(file)->report("rotterdam", id)).has_value());
}

TEST_CASE("what is not a database, or not there, is refused with its own sentence", "[sqlite]") {
    scratch dir;
    CHECK(refused(dir.write("text", "This is not a database, and long enough to have a header of one.")) ==
          errc::damaged);
    CHECK(refused(dir / "missing/baken.db") == errc::cannot_open);
    CHECK(refused(dir.path) == errc::cannot_open);
    CHECK_FALSE(connection::open(dir / "absent.db", mode::write).has_value());
    CHECK_FALSE(connection::open(dir / "absent.db", mode::read).has_value());
}

TEST_CASE("whoever serves makes no database in the place of one that is lost", "[sqlite]") {
    scratch dir;
    const auto serve = [](const std::string& file) { return store::open(file, {}, store::absent::refuse); };
    CHECK(refusal(serve(dir / "baken.db")) == errc::no_file);
    CHECK(refusal(serve(dir / "unmounted/baken.db")) == errc::no_file);
    CHECK(std::filesystem::is_empty(dir.path));  // not a lock either
    CHECK(refusal(serve(dir.write("empty.db", ""))) == errc::no_tables);
    CHECK(std::filesystem::file_size(dir / "empty.db") == 0);
    REQUIRE(connection::open(dir / "other.db", mode::create).value()->script("CREATE TABLE x (y)"));
    CHECK(refusal(serve(dir / "other.db")) == errc::no_tables);
    for (const char* name : {"baken.db", "empty.db"}) {
        CHECK_FALSE(store::check(dir / name, {}).has_value());
        CHECK_FALSE(store::source::open(dir / name, store::beside::servers).has_value());
    }
    CHECK(store::open(dir / "baken.db").has_value());
    CHECK(serve(dir / "baken.db").has_value());
}

TEST_CASE("why a database is not reached is told apart, and named without its password", "[postgres]") {
    const char* cluster = std::getenv("BAKEN_TEST_POSTGRES");
    if (!cluster) return;
    const auto why = [&](std::string_view from, std::string_view to) {
        std::string at = cluster;
        if (!from.empty()) at.replace(at.find(from), from.size(), to);
        return refusal(store::check(at, {}));
    };
    CHECK(why("/postgres?", "/missing?") == errc::no_database);
    CHECK(why("host=", "host=/nowhere") == errc::nobody_answers);
    CHECK(why("host=", "sslmode=whatever&host=") == errc::bad_address);
    CHECK(why("postgresql://", "postgresql://%zz") == errc::bad_address);
    CHECK(why("", "") == errc::no_tables);
    CHECK(store::shown("postgresql://baken:geheim@db1,db2/baken") ==
          "the PostgreSQL database baken on db1,db2");
    CHECK(store::shown("postgresql://baken:geheim@%zz/baken") == "the PostgreSQL database");
}

TEST_CASE("nobody else may read the database or its log", "[sqlite]") {
    scratch dir;
    auto old = ::umask(0);
    {
        auto store = open(dir / "baken.db");
        REQUIRE(run_now(store->append(line("rotterdam"))));
        for (const char* name : {"baken.db", "baken.db-wal", "baken.db-shm"})
            CHECK(mode_of(dir / name) == 0600);
    }
    ::umask(old);
}

TEST_CASE("a reader's connection cannot write, and text stands only in single quotes", "[sqlite]") {
    scratch dir;
    {
        auto store = open(dir / "baken.db");
    }
    auto reader = connection::open(dir / "baken.db", mode::read).value();
    CHECK_FALSE(reader->script("DELETE FROM migraties").has_value());
    auto writer = connection::open(dir / "baken.db", mode::write).value();
    CHECK_FALSE(writer->script("SELECT \"no such column\"").has_value());
    CHECK_FALSE(writer->script("PRAGMA writable_schema = ON; DELETE FROM sqlite_schema").has_value());
}

TEST_CASE("every errc has a sentence of its own") {
    std::vector<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(errc::stopped); ++i) {
        auto sentence = store::text(static_cast<errc>(i));
        CHECK(sentence.ends_with('.'));
        CHECK(std::find(seen.begin(), seen.end(), sentence) == seen.end());
        seen.push_back(sentence);
    }
}
