// Orders to destroy a report whose seven days are over are carried out by the night, with a line that names
// them.
#include "server/jobs/orders.hpp"

#include "crypto/protocol/trail.hpp"
#include "crypto/protocol/trail_actions.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;

TEST_CASE("the night destroys what an order let fall due, and each trail says by whose order") {
    scratch dir;
    auto store = open(dir / "baken.db");
    constexpr std::int32_t ordered = 20778;
    const auto who = crypto::uuid::random().text(), colleague = crypto::uuid::random().text();
    auto sent = report("rotterdam");
    sent.recipients.push_back(recipient("zorg", "mede"));
    const auto id = sent.id;
    REQUIRE(run_now(store->add_report(std::move(sent))));
    store::sighting seen;
    seen.id = crypto::uuid::random();
    seen.report = id;
    seen.desk = "rotterdam";
    seen.lid = colleague;
    seen.role = "medewerker";
    seen.what = "geopend";
    const auto none = [](std::string desk) {
        return store::trail_write{std::move(desk), [](const store::head& previous) {
                                      return protocol::write_line(
                                          {protocol::day{ordered}, "server", "x", "", "", {}},
                                          {previous.line, previous.hash});
                                  }};
    };
    REQUIRE(run_now(store->add_sighting(std::move(seen), none("rotterdam"))));
    store::new_order order{id, "rotterdam", 1, {who, {}, false, 1, ordered, "misbruik"}, 50};
    REQUIRE(run_now(store->order(
        std::move(order), none("rotterdam"), [](const store::head& previous, const store::head&) {
            return protocol::write_line({protocol::day{ordered}, "server", "x", "", "", {}},
                                        {previous.line, previous.hash});
        })));
    for (int day = 0; day <= 7; ++day)
        CHECK(run_now(jobs::carry_out_orders(protocol::day{ordered + day}, *store)).value() == 0);
    CHECK(run_now(jobs::carry_out_orders(protocol::day{ordered + 8}, *store)).value() == 1);
    CHECK(run_now(jobs::carry_out_orders(protocol::day{ordered + 9}, *store)).value() == 0);
    for (const char* desk : {"rotterdam", "zorg"}) {
        const auto lines = run_now(store->trail(desk, 0, 10)).value();
        const auto last = protocol::parse_line(lines.back()).value();
        CHECK(last.handeling == "melding-vernietigd");
        CHECK(last.lid == protocol::order_term);
        CHECK(last.object == id.text());
        CHECK(last.signature_base ==
              "opgedragen door: " + who + "\nopgedragen op: 2026-11-21\nreden: misbruik");
    }
    CHECK(refusal(run_now(store->end_state("rotterdam", id))) == store::errc::not_found);
}
