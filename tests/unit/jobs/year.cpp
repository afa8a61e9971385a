// A year of weeks in the life of a desk, a day at a time: its leads renew what ends, somebody reports every
// day, the work on each report ends, and every night does what nights do. The clock stands where it is put.
#include "crypto/protocol/sealing.hpp"
#include "server/jobs/alarms.hpp"
#include "server/jobs/nightly.hpp"
#include "server/trust/judge_key.hpp"
#include "tests/unit/trust/world.hpp"

using namespace world;
using protocol::day;
using protocol::epoch;

namespace {

constexpr int days_open = 5, days_kept = 40;  // until a report is closed, and from then on

jobs::profile forty_days() { return {{}, "12.3", "de directeur", day{20000}, days_kept, 30, 7}; }

struct year : country {
    struct sent {
        crypto::uuid id;
        day on;
        epoch week;
    };
    std::vector<sent> open_reports, closed_reports;
    jobs::nightly night{*store, clock, {forty_days()}, registry.get()};
    day begun = clock.today();

    // Wrapped for the officer, as a lead's program does.
    void make_key(desk& one, epoch week) {
        const auto member = protocol::issue_membership(
            one.id, one.lid, one.sign.public_key, one.box.public_key, "medewerker", clock.today(), one.lead);
        auto issued = protocol::issue_epoch_key(one.id, week, {&member, 1}, one.lead).value();
        std::vector<store::wrap_row> wraps;
        for (const auto& [lid, sealed] : issued.wraps) wraps.push_back({{}, {}, lid.text(), sealed});
        REQUIRE(run_now(registry->take_epoch_key(one.id, issued.key.token, std::move(wraps),
                                                 world::line(one.id, "sleutel"))));
        one.sleutels.push_back(issued.key.hash);
        one.keys.push_back(std::move(issued.key));
    }
    // What a lead does every fourth Monday: keys of eight weeks, and a standing; half-yearly a new
    // membership.
    void renew(desk& one, int weeks) {
        const auto week = epoch::of(clock.today());
        for (int i = 0; i < weeks; ++i)
            if (!registry->now()->directory.desk(one.id)->key(week.next(i))) make_key(one, week.next(i));
        const auto* member = registry->now()->directory.member(one.id, one.lid, clock.today());
        if (!member || member->tot - clock.today() < 35) {
            one.leden.clear();
            one.box = crypto::box_keys::random();
            hand_in_member(one);
        }
        publish_stand(one);
    }
    void renew_all() {
        renew(rotterdam, 8);
        renew(landelijk, 26);
        renew(zorg, 8);
    }
    // Sealed to the key that a writer finds today, taken by the server's own rules.
    void report() {
        const auto now = registry->now();
        const auto* key = now->directory.usable_key("rotterdam", clock.today(), now->table.standaard());
        REQUIRE(key);
        REQUIRE(key->epoch == epoch::of(clock.today()));
        protocol::recipient to;
        to.epoch = key->epoch;
        to.sleutel = crypto::key_mark(key->public_key);
        protocol::faults found;
        trust::judge_key(to, "rotterdam", "", *now, clock.today(), found);
        REQUIRE(found.empty());
        // Of the weeks around only that of tomorrow's Monday is open too, and last week's on a Monday.
        for (const int other : {-2, -1, 1, 2}) {
            const auto week = key->epoch.next(other);
            const bool is_open =
                now->directory.accepted_key("rotterdam", week, clock.today(), "landelijk").has_value();
            const bool should = week.monday - 1 <= clock.today() && clock.today() <= week.monday + 7 &&
                                now->directory.desk("rotterdam")->key(week);
            REQUIRE(is_open == should);
        }
        auto row = samples::report("rotterdam");
        row.day = clock.today().number;
        row.recipients[0].epoch = key->epoch.text();
        open_reports.push_back({row.id, clock.today(), key->epoch});
        REQUIRE(run_now(store->add_report(std::move(row))));
    }
    // An officer of the first desk opens it.
    void read(const crypto::uuid& id) {
        store::sighting seen;
        seen.id = crypto::uuid::random();
        seen.report = id;
        seen.desk = rotterdam.id;
        seen.lid = rotterdam.lid.text();
        seen.role = "medewerker";
        seen.what = "geopend";
        seen.today = clock.today().number;
        REQUIRE(run_now(store->add_sighting(std::move(seen), line(rotterdam.id, "geopend"))));
    }
    void work() {
        for (auto one = open_reports.begin(); one != open_reports.end();) {
            if (clock.today() - one->on < days_open) {
                ++one;
                continue;
            }
            read(one->id);
            store::report_change change;
            change.id = one->id;
            change.desk = "rotterdam";
            change.revision = 1;
            change.today = clock.today().number;
            change.status = "afgesloten";
            REQUIRE(run_now(store->change(std::move(change), world::line("rotterdam", "sluiten"))));
            closed_reports.push_back(*one);
            one = open_reports.erase(one);
        }
    }
    // What is there is what should be: reports within their term, and the wraps of weeks that one is sealed
    // to.
    void audit() {
        std::set<std::string> needed;
        for (const auto& one : open_reports) needed.insert(one.week.text());
        for (const auto& one : closed_reports) {
            const bool there = run_now(store->report("rotterdam", one.id)).has_value();
            const int since = clock.today() - (one.on + days_open);
            CHECK(there == (since < days_kept));
            if (there) needed.insert(one.week.text());
        }
        const auto wraps = run_now(store->wraps("rotterdam", rotterdam.lid.text())).value();
        std::set<std::string> have;
        for (const auto& one : wraps) have.insert(one.epoch);
        for (const auto& week : needed) CHECK(have.contains(week));
        const auto oldest = epoch::of(clock.today() - 60).text();
        for (const auto& week : have) CHECK(week >= oldest);
    }
};

}  // namespace

TEST_CASE(
    "a year of weeks: nobody is left without a key, nothing outlives its term, no key outlives its reports") {
    year at;
    for (auto* one : {&at.rotterdam, &at.landelijk, &at.zorg}) {
        one->leden.clear();
        one->sleutels.clear();
        at.hand_in_member(*one);
    }
    at.renew_all();
    const std::int64_t noon = at.clock.at;
    for (int i = 0; i < 400; ++i) {
        at.clock.at = noon + std::int64_t{86400} * i;
        const auto today = at.clock.today();
        CAPTURE(today.text());
        if (at.gids->tot - today < 20) at.publish_gids();
        if (i % 28 == 0) at.renew_all();
        at.report();
        at.work();
        REQUIRE(run_now(at.night.once(today)));
        for (const auto& one : jobs::alarms(at.registry->now().get(), &at.root.public_key, today)) {
            const bool severe = one.what == jobs::alarm::kind::no_key ||
                                one.what == jobs::alarm::kind::no_stand ||
                                one.what == jobs::alarm::kind::directory_ended;
            CHECK_FALSE(severe);
        }
        if (i % 7 == 0) at.audit();
    }
    CHECK(at.closed_reports.size() == 400 - days_open);
    CHECK(run_now(at.store->list({.desk = "rotterdam", .status = {}, .limit = 1000})).value().rows.size() <
          60);
}

TEST_CASE("a desk whose leads forget it loses its place to its fallback, week by week, and gets it back") {
    world::country nl;
    const auto usable = [&](std::string_view on) {
        const auto now = nl.registry->now();
        return now->directory.usable_key("rotterdam", day::parse(on).value(), now->table.standaard()) !=
               nullptr;
    };
    CHECK(usable("2026-11-19"));
    CHECK(usable("2026-11-29"));        // the last day of W48
    CHECK_FALSE(usable("2026-11-30"));  // nobody made a key of W49
    nl.clock.put("2026-12-26");         // and the standing ran out
    nl.hand_in_key(nl.rotterdam, "2026-W52");
    CHECK_FALSE(usable("2026-12-26"));
    nl.publish_stand(nl.rotterdam);
    CHECK(usable("2026-12-26"));
    // The year ends in a week of its own (2026-W53), and its last days lie in it.
    nl.hand_in_key(nl.rotterdam, "2026-W53");
    nl.publish_stand(nl.rotterdam);
    CHECK(usable("2026-12-31"));
    CHECK(usable("2027-01-03"));
    CHECK_FALSE(usable("2027-01-04"));
}
