// Orders to destroy a report, in the store: given, counted, taken back, confirmed, and fallen due.
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

constexpr std::int32_t today = 20790;

struct kept {
    scratch dir;
    std::string file = dir / "baken.db";
    std::unique_ptr<store::store> store = open(file);

    // One of rotterdam that amsterdam shares, opened by these members of rotterdam.
    crypto::uuid sent(const std::vector<std::string>& openers = {}, bool urgent = false) {
        auto one = report("rotterdam");
        one.urgent = urgent;
        one.recipients.push_back(recipient("amsterdam", "mede"));
        const auto id = one.id;
        REQUIRE(run_now(store->add_report(std::move(one))));
        for (const auto& lid : openers) {
            store::sighting what;
            what.id = crypto::uuid::random();
            what.report = id;
            what.desk = "rotterdam";
            what.lid = lid;
            what.role = "medewerker";
            what.what = "geopend";
            what.today = today;
            REQUIRE(run_now(store->add_sighting(std::move(what), line("rotterdam"))));
        }
        return id;
    }
    store::end_state state(const crypto::uuid& id, const std::string& desk = "rotterdam") const {
        return run_now(store->end_state(desk, id)).value();
    }
    static store::line_elsewhere elsewhere() {
        return [](const store::head& previous, const store::head& first) {
            return line_bytes(previous, fmt::format("see {}", first.line));
        };
    }
    std::expected<store::placed_order, errc> order(const crypto::uuid& id, const std::string& lid,
                                                   std::int32_t day = today, bool lead = false,
                                                   int most = 50) const {
        store::new_order row{id, "rotterdam", state(id).revision, {lid, {1}, lead, 4, day, "misbruik"}, most};
        return run_now(store->order(std::move(row), line("rotterdam", "ordered"), elsewhere()));
    }
    std::expected<store::ended_report, errc> confirm(const crypto::uuid& id, const std::string& lid,
                                                     bool lead = false, std::int64_t revision = 0) const {
        store::confirmation row{id, revision ? revision : state(id).revision, lid, lead, today};
        return run_now(store->confirm(std::move(row), line("rotterdam", "confirmed"), elsewhere()));
    }
    store::report_change of(const crypto::uuid& id) const {
        store::report_change out;
        out.id = id;
        out.desk = "rotterdam";
        out.lid = "a";
        out.revision = state(id).revision;
        out.today = today;
        return out;
    }
    bool carry_out(const store::due_order& one, std::int32_t day) const {
        return run_now(store->carry_out_order(
                           one, day, [](const store::head& previous) { return line_bytes(previous, "due"); }))
            .value();
    }
    std::vector<store::due_order> due(std::int32_t day) const {
        return run_now(store->due_orders(day)).value();
    }
    std::int64_t count(const std::string& what) const { return number(file, "SELECT count(*) FROM " + what); }
};

}  // namespace

TEST_CASE("an order changes the state and nothing that was there, and taken back it was never given") {
    kept at;
    const auto id = at.sent({"a"});
    auto closed = at.of(id);
    closed.status = "afgesloten";
    REQUIRE(run_now(at.store->change(closed, line("rotterdam"))));
    const auto placed = at.order(id, "a").value();
    CHECK(placed.revision == 3);
    CHECK(placed.desks == std::vector<std::string>{"amsterdam", "rotterdam"});
    auto seen = at.state(id);
    CHECK(seen.status == "wordt-vernietigd");
    REQUIRE(seen.order);
    CHECK(seen.order->lid == "a");
    CHECK(seen.order->stand == 4);
    CHECK(seen.order->reason == "misbruik");
    CHECK(at.state(id, "amsterdam").role == "mede");
    CHECK(text(at.file, "SELECT bytes FROM logboek WHERE loket = 'amsterdam'").find("see") !=
          std::string::npos);
    CHECK(refusal(at.order(id, "b")) == errc::stale);

    auto undo = at.of(id);
    undo.undo = true;
    CHECK(run_now(at.store->change(undo, line("rotterdam"))).value().revision == 4);
    seen = at.state(id);
    CHECK(seen.status == "afgesloten");
    CHECK_FALSE(seen.order);
    const auto ending = run_now(at.store->ending("afgesloten", today)).value();
    REQUIRE(ending.size() == 1);
    CHECK(ending[0].since == today);
    auto again = at.of(id);
    again.undo = true;
    CHECK(refusal(run_now(at.store->change(again, line("rotterdam")))) == errc::stale);
    walked(*at.store, "rotterdam");
}

TEST_CASE("an order opens nothing: the hour of an urgent report runs on, and its fallback gets the key") {
    kept at;
    auto one = report("rotterdam");
    one.urgent = true;
    one.recipients.push_back(recipient("landelijk", "achtervang"));
    one.recipients.back().release_hour = 500'000;
    const auto id = one.id;
    REQUIRE(run_now(at.store->add_report(std::move(one))));
    REQUIRE(at.order(id, "a"));
    CHECK_FALSE(at.state(id).opened);
    CHECK(run_now(at.store->overdue(500'000)).value().size() == 1);
}

TEST_CASE("an order is confirmed by another, with a lead among the two where the report asks for one") {
    kept at;
    const struct {
        std::vector<std::string> openers;
        bool urgent, ordered_by_lead, confirmed_by_lead, destroyed;
    } rows[] = {{{"a"}, false, false, false, true}, {{}, false, false, false, false},
                {{}, false, true, false, true},     {{}, false, false, true, true},
                {{"a"}, true, false, false, false}, {{"a"}, true, false, true, true}};
    for (const auto& row : rows) {
        CAPTURE(row.openers.size(), row.urgent, row.ordered_by_lead, row.confirmed_by_lead);
        const auto id = at.sent(row.openers, row.urgent);
        REQUIRE(at.order(id, "a", today, row.ordered_by_lead));
        CHECK(refusal(at.confirm(id, "a", true)) == errc::stale);
        CHECK(refusal(at.confirm(id, "b", true, 1)) == errc::stale);
        const auto done = at.confirm(id, "b", row.confirmed_by_lead);
        CHECK(done.has_value() == row.destroyed);
        if (!row.destroyed) CHECK(done.error() == errc::needs_lead);
        CHECK(run_now(at.store->end_state("rotterdam", id)).has_value() != row.destroyed);
    }
    CHECK(at.count("opdrachten") == 2);
    CHECK(at.count("vernietigd") == 4);
    // A shell says what the report was before.
    CHECK(at.count("schillen WHERE status = 'nieuw'") == 4);
    walked(*at.store, "rotterdam");
    walked(*at.store, "amsterdam");
}

TEST_CASE("time destroys only what another than who ordered opened, and only after seven full days") {
    kept at;
    const auto by_time = at.sent({"a", "b"});
    const auto only_own = at.sent({"a"}), urgent = at.sent({"a", "b"}, true), unopened = at.sent();
    const auto elsewhere = at.sent({"a"});
    store::sighting there;
    there.id = crypto::uuid::random();
    there.report = elsewhere;
    there.desk = "amsterdam";
    there.lid = "z";
    there.role = "medewerker";
    there.what = "geopend";
    REQUIRE(run_now(at.store->add_sighting(std::move(there), line("amsterdam"))));
    for (const auto& id : {by_time, only_own, urgent, unopened, elsewhere}) REQUIRE(at.order(id, "a"));
    CHECK(at.state(by_time).falls_due());
    for (const auto& id : {only_own, urgent, unopened, elsewhere}) CHECK_FALSE(at.state(id).falls_due());
    CHECK(at.due(today + 7).empty());
    const auto due = at.due(today + 8);
    REQUIRE(due.size() == 1);
    CHECK(due[0].id == by_time);
    CHECK_FALSE(at.carry_out(due[0], today + 7));

    // A message that nobody read stays it until somebody does.
    change(at.file,
           fmt::format("INSERT INTO berichten (id, melding, soort, dag, gelezen, ontvangers, body) SELECT "
                       "id, id, 2, {}, {}, '[]', body FROM meldingen WHERE geopend AND NOT spoed",
                       today, store::names_postgres(place(at.file)) ? "false" : "0"));
    CHECK(at.due(today + 100).empty());
    CHECK_FALSE(at.carry_out(due[0], today + 8));
    change(at.file, "DELETE FROM berichten");
    CHECK(at.carry_out(due[0], today + 8));
    CHECK_FALSE(at.carry_out(due[0], today + 8));
    CHECK(refusal(run_now(at.store->end_state("rotterdam", by_time))) == errc::not_found);
    walked(*at.store, "rotterdam");
}

TEST_CASE("a member gives so many orders a day, those taken back among them, and as many the next") {
    kept at;
    for (int i = 0; i < 3; ++i) {
        const auto id = at.sent();
        REQUIRE(at.order(id, "a", today, false, 3));
        auto undo = at.of(id);
        undo.undo = true;
        REQUIRE(run_now(at.store->change(undo, line("rotterdam"))));
    }
    const auto id = at.sent();
    const auto lines = run_now(at.store->head("rotterdam")).value().line;
    CHECK(refusal(at.order(id, "a", today, false, 3)) == errc::too_many);
    CHECK(run_now(at.store->head("rotterdam")).value().line == lines);
    CHECK_FALSE(at.state(id).order);
    CHECK(at.order(id, "b", today, false, 3));
    const auto next = at.sent();
    CHECK(at.order(next, "a", today + 1, false, 3));
    REQUIRE(run_now(at.store->expire(today + 2, "2026-W01",
                                     [](const store::head&, const std::string&) { return std::string(); })));
    CHECK(at.count("opdrachtdagen") == 0);
}

TEST_CASE("what is kept cannot be ordered, and what is ordered can still come to the end of its term") {
    kept at;
    const auto id = at.sent({"a"});
    auto keep = at.of(id);
    keep.status = "afgesloten";
    keep.hold = std::optional(store::hold{today, "rechtszaak"});
    REQUIRE(run_now(at.store->change(keep, line("rotterdam"))));
    CHECK(refusal(at.order(id, "a")) == errc::on_hold);
    CHECK(at.order(id, "a", today + 1));  // the hold is over
    const auto ending = run_now(at.store->ending("afgesloten", today)).value();
    REQUIRE(ending.size() == 1);
    CHECK(ending[0].status == "afgesloten");
    CHECK(run_now(at.store->destroy(store::destruction{
                      id, "afgesloten", today, today + 400,
                      [](const store::head& previous) { return line_bytes(previous, "term"); }}))
              .value());
    CHECK(at.count("opdrachten") == 0);
}

TEST_CASE("a desk that shares a report takes its own key away, and the first one keeps all") {
    kept at;
    const auto id = at.sent();
    CHECK(refusal(run_now(at.store->give_up_key(id, 9, line("amsterdam")))) == errc::stale);
    CHECK(refusal(run_now(at.store->give_up_key(id, 1, line("rotterdam")))) == errc::stale);
    CHECK(refusal(run_now(at.store->give_up_key(id, 1, line("nla")))) == errc::not_found);
    CHECK(run_now(at.store->give_up_key(id, 1, line("amsterdam"))));
    CHECK(refusal(run_now(at.store->end_state("amsterdam", id))) == errc::not_found);
    CHECK(at.state(id).revision == 1);
    CHECK(run_now(at.store->report("rotterdam", id)).value().recipients.size() == 1);
}

TEST_CASE("the nightly compaction keeps an order") {
    kept at;
    const auto id = at.sent({"a", "b"});
    REQUIRE(at.order(id, "a"));
    REQUIRE(run_now(at.store->compact(today + 1)));
    CHECK(at.state(id).falls_due());
    CHECK(at.confirm(id, "b"));
}
