// What changes a report after it came: by an officer of its first desk, by its deadline, or by its end.
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

    // An urgent one of rotterdam, also for nla, that landelijk may read from `hour` on.
    crypto::uuid urgent() {
        auto sent = report("rotterdam");
        sent.urgent = true;
        sent.term = today + 2;
        sent.recipients.push_back(recipient("nla", "mede"));
        sent.recipients.push_back(recipient("landelijk", "achtervang"));
        sent.recipients.back().release_hour = hour;
        const auto id = sent.id;
        REQUIRE(run_now(store->add_report(std::move(sent))));
        return id;
    }
    store::report_change of(const crypto::uuid& id, std::int64_t revision = 1) const {
        store::report_change out;
        out.id = id;
        out.desk = "rotterdam";
        out.lid = "somebody";
        out.role = "medewerker";
        out.revision = revision;
        out.today = today;
        return out;
    }
    store::stored_report read(const crypto::uuid& id, const std::string& desk = "rotterdam") const {
        return run_now(store->report(desk, id)).value();
    }
    std::vector<store::listed_report> list(const std::string& desk, std::int64_t after = 0) const {
        store::list_query query;
        query.desk = desk;
        query.after = after;
        return run_now(store->list(query)).value().rows;
    }
    bool release(const crypto::uuid& id, std::int64_t at = hour) const {
        return run_now(store->release(
                           {id, "rotterdam", "landelijk", hour}, at,
                           [](const store::head& previous) { return line_bytes(previous, "released"); }))
            .value();
    }
    std::int64_t count(const std::string& what) const { return number(file, "SELECT count(*) FROM " + what); }
};

}  // namespace

TEST_CASE("a change gives a report its next revision, sets what it names and leaves a line") {
    kept at;
    const auto id = at.urgent();
    auto first = at.of(id);
    first.status = "in-behandeling";
    first.assignee = std::optional<std::string>("somebody");
    first.hold = std::optional(store::hold{21000, "rechtszaak"});
    auto done = run_now(at.store->change(first, line("rotterdam", "changed"))).value();
    CHECK(done.revision == 2);
    CHECK(done.head.line == 1);
    const auto seen = at.read(id);
    CHECK(seen.listed.status == "in-behandeling");
    CHECK(seen.listed.assignee == "somebody");
    CHECK(seen.listed.revision == 2);
    REQUIRE(seen.listed.hold);
    CHECK(seen.listed.hold->until == 21000);
    CHECK(seen.listed.hold->reason == "rechtszaak");
    CHECK(at.list("nla")[0].status == "in-behandeling");

    auto second = at.of(id, 2);
    second.assignee = std::optional<std::string>();
    second.hold = std::optional<store::hold>();
    REQUIRE(run_now(at.store->change(second, line("rotterdam"))));
    CHECK_FALSE(at.read(id).listed.assignee);
    CHECK_FALSE(at.read(id).listed.hold);
    CHECK(at.read(id).listed.status == "in-behandeling");
    walked(*at.store, "rotterdam");
}

TEST_CASE(
    "only the first desk changes a report, and only the revision that it saw; else nothing is written") {
    kept at;
    const auto id = at.urgent();
    auto stale = at.of(id, 7);
    stale.status = "afgesloten";
    CHECK(refusal(run_now(at.store->change(stale, line("rotterdam")))) == errc::stale);
    auto other = at.of(id);
    other.desk = "nla";
    CHECK(refusal(run_now(at.store->change(other, line("nla")))) == errc::not_found);
    auto unknown = at.of(crypto::uuid::random());
    CHECK(refusal(run_now(at.store->change(unknown, line("rotterdam")))) == errc::not_found);
    auto foreign = at.of(id);
    foreign.status = "afgesloten";
    foreign.sealed_anew.push_back(recipient("amsterdam"));
    CHECK(refusal(run_now(at.store->change(foreign, line("rotterdam")))) == errc::stale);
    auto late = at.of(id);
    late.generation = 99;
    CHECK(refusal(run_now(at.store->change(late, line("rotterdam")))) == errc::trust_changed);
    CHECK(at.read(id).listed.status == "nieuw");
    CHECK(at.count("logboek") == 0);
}

TEST_CASE("a status begins on the day on which it is set, and saying it again does not begin it anew") {
    kept at;
    const auto id = at.urgent();
    auto closed = at.of(id);
    closed.status = "afgesloten";
    REQUIRE(at.read(id).listed.term);
    REQUIRE(run_now(at.store->change(closed, line("rotterdam"))));
    CHECK_FALSE(at.read(id).listed.term);  // nobody waits for an answer any more
    auto again = at.of(id, 2);
    again.status = "afgesloten";
    again.today = today + 50;
    REQUIRE(run_now(at.store->change(again, line("rotterdam"))));
    const auto ending = run_now(at.store->ending("afgesloten", today + 100)).value();
    REQUIRE(ending.size() == 1);
    CHECK(ending[0].since == today);
}

TEST_CASE("a report sealed anew is handed out with the new key, whole") {
    kept at;
    const auto id = at.urgent();
    auto anew = at.of(id);
    auto to = recipient("nla");
    to.epoch = "2027-W10";
    to.sealed_key = sealed(96, 33);
    to.key_mark = {8, 8};
    anew.sealed_anew.push_back(to);
    REQUIRE(run_now(at.store->change(anew, line("rotterdam"))));
    const auto seen = at.read(id, "nla");
    CHECK(seen.listed.epoch == "2027-W10");
    CHECK(seen.listed.role == "mede");
    CHECK(seen.listed.sealed_key.view()[0] == 33);
    CHECK(at.read(id).listed.epoch == "2026-W47");
}

TEST_CASE("a fallback desk gets an urgent report once its first desk left it unread past the hour") {
    kept at;
    const auto id = at.urgent();
    const auto other = report("landelijk");
    REQUIRE(run_now(at.store->add_report(report("landelijk"))));
    const auto cursor = at.list("landelijk").back().place;
    CHECK(run_now(at.store->overdue(hour - 1)).value().empty());
    CHECK_FALSE(at.release(id, hour - 1));
    CHECK(refusal(run_now(at.store->report("landelijk", id))) == errc::not_found);

    const auto due = run_now(at.store->overdue(hour)).value();
    REQUIRE(due.size() == 1);
    CHECK(due[0].id == id);
    CHECK(due[0].first == "rotterdam");
    CHECK(due[0].fallback == "landelijk");
    CHECK(due[0].hour == hour);
    auto& bell = at.store->arrivals();
    boost::asio::io_context context;
    auto heard = bell.listen("landelijk", context.get_executor());
    CHECK(at.release(id));
    // Behind what was handed out already, and before what comes.
    const auto listed = at.list("landelijk", cursor);
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].id == id);
    CHECK(listed[0].role == "achtervang");
    REQUIRE(run_now(at.store->add_report(report("landelijk"))));
    CHECK(at.list("landelijk", listed[0].place).size() == 1);
    // Once, with a line in both trails.
    CHECK_FALSE(at.release(id));
    CHECK(run_now(at.store->overdue(hour + 1000)).value().empty());
    CHECK(walked(*at.store, "rotterdam").line == 1);
    CHECK(walked(*at.store, "landelijk").line == 1);
    CHECK(walked(*at.store, "nla").line == 0);
    CHECK(at.count("ontvangers WHERE vrij_uur IS NOT NULL") == 0);
}

TEST_CASE("the nightly compaction keeps the hour of a release") {
    kept at;
    const auto id = at.urgent();
    REQUIRE(run_now(at.store->compact(today)));
    CHECK(at.release(id));
    CHECK(at.read(id, "landelijk").listed.role == "achtervang");
}

TEST_CASE("each trail gets a daily head of a day once, and says from which line on the next one is due") {
    kept at;
    CHECK(run_now(at.store->without_head(today)).value().empty());
    for (const char* desk : {"rotterdam", "rotterdam", "amsterdam"})
        REQUIRE(run_now(at.store->append(line(desk))));
    using due = std::vector<std::pair<std::string, std::int64_t>>;
    CHECK(run_now(at.store->without_head(today)).value() == due{{"amsterdam", 0}, {"rotterdam", 0}});
    REQUIRE(run_now(at.store->add_daily_heads({{"rotterdam", today, 2, "first"}})));
    CHECK(run_now(at.store->without_head(today)).value() == due{{"amsterdam", 0}});
    // Of two servers the first one's counts.
    REQUIRE(run_now(at.store->add_daily_heads({{"rotterdam", today, 2, "second"}})));
    CHECK(run_now(at.store->daily_heads("rotterdam", 0)).value() == std::vector<std::string>{"first"});
    CHECK(run_now(at.store->daily_heads("rotterdam", 2)).value().empty());
    CHECK(run_now(at.store->without_head(today + 1)).value() == due{{"amsterdam", 0}, {"rotterdam", 2}});
}
