// After the night nothing on the disk holds a sealed key or a wrap that was destroyed or replaced.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/unit/store/samples.hpp"

using namespace samples;

namespace {

constexpr std::int32_t came = 20778, today = 20900;

// 16 random bytes, over and over.
struct mark {
    crypto::uuid bytes = crypto::uuid::random();
    [[nodiscard]] crypto::sealed sealed(std::size_t size) const {
        crypto::bytes out;
        while (out.size() < size) out.insert(out.end(), bytes.bytes.begin(), bytes.bytes.end());
        out.resize(size);
        return crypto::sealed::received(std::move(out));
    }
};

struct disk {
    scratch dir;
    std::unique_ptr<store::store> store = open(dir / "baken.db");

    // A report under that week's key, its sealed key and body marked; an old one, which lies where the night
    // put it.
    crypto::uuid report(const mark& key, const mark& body, const std::string& epoch = "2026-W47") {
        auto sent = samples::report("rotterdam");
        sent.day = came;
        sent.recipients[0].sealed_key = key.sealed(96);
        sent.recipients[0].epoch = epoch;
        sent.body = body.sealed(4096);
        const auto id = sent.id;
        REQUIRE(run_now(store->add_report(std::move(sent))));
        return id;
    }
    void wrap(const std::string& epoch, const mark& marked) {
        REQUIRE(run_now(store->add_epoch_key(
            {"rotterdam", epoch, "k" + epoch, "t", {{epoch, "k" + epoch, "l", marked.sealed(80)}}, today},
            line("rotterdam"))));
    }
    void night(std::int32_t day = today) { REQUIRE(run_now(store->compact(day))); }
    // Whether these bytes lie anywhere in the files of the database. Of PostgreSQL not its log, which goes by
    // itself (docs/operations.md).
    bool holds(const mark& marked) {
        const std::string wanted(marked.bytes.bytes.begin(), marked.bytes.bytes.end());
        std::vector<std::filesystem::path> files{dir / "baken.db", dir / "baken.db-wal"};
        if (std::getenv("BAKEN_TEST_POSTGRES")) {
            change(dir / "baken.db", "CHECKPOINT");  // it unlinks what was begun anew
            files.clear();
            const auto home = text(dir / "baken.db",
                                   "SELECT current_setting('data_directory') || '/base/' || oid "
                                   "FROM pg_database WHERE datname = current_database()");
            for (const auto& one : std::filesystem::directory_iterator(home)) files.push_back(one.path());
        }
        for (const auto& file : files) {
            std::ifstream in(file, std::ios::binary);
            const std::string all{std::istreambuf_iterator<char>(in), {}};
            if (all.find(wanted) != std::string::npos) return true;
        }
        return false;
    }
};

std::string went(const store::head& previous, const std::string& epochs) {
    return line_bytes(previous, "without " + epochs);
}

}  // namespace

TEST_CASE("the sealed key of a destroyed report is nowhere on the disk after the night") {
    disk at;
    const mark gone, kept, body;
    const auto id = at.report(gone, body);
    (void)at.report(kept, body);
    at.night();
    CHECK(at.holds(gone));
    store::new_order order{id, "rotterdam", 1, {"a", {}, true, 1, today, "misbruik"}, 50};
    const auto elsewhere = [](const store::head& previous, const store::head&) {
        return line_bytes(previous, "gone");
    };
    REQUIRE(run_now(at.store->order(std::move(order), line("rotterdam"), elsewhere)));
    REQUIRE(run_now(at.store->confirm({id, 2, "b", false, today}, line("rotterdam"), elsewhere)));
    at.night(today + 1);
    CHECK_FALSE(at.holds(gone));
    CHECK(at.holds(kept));
}

TEST_CASE("the key that a report was sealed anew from is nowhere on the disk after the night") {
    disk at;
    const mark before, after, body;
    const auto id = at.report(before, body);
    at.night();
    store::report_change change;
    change.id = id;
    change.desk = "rotterdam";
    change.revision = 1;
    change.today = today;
    auto to = recipient("rotterdam");
    to.sealed_key = after.sealed(96);
    change.sealed_anew.push_back(to);
    REQUIRE(run_now(at.store->change(std::move(change), line("rotterdam"))));
    at.night(today + 1);
    CHECK_FALSE(at.holds(before));
    CHECK(at.holds(after));
}

TEST_CASE(
    "the wraps of an epoch that nothing is sealed to any more go, told in the trail, and from the disk") {
    disk at;
    const mark old, current, body, key;
    at.wrap("2026-W40", old);
    at.wrap("2026-W47", current);
    (void)at.report(key, body);
    at.night();
    CHECK(at.holds(old));
    REQUIRE(run_now(at.store->expire(today, "2026-W46", went)));
    at.night(today + 1);
    CHECK_FALSE(at.holds(old));
    CHECK(at.holds(current));
    CHECK(walked(*at.store, "rotterdam").line == 3);
    CHECK(
        text(at.dir / "baken.db", "SELECT bytes FROM logboek WHERE regel = 3").ends_with("without 2026-W40"));
    // Once: the next night has nothing to say.
    REQUIRE(run_now(at.store->expire(today + 1, "2026-W46", went)));
    CHECK(walked(*at.store, "rotterdam").line == 3);
}

TEST_CASE("a message of a thread keeps its week's wraps alive") {
    disk at;
    const mark older, old, body, key;
    at.wrap("2026-W40", older);
    at.wrap("2026-W41", old);
    at.wrap("2026-W47", mark());
    const auto id = at.report(key, body);
    const auto hex = crypto::hex(id.bytes);
    const auto literal = std::getenv("BAKEN_TEST_POSTGRES") ? "'\\x" + hex + "'" : "x'" + hex + "'";
    change(at.dir / "baken.db",
           "INSERT INTO berichten (id, melding, soort, dag, gelezen, ontvangers, body) VALUES (" + literal +
               ", " + literal + R"(, 3, 20790, TRUE, '[{"voor":"loket:rotterdam","epoch":"2026-W41"}]', )" +
               literal + ")");
    REQUIRE(run_now(at.store->expire(today, "2026-W46", went)));
    CHECK(number(at.dir / "baken.db", "SELECT count(*) FROM wraps WHERE epoch = '2026-W40'") == 0);
    CHECK(number(at.dir / "baken.db", "SELECT count(*) FROM wraps WHERE epoch = '2026-W41'") == 1);
}
