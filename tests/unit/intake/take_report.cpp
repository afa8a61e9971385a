// A report held against the directory: each thing that can be wrong, all of it at once, and nothing
// stored then.
#include "server/intake/take_report.hpp"

#include "tests/unit/guide/held.hpp"
#include "tests/unit/trust/world.hpp"

using namespace world;

namespace {

protocol::recipient to(const desk& desk, std::string_view week, std::string rol = "eerste") {
    protocol::recipient out;
    out.voor = "loket:" + desk.id;
    out.rol = std::move(rol);
    out.epoch = protocol::epoch::parse(week);
    if (std::any_of(desk.keys.begin(), desk.keys.end(), [&](const auto& k) { return k.epoch == *out.epoch; }))
        out.sleutel = crypto::key_mark(desk.key(week).public_key);
    out.sealed_key = samples::sealed(96, 1);
    return out;
}

protocol::posted_report report(std::vector<protocol::recipient> recipients, bool urgent = false) {
    protocol::posted_report out;
    out.envelope.id = crypto::uuid::random();
    out.envelope.ontvangers = std::move(recipients);
    out.envelope.body = samples::sealed(4096, 7);
    out.spoed = urgent;
    return out;
}
template <class... More>
protocol::posted_report report_to(protocol::recipient first, More... more) {
    std::vector<protocol::recipient> list;
    list.push_back(std::move(first));
    (list.push_back(std::move(more)), ...);
    return report(std::move(list));
}

// "location code", one a fault, with "; " between.
std::string faults(const country& nl, const protocol::posted_report& report,
                   std::string_view day = "2026-11-19") {
    protocol::faults found;
    intake::judge(report, *nl.registry->now(), protocol::day::parse(day).value(), found);
    std::string out;
    for (const auto& one : found) {
        CHECK(one.detail.ends_with('.'));
        out += (out.empty() ? "" : "; ") + one.location + " " + one.code;
    }
    return out;
}

}  // namespace

TEST_CASE("judge: each fault at its place, all at once") {
    country nl;
    CHECK(faults(nl, report_to(to(nl.rotterdam, "2026-W47"), to(nl.zorg, "2026-W47", "mede"))).empty());

    desk nowhere{"nowhere"};
    CHECK(faults(nl, report_to(to(nowhere, "2026-W47"))) == "/ontvangers/0/voor loket");
    auto other_key = to(nl.rotterdam, "2026-W47");
    other_key.sleutel = to(nl.zorg, "2026-W47").sleutel;
    CHECK(faults(nl, report_to(std::move(other_key))) == "/ontvangers/0/sleutel sleutel");
    CHECK(faults(nl, report_to(to(nl.rotterdam, "2026-W45"))) == "/ontvangers/0/epoch tijdvak");

    CHECK(faults(nl, report_to(to(nl.rotterdam, "2026-W47"), to(nl.landelijk, "2026-W47", "achtervang")))
              .empty());
    CHECK(faults(nl, report_to(to(nl.rotterdam, "2026-W47"), to(nl.zorg, "2026-W47", "achtervang"))) ==
          "/ontvangers/1/voor achtervang");
    CHECK(faults(nl, report_to(to(nl.zorg, "2026-W47"), to(nl.landelijk, "2026-W47", "achtervang"))) ==
          "/ontvangers/1/voor achtervang");

    auto many = report_to(to(nl.rotterdam, "2026-W45"), to(nowhere, "2026-W47", "mede"),
                          to(nl.zorg, "2026-W47", "achtervang"));
    many.bijlagen = {crypto::uuid::random(), crypto::uuid::random()};
    CHECK(faults(nl, many) ==
          "/ontvangers/0/epoch tijdvak; /ontvangers/1/voor loket; /ontvangers/2/voor achtervang; "
          "/bijlagen/0 bijlage; /bijlagen/1 bijlage");
}

TEST_CASE("judge: a week is open from the Sunday before to the Monday after") {
    country nl;
    for (auto [day, good] : {std::pair{"2026-11-14", false},
                             {"2026-11-15", true},
                             {"2026-11-16", true},
                             {"2026-11-22", true},
                             {"2026-11-23", true},
                             {"2026-11-24", false}}) {
        CAPTURE(day);
        CHECK(faults(nl, report_to(to(nl.rotterdam, "2026-W47")), day) ==
              (good ? "" : "/ontvangers/0/epoch tijdvak"));
    }
}

TEST_CASE("judge: a week without a key, or with two, or whose key was withdrawn, is a fault of the key") {
    country nl;
    CHECK(faults(nl, report_to(to(nl.rotterdam, "2026-W49")), "2026-12-01") ==
          "/ontvangers/0/sleutel sleutel");
    auto sent = report_to(to(nl.rotterdam, "2026-W47"));
    SECTION("two in one stand") {
        nl.hand_in_key(nl.rotterdam, "2026-W47");
        nl.publish_stand(nl.rotterdam);
        CHECK(faults(nl, sent) == "/ontvangers/0/sleutel sleutel");
    }
    SECTION("withdrawn") {
        nl.rotterdam.sleutels.erase(nl.rotterdam.sleutels.begin() + 1);
        nl.publish_stand(nl.rotterdam);
        CHECK(faults(nl, sent) == "/ontvangers/0/sleutel sleutel");
    }
    SECTION("no stand in force any more") {
        nl.rotterdam.lead = crypto::sign_keys::random();
        nl.publish_gids();
        CHECK(faults(nl, sent) == "/ontvangers/0/sleutel sleutel");
    }
    SECTION("the stand ended") {
        nl.hand_in_key(nl.rotterdam, "2026-W52");
        nl.publish_stand(nl.rotterdam);
        auto late = report_to(to(nl.rotterdam, "2026-W52"));
        CHECK(faults(nl, late, "2026-12-24").empty());
        CHECK(faults(nl, late, "2026-12-25") == "/ontvangers/0/sleutel sleutel");
    }
}

TEST_CASE(
    "judge: standaard's newest key that began serves beyond its term, and beyond its stand; nobody else's") {
    country nl;
    for (const char* day : {"2026-12-02", "2027-03-01"}) {
        CAPTURE(day);
        CHECK(faults(nl, report_to(to(nl.landelijk, "2026-W48")), day).empty());
        CHECK(faults(nl, report_to(to(nl.landelijk, "2026-W47")), day) == "/ontvangers/0/epoch tijdvak");
        CHECK(faults(nl, report_to(to(nl.zorg, "2026-W48")), day) == "/ontvangers/0/epoch tijdvak");
    }
    // Not before it began, but for the Sunday.
    CHECK(faults(nl, report_to(to(nl.landelijk, "2026-W48")), "2026-11-21") == "/ontvangers/0/epoch tijdvak");
    CHECK(faults(nl, report_to(to(nl.landelijk, "2026-W48")), "2026-11-22").empty());
}

TEST_CASE("take_report: stored as sent; a fault of reading or judging stores nothing") {
    country nl;
    auto now = nl.registry->now();
    auto today = nl.clock.today();
    auto hash = crypto::sha256({});
    auto take = [&](protocol::posted_report one, protocol::faults found = {}) {
        return run_now(intake::take_report(std::move(one), std::move(found), hash, now, nl.clock.at,
                                           {shipped::staffing().get()}, *nl.registry, *nl.store));
    };
    auto urgent = report({}, true);
    urgent.envelope.ontvangers.push_back(to(nl.rotterdam, "2026-W47"));
    urgent.envelope.ontvangers.push_back(to(nl.landelijk, "2026-W47", "achtervang"));
    urgent.mailbox_key = crypto::sign_keys::random().public_key;
    auto id = urgent.envelope.id;
    auto key = urgent.mailbox_key;
    auto added = take(std::move(urgent)).value();
    CHECK(added.fresh);
    CHECK(added.day == today.number);
    auto stored = run_now(nl.store->report("rotterdam", id)).value();
    CHECK(stored.listed.urgent);
    CHECK(stored.listed.body.view()[0] == 7);
    CHECK(stored.mailbox == key);
    REQUIRE(stored.recipients.size() == 2);
    CHECK(stored.recipients[1].role == "achtervang");
    // A working day's noon and two hours: its fallback may read it from then on, and not a second sooner.
    const auto noon = nl.clock.at / 3600;
    CHECK(run_now(nl.store->overdue(noon + 1)).value().empty());
    CHECK(run_now(nl.store->overdue(noon + 2)).value().size() == 1);
    CHECK(stored.listed.term == today.number);
    CHECK(stored.recipients[0].epoch == "2026-W47");
    CHECK(stored.recipients[0].key_mark == crypto::key_mark(nl.rotterdam.key("2026-W47").public_key));

    // Judged before it is compared with what is stored: the same id, and a fault.
    auto bad = report_to(to(nl.rotterdam, "2026-W45"));
    bad.envelope.id = id;
    auto refused = take(std::move(bad), {{"/suite", "waarde", "A sentence."}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(std::get<protocol::faults>(refused.error()).size() == 2);

    auto second = report_to(to(nl.rotterdam, "2026-W47"));
    second.mailbox_key = key;
    auto taken = take(std::move(second));
    REQUIRE_FALSE(taken.has_value());
    CHECK(std::get<store::errc>(taken.error()) == store::errc::mailbox_taken);
    CHECK(run_now(nl.store->list({.desk = "rotterdam", .status = {}})).value().rows.size() == 1);
}
