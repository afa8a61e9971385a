// Fetched is not opened: what ends an urgent report's hour, what releases its fallback at once, and what
// nobody can open.
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

constexpr std::int32_t today = 20790;
constexpr std::int64_t hour = 20778 * 24 + 9;

struct kept {
    scratch dir;
    std::string file = dir / "baken.db";
    std::unique_ptr<store::store> store = open(file);

    // Of rotterdam and nla, with landelijk as the fallback.
    crypto::uuid urgent() {
        auto sent = report("rotterdam");
        sent.urgent = true;
        sent.recipients.push_back(recipient("nla", "mede"));
        sent.recipients.push_back(recipient("landelijk", "achtervang"));
        sent.recipients.back().release_hour = hour;
        const auto id = sent.id;
        REQUIRE(run_now(store->add_report(std::move(sent))));
        return id;
    }
    crypto::uuid plain() {
        auto sent = report("rotterdam");
        const auto id = sent.id;
        REQUIRE(run_now(store->add_report(std::move(sent))));
        return id;
    }
    [[nodiscard]] bool has(const std::string& desk, const crypto::uuid& id) const {
        return run_now(store->report(desk, id)).has_value();
    }
    [[nodiscard]] store::listed_report row(const crypto::uuid& id,
                                           const std::string& desk = "rotterdam") const {
        return run_now(store->report(desk, id)).value().listed;
    }
    [[nodiscard]] std::size_t due() const { return run_now(store->overdue(hour)).value().size(); }
    std::int64_t count(const std::string& what) const { return number(file, "SELECT count(*) FROM " + what); }
    void unopenable(const crypto::uuid& id) {
        say(*store, sighting(id, "rotterdam", "niet-te-openen", "a"));
        say(*store, sighting(id, "rotterdam", "niet-te-openen", "b", "beheerder"));
    }
};

}  // namespace

TEST_CASE(
    "what its first desk opened is released to nobody; what others opened or it only exported still is") {
    kept at;
    const auto opened = at.urgent(), elsewhere = at.urgent(), exported = at.urgent();
    say(*at.store, sighting(opened, "rotterdam"));
    say(*at.store, sighting(elsewhere, "nla"));
    say(*at.store, sighting(exported, "rotterdam", "geexporteerd"));
    CHECK(at.due() == 2);
    CHECK(at.row(opened).opened);
    // The first desk's, for everybody who sees it.
    CHECK(at.row(opened, "nla").opened);
    CHECK_FALSE(at.row(elsewhere, "nla").opened);
    CHECK_FALSE(at.row(exported).opened);
    CHECK(at.count("ontvangers WHERE vrij_uur IS NOT NULL") == 2);
}

TEST_CASE("a change of status opens a report, an assignment or a hold does not") {
    kept at;
    const auto id = at.urgent();
    store::report_change change;
    change.id = id;
    change.desk = "rotterdam";
    change.lid = "somebody";
    change.role = "medewerker";
    change.today = today;
    change.revision = 1;
    change.assignee = std::optional<std::string>("somebody");
    change.hold = std::optional(store::hold{today + 9, "rechtszaak"});
    REQUIRE(run_now(at.store->change(change, line("rotterdam"))));
    CHECK_FALSE(at.row(id).opened);
    CHECK(at.due() == 1);
    change.revision = 2;
    change.status = "in-behandeling";
    REQUIRE(run_now(at.store->change(change, line("rotterdam"))));
    CHECK(at.row(id).opened);
    CHECK(at.due() == 0);
}

TEST_CASE(
    "said again in the same bytes it is known, without a second line; anything else of that id is refused") {
    kept at;
    const auto id = at.urgent(), other = at.urgent();
    const auto first = sighting(id, "rotterdam");
    CHECK(say(*at.store, first).fresh);
    const auto again = say(*at.store, first);
    CHECK_FALSE(again.fresh);
    CHECK(again.head.line == 1);
    CHECK(walked(*at.store, "rotterdam").line == 1);
    auto bytes = first, report = first, who = first;
    bytes.request_hash = {1};
    report.report = other;
    who.lid = "somebody else";
    for (auto* one : {&bytes, &report, &who})
        CHECK(refusal(run_now(at.store->add_sighting(*one, line("rotterdam")))) == errc::id_taken);
    // Each desk has ids of its own.
    auto elsewhere = first;
    elsewhere.desk = "nla";
    CHECK(say(*at.store, elsewhere).fresh);
    CHECK(at.count("inzagen") == 2);
    CHECK(refusal(run_now(at.store->add_sighting(sighting(id, "amsterdam"), line("amsterdam")))) ==
          errc::not_found);
    // A fallback whose key is not released has nothing to open.
    CHECK(refusal(run_now(at.store->add_sighting(sighting(other, "landelijk"), line("landelijk")))) ==
          errc::not_found);
    CHECK(walked(*at.store, "landelijk").line == 0);
}

TEST_CASE("one that does not open at its first desk is its fallback's at once, with a line in both trails") {
    kept at;
    const auto id = at.urgent();
    boost::asio::io_context context;
    auto heard = at.store->arrivals().listen("landelijk", context.get_executor());
    // Another desk that has it says so: a line, no more.
    say(*at.store, sighting(id, "nla", "niet-te-openen"));
    CHECK_FALSE(at.has("landelijk", id));
    const auto said = say(*at.store, sighting(id, "rotterdam", "niet-te-openen"));
    CHECK(said.desks == std::vector<std::string>{"landelijk", "nla", "rotterdam"});
    CHECK(said.head.line == 2);
    CHECK(at.has("landelijk", id));
    CHECK(
        text(at.file, "SELECT bytes FROM logboek WHERE loket = 'landelijk'").ends_with("released landelijk"));
    CHECK(walked(*at.store, "rotterdam").line == 2);
    CHECK(at.due() == 0);
    // Once.
    CHECK(say(*at.store, sighting(id, "rotterdam", "niet-te-openen", "other")).head.line == 3);
    CHECK(walked(*at.store, "landelijk").line == 1);
    // What the fallback opens is not opened by the first desk.
    say(*at.store, sighting(id, "landelijk"));
    CHECK_FALSE(at.row(id).opened);
}

TEST_CASE("whatever changes a row brings it to the end of the list of every desk that has it") {
    kept at;
    const auto id = at.urgent();
    const auto place = [&](const std::string& desk) { return at.row(id, desk).place; };
    auto before = place("nla");
    const auto moved = [&] {
        const auto now = place("nla");
        const bool out = now > before && place("rotterdam") > before;
        before = std::max(now, place("rotterdam"));
        return out;
    };
    say(*at.store, sighting(id, "rotterdam", "geexporteerd"));
    CHECK_FALSE(moved());
    say(*at.store, sighting(id, "rotterdam"));
    CHECK(moved());
    say(*at.store, sighting(id, "rotterdam"));
    CHECK_FALSE(moved());
    store::report_change change;
    change.id = id;
    change.desk = "rotterdam";
    change.revision = 1;
    change.today = today;
    change.assignee = std::optional<std::string>("somebody");
    CHECK(run_now(at.store->change(change, line("rotterdam"))).value().desks ==
          std::vector<std::string>{"nla", "rotterdam"});
    CHECK(moved());
    say(*at.store, sighting(id, "rotterdam", "niet-te-openen"));
    CHECK(moved());
    // What comes then lies behind it.
    const auto next = at.plain();
    CHECK(at.row(next).place > before);
}

TEST_CASE("no desk can open it once each says so, the first by two members with a lead among them") {
    kept at;
    const auto id = at.urgent();
    say(*at.store, sighting(id, "rotterdam", "niet-te-openen", "a"));
    say(*at.store, sighting(id, "rotterdam", "niet-te-openen", "a", "beheerder"));
    say(*at.store, sighting(id, "nla", "niet-te-openen"));
    CHECK_FALSE(at.row(id).unopenable);
    say(*at.store, sighting(id, "landelijk", "niet-te-openen"));
    CHECK_FALSE(at.row(id).unopenable);  // one member of the first desk, however often
    say(*at.store, sighting(id, "rotterdam", "niet-te-openen", "b"));
    CHECK(at.row(id).unopenable == today);
    CHECK(run_now(at.store->unopenable(today - 1, today)).value().empty());
    const auto all = run_now(at.store->unopenable(today, today)).value();
    REQUIRE(all.size() == 1);
    CHECK(all[0].since == today);
    // Whoever opens it after all, of whichever desk, ends that.
    say(*at.store, sighting(id, "nla"));
    CHECK_FALSE(at.row(id).unopenable);
    CHECK_FALSE(run_now(at.store->destroy(store::unopenable_destruction{
                            all[0], today + 30, [](const store::head& p) { return line_bytes(p, "gone"); }}))
                    .value());
    say(*at.store, sighting(id, "rotterdam", "niet-te-openen", "c", "beheerder"));
    CHECK_FALSE(at.row(id).unopenable);
}

TEST_CASE("two officers without a lead, or a key sealed anew, leave a report one that may open") {
    kept at;
    const auto plain = at.plain(), anew = at.plain();
    say(*at.store, sighting(plain, "rotterdam", "niet-te-openen", "a"));
    say(*at.store, sighting(plain, "rotterdam", "niet-te-openen", "b"));
    CHECK_FALSE(at.row(plain).unopenable);
    at.unopenable(anew);
    CHECK(at.row(anew).unopenable == today);
    store::report_change change;
    change.id = anew;
    change.desk = "rotterdam";
    change.revision = 1;
    change.today = today;
    change.sealed_anew.push_back(recipient("rotterdam"));
    REQUIRE(run_now(at.store->change(change, line("rotterdam"))));
    CHECK_FALSE(at.row(anew).unopenable);
}

TEST_CASE("what no desk can open is destroyed with all that was said of it, unless it is kept") {
    kept at;
    const auto id = at.plain(), held = at.plain();
    at.unopenable(id);
    at.unopenable(held);
    change(at.file, "UPDATE meldingen SET bewaren_tot = 21500, bewaren_reden = 'rechtszaak' WHERE id = " +
                        (store::names_postgres(place(at.file)) ? "'\\x" + crypto::hex(held.bytes) + "'"
                                                               : "X'" + crypto::hex(held.bytes) + "'"));
    const auto all = run_now(at.store->unopenable(today, 21500)).value();
    REQUIRE(all.size() == 1);
    CHECK(all[0].id == id);
    CHECK(run_now(at.store->destroy(store::unopenable_destruction{
                      all[0], 21500, [](const store::head& p) { return line_bytes(p, "gone"); }}))
              .value());
    CHECK_FALSE(at.has("rotterdam", id));
    CHECK(at.count("inzagen") == 2);
    CHECK(at.count("onopenbaar") == 1);
    CHECK(at.count("vernietigd") == 1);
    CHECK(walked(*at.store, "rotterdam").line == 5);
}

TEST_CASE("what no desk can open keeps no week's keys alive") {
    kept at;
    const auto id = at.plain();
    auto newer = report("rotterdam");
    newer.recipients[0].epoch = "2027-W20";
    REQUIRE(run_now(at.store->add_report(std::move(newer))));
    for (const char* week : {"2026-W47", "2027-W20"})
        REQUIRE(run_now(at.store->add_epoch_key({"rotterdam",
                                                 week,
                                                 hash_of(week),
                                                 week,
                                                 {{week, hash_of(week), "somebody", sealed(80, 3)}},
                                                 today},
                                                line("rotterdam"))));
    const auto expire = [&] {
        REQUIRE(
            run_now(at.store->expire(today, "2027-W10", [](const store::head& p, const std::string& epochs) {
                return line_bytes(p, epochs);
            })));
        return at.count("wraps");
    };
    CHECK(expire() == 2);
    at.unopenable(id);
    CHECK(expire() == 1);
}

TEST_CASE("the nightly compaction keeps what was said of a report") {
    kept at;
    const auto id = at.urgent();
    say(*at.store, sighting(id, "rotterdam"));
    REQUIRE(run_now(at.store->compact(today)));
    CHECK(at.row(id).opened);
    CHECK(at.count("inzagen") == 1);
}
