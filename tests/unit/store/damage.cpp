// Each page of a database in turn is damaged, in several ways: never a crash; a report is handed out as it
// was stored or not at all; the others stay readable; and what is wrong is said, at the start or by a check.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "server/store/check.hpp"
#include "tests/unit/store/quiet.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

constexpr std::size_t page_size = 4096;

std::string contents(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct damage {
    const char* what;
    void (*do_to)(char* page);
};
const damage damages[] = {
    {"zeros", [](char* page) { std::fill_n(page, page_size, '\0'); }},
    {"ones", [](char* page) { std::fill_n(page, page_size, '\xff'); }},
    {"noise",
     [](char* page) {
         unsigned at = 7;
         for (std::size_t i = 0; i < page_size; ++i)
             page[i] = static_cast<char>((at = at * 1664525 + 1013904223) >> 24);
     }},
    {"its second half is another's",
     [](char* page) { std::copy_n(page, page_size / 2, page + page_size / 2); }},
    {"one bit", [](char* page) { page[page_size - 100] ^= 4; }},
};

using bodies = std::map<crypto::uuid, std::uint8_t>;

// Reports of several sizes to one desk, documents and a trail; closed, so that all is in the one file.
bodies fill(const std::string& file) {
    auto store = open(file);
    bodies out;
    std::uint8_t fill = 1;
    for (const std::size_t size : {4136U, 4136U, 16424U, 4136U, 65576U, 4136U, 4136U, 4136U}) {
        auto one = report("rotterdam");
        one.body = sealed(size, fill);
        one.recipients.push_back(recipient("nla", "mede"));
        out[one.id] = fill++;
        REQUIRE(run_now(store->add_report(std::move(one))));
        REQUIRE(run_now(store->append(line("rotterdam", std::string(300, 'w')))));
    }
    REQUIRE(run_now(store->add_gids({1, hash_of("token"), "token", std::string(9000, 'r')})));
    for (const std::string desk : {"rotterdam", "nla"}) {
        const store::wrap_row wrap{"2026-W47", hash_of(desk), "l1", sealed(80, 1)};
        REQUIRE(run_now(store->add_epoch_key({desk, "2026-W47", hash_of(desk), desk, {wrap}}, line(desk))));
    }
    return out;
}

struct tally {
    int started = 0, refused = 0, found = 0, lost = 0, kept = 0, short_lists = 0;
};

// What is read of a store whose file is damaged.
bool all_read(store::store& store, const bodies& stored, tally& all) {
    bool whole = true;
    for (const auto& [id, fill] : stored) {
        const auto found = run_now(store.report("rotterdam", id));
        if (found) {
            const auto body = found->listed.body.view();
            REQUIRE(std::all_of(body.begin(), body.end(), [was = fill](auto b) { return b == was; }));
            ++all.kept;
        } else {
            CHECK((found.error() == errc::damaged || found.error() == errc::not_found));
            ++all.lost;
            whole = false;
        }
    }
    for (const bool with_body : {false, true}) {
        const auto page =
            run_now(store.list({.desk = "rotterdam", .status = {}, .limit = 20, .with_body = with_body}));
        if (!page) CHECK(page.error() == errc::damaged);
        const auto listed =
            page ? page->rows.size() + static_cast<std::size_t>(page->unreadable) : std::size_t{0};
        if (page && with_body)
            for (const auto& row : page->rows) CHECK(stored.contains(row.id));
        if (listed != stored.size()) ++all.short_lists;
        whole = whole && page && page->rows.size() == stored.size();
    }
    return whole;
}

void damaged(const std::string& file, const bodies& stored, tally& all) {
    const auto survey = store::check(file, {});
    REQUIRE(survey);
    if (survey->faults > 0) ++all.found;
    auto opened = store::open(file);
    if (!opened) {
        ++all.refused;
        INFO(store::text(opened.error()));
        // Numbers and hashes of migrations are on a page, too.
        CHECK((opened.error() == errc::damaged || opened.error() == errc::changed_migration ||
               opened.error() == errc::newer_schema));
        CHECK(survey->faults > 0);
        return;
    }
    ++all.started;
    const bool whole = all_read(**opened, stored, all);
    if (!whole) CHECK(survey->faults > 0);
    // Taken or refused, but never half; and the next start is as this one.
    const auto more = run_now((*opened)->add_report(report("rotterdam")));
    if (!more) CHECK((more.error() == errc::damaged || more.error() == errc::unavailable));
    (void)run_now((*opened)->append(line("rotterdam")));
}

}  // namespace

TEST_CASE("each page damaged in each way: nothing wrong is handed out, the rest is read, and it is said",
          "[sqlite]") {
    scratch dir;
    quiet quiet;
    const auto stored = fill(dir / "whole.db");
    const auto whole = contents(dir / "whole.db");
    REQUIRE(whole.size() % page_size == 0);
    tally all;
    for (const auto& how : damages)
        for (std::size_t page = 0; page < whole.size() / page_size; ++page) {
            CAPTURE(how.what, page + 1);
            auto bytes = whole;
            how.do_to(&bytes[page * page_size]);
            const auto file = dir / "damaged.db";
            for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
            std::ofstream(file, std::ios::binary) << bytes;
            damaged(file, stored, all);
        }
    std::printf(
        "damaged pages: %d starts refused, %d made; %d checks with findings; %d reports read, %d not; %d "
        "lists not whole\n",
        all.refused, all.started, all.found, all.kept, all.lost, all.short_lists);
    // Most pages hold one body each: what lies on others is read.
    CHECK(all.kept > 3 * all.lost);
}

TEST_CASE("a page of a report's body is damaged: that report is, the others are read and listed",
          "[sqlite]") {
    scratch dir;
    const auto stored = fill(dir / "baken.db");
    auto bytes = contents(dir / "baken.db");
    const auto at = bytes.find(std::string(3000, '\3'));  // the third report's
    REQUIRE(at != std::string::npos);
    std::fill_n(&bytes[at / page_size * page_size], page_size, '\xff');
    std::ofstream(dir / "baken.db", std::ios::binary) << bytes;

    auto store = open(dir / "baken.db");
    for (const auto& [id, fill] : stored) {
        const auto found = run_now(store->report("rotterdam", id));
        CHECK(found.has_value() == (fill != 3));
        if (!found) CHECK(found.error() == errc::damaged);
    }
    const auto page = run_now(store->list({.desk = "rotterdam", .status = {}, .with_body = true})).value();
    CHECK(page.rows.size() == stored.size() - 1);
    CHECK(page.unreadable == 1);
    CHECK(page.last_place == 15);  // of the last one: each report has two recipients
    CHECK(run_now(store->add_report(report("rotterdam"))).value().fresh);
}
