// The handbook as shipped: what everybody gets who asks where to report, and who helps.
#include <array>
#include <chrono>

#include <catch2/catch.hpp>

#include "crypto/protocol/codes.hpp"
#include "server/guide/facts.hpp"
#include "tests/unit/guide/held.hpp"

namespace codes = protocol::codes;
using guide::situation;

namespace {

const protocol::day today = *protocol::day::parse("2026-11-22");

const guide::handbook& handbook() { return *shipped::handbook().get(); }

std::vector<std::string> ids(const situation& of, protocol::day on = today) {
    std::vector<std::string> out;
    for (const auto* step : handbook().wegwijzer.steps_for(of, on)) out.push_back(step->id);
    return out;
}

std::string all(const std::vector<std::string>& ids) {
    std::string out;
    for (const auto& id : ids) out += (out.empty() ? "" : " ") + id;
    return out;
}

}  // namespace

TEST_CASE("whoever asks, from wherever, is told whom to call and where to report") {
    const auto& gemeenten = *shipped::gemeenten().get();
    std::vector<const guide::gemeente*> places{nullptr};
    for (const auto& one : gemeenten.all()) places.push_back(&one);
    REQUIRE(places.size() == 343);
    std::size_t asked = 0, wrong = 0;
    const auto look = [&](const situation& of) {
        const auto steps = handbook().wegwijzer.steps_for(of, today);
        const auto is = [](auto what) {
            return [=](const guide::step* one) { return one->wie && what(*one->wie); };
        };
        const bool reachable =
            std::ranges::any_of(steps, is([](const guide::organisation& who) {
                                    return who.altijd && !who.telefoon.empty() && who.reachable(today);
                                }));
        const bool reports = std::ranges::count_if(steps, &guide::step::loket) == 1;
        const bool in_order =
            !of.acuut || (!steps.empty() && steps.front()->wie && steps.front()->wie->telefoon == "112");
        // Whoever may be a child is sent there before the report.
        const bool minor =
            of.minderjarig == "nee" ||
            std::ranges::find_if(steps, is([](const auto& who) { return who.id == "veilig-thuis"; })) <
                std::ranges::find_if(steps, &guide::step::loket);
        // A victim meets help that is answered at night before anybody who investigates.
        const bool not_pushed =
            of.rol != "slachtoffer" ||
            std::ranges::find_if(steps, is([](const auto& who) { return who.id == "veilig-thuis"; })) <
                std::ranges::find_if(steps, is([](const auto& who) { return who.opsporing; }));
        ++asked;
        wrong += !(reachable && reports && in_order && minor && not_pushed && steps.size() <= 10);
    };
    for (const auto* place : places)
        for (const auto rol : codes::rol)
            for (const auto vorm : codes::vorm)
                for (const auto age : codes::minderjarig)
                    for (const bool acuut : {true, false}) look({rol, vorm, age, acuut, place});
    CHECK(asked == 343u * 10 * 9 * 3 * 2);
    CHECK(wrong == 0);
}

TEST_CASE("the order of urgency wins over everything else") {
    const auto before = [](const std::vector<std::string>& ids, std::string_view first,
                           std::string_view then) {
        return std::ranges::find(ids, first) < std::ranges::find(ids, then);
    };
    const auto steps = ids({"onderwijs", "seksueel", "ja", true, nullptr});
    CAPTURE(all(steps));
    REQUIRE(steps.size() > 3);
    CHECK(steps[0] == "bel-112");
    CHECK(steps[1] == "bel-csg");
    CHECK(before(steps, "bel-csg", "meldcode-kind"));
    for (const auto& rule : handbook().wegwijzer.rules()) CHECK(rule.urgentie >= 1);
}

TEST_CASE("what nobody verified for a year is left out, what answers day and night is not") {
    const situation somebody{"burger", "arbeid", "nee", false, nullptr};
    const auto now = ids(somebody), later = ids(somebody, today + 500);
    CHECK(later.size() < now.size());
    CHECK(std::ranges::find(later, "bel-112") != later.end());
    for (const auto& one : handbook().organisaties) {
        CAPTURE(one.id);
        if (!one.bron.geverifieerd) CHECK_FALSE(one.reachable(today));
        if (!one.altijd) CHECK_FALSE(one.reachable(today + 500));
    }
}

TEST_CASE("what the data calls unconfirmed is shown to nobody") {
    for (const auto* id : {"fairwork", "helpwanted", "fier", "watch-nl", "dfc-ecpat"}) {
        const auto* one = guide::find(handbook().organisaties, id);
        CAPTURE(id);
        if (one) CHECK_FALSE(one->reachable(today));
    }
    const auto* nidos = guide::find(handbook().organisaties, "nidos");
    REQUIRE(nidos);
    CHECK(nidos->telefoon.empty());
    for (const auto& step : handbook().wegwijzer.steps())
        if (step.wie) CHECK((!step.stands(today) || step.wie->bron.geverifieerd));
}

TEST_CASE("everybody in need finds somebody, in every region, also without a local entry") {
    for (const auto& regio : shipped::gemeenten().get()->regios())
        for (const auto whom : guide::help_for) {
            CAPTURE(regio.code, whom);
            const auto helps = [&](const guide::help& one) {
                return one.stands(today, false) && one.is_for(whom) &&
                       (one.regio.empty() || one.regio == regio.code) && !one.wie.telefoon.empty();
            };
            CHECK(std::ranges::count_if(handbook().hulp, helps) >= 2);
        }
}

TEST_CASE("who needs a doctor finds one more than 112 and the help after forced sex") {
    CHECK(std::ranges::any_of(handbook().hulp, [](const guide::help& one) {
        return one.stands(today, false) && one.regio.empty() && one.is_for("dokter") &&
               one.wie.id != "noodnummer" && one.wie.id != "csg" && !one.wie.telefoon.empty();
    }));
}

TEST_CASE("a demonstration's entries are shown in demonstrations alone") {
    std::size_t made_up = 0;
    for (const auto& one : handbook().hulp) {
        made_up += one.demonstratie;
        if (one.demonstratie) CHECK_FALSE(one.stands(today, false));
    }
    CHECK(made_up > 0);
}

TEST_CASE("there are signals for every place of work, and twelve cases to practise with") {
    for (const auto& place : handbook().signalen.plekken) {
        CAPTURE(place.code);
        CHECK(std::ranges::count_if(handbook().signalen.all, [&](const guide::signal& one) {
                  return one.stands(today) && one.fits("", place.code);
              }) >= 5);
        CHECK(std::ranges::count(handbook().oefenen, place.code, &guide::practice_case::plek) == 12);
    }
    CHECK(handbook().signalen.plekken.size() == 6);
}

TEST_CASE("a fact stands for ten months, is due then, and lapses after twelve") {
    const auto standing = [](const char* verified, const char* on) {
        guide::provenance one;
        one.geverifieerd = protocol::day::parse(verified);
        return guide::standing_of(one, *protocol::day::parse(on));
    };
    using enum guide::standing;
    CHECK(standing("2026-01-31", "2026-11-29") == verified);
    CHECK(standing("2026-01-31", "2026-11-30") == due);
    CHECK(standing("2026-01-31", "2027-01-30") == due);
    CHECK(standing("2026-01-31", "2027-01-31") == lapsed);
    CHECK(standing("2024-02-29", "2025-02-28") == lapsed);
    CHECK(standing("2024-04-30", "2025-02-27") == verified);
    CHECK(standing("2024-04-30", "2025-02-28") == due);
    CHECK(guide::standing_of({}, today) == never);
}

TEST_CASE("ten months after a fact was verified it counts as due") {
    CHECK(guide::facts_due(handbook(), today) == 0);
    CHECK(guide::facts_due(handbook(), *protocol::day::parse("2027-09-01")) > 100);
}

TEST_CASE("what people are told, step by step") {
    const auto* rotterdam = shipped::gemeenten().get()->find("GM0599");
    struct row {
        situation of;
        std::string steps;
    };
    // After a change of the rules: read the new list aloud before it is written here.
    const std::vector<row> people = {
        {{"onderwijs", "seksueel", "ja", true, rotterdam},
         "bel-112 bel-csg meldcode-kind meld-met-haast bel-kmar spreek-alleen niet-aanspreken schrijf-op"},
        {{"zorg", "arbeid", "nee", false, rotterdam},
         "doe-melding bel-nla bel-kmar meldcode-advies weeg-geheim comensha-overleg spreek-alleen "
         "niet-aanspreken schrijf-op bel-112"},
        {{"inspectie", "arbeid", "nee", false, rotterdam},
         "doe-melding bel-nla bel-kmar comensha-plicht bied-bedenktijd spreek-alleen bel-112"},
        {{"horeca", "seksueel", "onbekend", false, rotterdam},
         "bel-csg veilig-thuis-kind doe-melding bel-kmar bel-politie bel-mma niet-aanspreken schrijf-op "
         "bel-112"},
        {{"politie", "crimineel", "ja", false, rotterdam},
         "veilig-thuis-kind doe-melding bel-kmar comensha-plicht bied-bedenktijd spreek-alleen bel-112"},
        {{"slachtoffer", "arbeid", "nee", false, nullptr},
         "comensha-hulp veilig-thuis-zelf slachtofferhulp eigen-keuze doe-melding bel-nla bel-112"},
        {{"slachtoffer", "arbeid", "nee", true, nullptr},
         "bel-112 meld-met-haast comensha-hulp veilig-thuis-zelf bel-kmar slachtofferhulp eigen-keuze "
         "bel-nla"},
        {{"slachtoffer", "seksueel", "ja", true, nullptr},
         "bel-112 bel-csg veilig-thuis-jij kindertelefoon meld-met-haast bel-kmar slachtofferhulp "
         "eigen-keuze"},
        {{"burger", "onbekend", "onbekend", false, nullptr},
         "bel-csg veilig-thuis-kind doe-melding bel-politie bel-mma niet-aanspreken schrijf-op bel-112"},
        {{"zorg", "seksueel", "onbekend", false, rotterdam},
         "bel-csg meldcode-kind doe-melding bel-kmar weeg-geheim comensha-overleg spreek-alleen "
         "niet-aanspreken schrijf-op bel-112"},
        {{"slachtoffer", "arbeid", "onbekend", false, nullptr},
         "veilig-thuis-zelf comensha-hulp slachtofferhulp eigen-keuze doe-melding bel-nla bel-112"},
        {{"slachtoffer", "seksueel", "ja", false, nullptr},
         "bel-csg veilig-thuis-jij kindertelefoon slachtofferhulp eigen-keuze doe-melding bel-112"},
    };
    for (const auto& [of, steps] : people) {
        CAPTURE(of.rol, of.vorm, of.minderjarig);
        CHECK(all(ids(of)) == steps);
    }
}
