#include "crypto/protocol/routing.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "refusal.hpp"
#include "shipped_table.hpp"

using namespace protocol;
using desks = std::vector<routed_desk>;
using excluded = std::set<std::string, std::less<>>;

namespace {

std::string with_rules(std::string_view rules) {
    return fmt::format(R"({{"versie":3,"datum":"2026-11-01","standaard":"s",
"gemeenten":{{"GM0001":{{"regio":"r","zorg":"z"}},"GM0002":{{"regio":"q"}}}},"regels":[{}]}})",
                       rules);
}

// r (police) → f; q (police) → s; z (care) → s; k (border) → s; f (police) → g; g; zorg; s.
gids some_gids() {
    gids out;
    auto add = [&](std::string id, bool investigates, std::string fallback) {
        out.loketten.push_back({id, id, "politie", investigates, {}, std::nullopt});
        if (!fallback.empty()) out.loketten.back().achtervang = fallback;
    };
    add("r", true, "f");
    add("q", true, "s");
    add("z", false, "s");
    add("k", true, "s");
    add("f", true, "g");
    add("g", false, "");
    add("zorg", false, "");
    add("s", false, "");
    return out;
}

routed_facts facts(std::string gemeente = "GM0001") {
    return {{"seksueel"}, "burger", "nee", "weet-niet", false, std::move(gemeente), ""};
}

desks decided(std::string_view rules, const routed_facts& given, const excluded& without = {},
              const excluded& keyless = {}) {
    const auto table = routing_table::read(with_rules(rules)).value();
    return table
        .decide(given, some_gids(), without, [&](std::string_view desk) { return !keyless.contains(desk); })
        .ontvangers;
}

}  // namespace

template <>
struct Catch::StringMaker<routed_desk> {
    static std::string convert(const routed_desk& d) { return d.rol + ":" + d.desk; }
};

TEST_CASE("without a rule a report goes to its region, without a region to standaard") {
    CHECK(decided("", facts()) == desks{{"r", "eerste"}});
    CHECK(decided("", facts("GM0002")) == desks{{"q", "eerste"}});
    for (const char* place : {"", "GM9999", "gm0001", "r"})
        CHECK(decided("", facts(place)) == desks{{"s", "eerste"}});
    const char* care = R"({"als":{},"eerste":"@zorg"})";
    CHECK(decided(care, facts()) == desks{{"z", "eerste"}});
    CHECK(decided(care, facts("GM0002")) == desks{{"zorg", "eerste"}});
    CHECK(decided(care, facts("")) == desks{{"s", "eerste"}});
}

TEST_CASE("a condition accepts the values it lists, and all conditions of a rule must hold") {
    auto holds = [](
                     std::string_view als,
                     const std::function<void(routed_facts&)>& change = [](routed_facts&) {}) {
        auto given = facts();
        change(given);
        return decided(fmt::format(R"({{"als":{},"eerste":"k"}})", als), given)[0].desk == "k";
    };
    const auto forms = [](std::vector<std::string> list) {
        return [list](routed_facts& f) { f.vormen = list; };
    };
    CHECK(holds("{}"));
    CHECK(holds(R"({"vorm":["seksueel"]})"));
    CHECK(holds(R"({"vorm":["arbeid","seksueel"]})"));
    CHECK(holds(R"({"vorm":["arbeid"]})", forms({"seksueel", "arbeid"})));
    CHECK_FALSE(holds(R"({"vorm":["arbeid"]})"));
    CHECK_FALSE(holds(R"({"vorm":[]})"));
    CHECK_FALSE(holds(R"({"vorm":["seksueel"]})", forms({})));
    CHECK(holds(R"({"alleenVorm":["arbeid"]})", forms({"arbeid"})));
    CHECK_FALSE(holds(R"({"alleenVorm":["arbeid"]})", forms({"arbeid", "seksueel"})));
    CHECK_FALSE(holds(R"({"alleenVorm":["arbeid","seksueel"]})", forms({"arbeid", "seksueel"})));
    CHECK_FALSE(holds(R"({"alleenVorm":["arbeid"]})", forms({})));
    CHECK(holds(R"({"rol":["burger"],"minderjarig":["nee"],"politie":["weet-niet"]})"));
    CHECK_FALSE(holds(R"({"rol":["burger"],"minderjarig":["ja"],"politie":["weet-niet"]})"));
    CHECK_FALSE(holds(R"({"rol":["professional","slachtoffer"]})"));
    CHECK(holds(R"({"gemeente":["GM0001"]})"));
    CHECK_FALSE(holds(R"({"gemeente":["GM0002"]})"));
    CHECK_FALSE(holds(R"({"gemeente":[""]})", [](routed_facts& f) { f.gemeente = ""; }));
    CHECK(holds(R"({"plek":["haven"]})", [](routed_facts& f) { f.plek = "haven"; }));
    CHECK_FALSE(holds(R"({"plek":[""]})"));
    // A name of a later version makes the rule false, whatever it holds.
    for (const char* later : {R"(["x"])", "true", "7", R"({"van":9})", "null", "[]"})
        CHECK_FALSE(holds(fmt::format(R"({{"rol":["burger"],"uur":{}}})", later)));
}

TEST_CASE("booleans compare as booleans") {
    auto first = [](std::string_view accepted, bool urgent) {
        auto given = facts();
        given.spoed = urgent;
        return decided(fmt::format(R"({{"als":{{"spoed":{}}},"eerste":"k"}})", accepted), given)[0].desk;
    };
    CHECK(first("[true]", true) == "k");
    CHECK(first("[true]", false) == "r");
    CHECK(first("[false]", false) == "k");
    CHECK(first("[true,false]", false) == "k");
    CHECK(first(R"(["true"])", true) == "r");
    CHECK(first(R"(["false"])", false) == "r");
    auto given = facts();
    given.vormen = {"true"};
    CHECK(decided(R"({"als":{"vorm":[true]},"eerste":"k"})", given)[0].desk == "r");
}

TEST_CASE("the first rule that names a desk decides, every rule that holds may hurry and keep out") {
    CHECK(decided(R"({"als":{},"eerste":"k"},{"als":{},"eerste":"z"})", facts())[0].desk == "k");
    CHECK(
        decided(R"({"als":{"rol":["slachtoffer"]},"eerste":"k"},{"als":{},"eerste":"z"})", facts())[0].desk ==
        "z");
    // mede of a rule without eerste says nothing.
    CHECK(decided(R"({"als":{},"mede":["k"]})", facts()) == desks{{"r", "eerste"}});
    // zonder and spoed count also behind the rule that decides.
    CHECK(decided(R"({"als":{},"eerste":"k","mede":["z"]},{"als":{},"zonder":["opsporing"]})", facts()) ==
          desks{{"s", "eerste"}, {"z", "mede"}});
    CHECK(decided(R"({"als":{},"eerste":"k"},{"als":{},"spoed":true})", facts()) ==
          desks{{"k", "eerste"}, {"s", "achtervang"}});
    CHECK(
        decided(
            R"({"als":{},"eerste":"k"},{"als":{"rol":["slachtoffer"]},"spoed":true,"zonder":["opsporing"]})",
            facts()) == desks{{"k", "eerste"}});
    // Urgency that a rule set is seen by the rules behind it, not by those before.
    const char* hurry = R"({"als":{},"spoed":true})";
    const char* urgent = R"({"als":{"spoed":[true]},"eerste":"k"})";
    CHECK(decided(fmt::format("{},{}", hurry, urgent), facts())[0].desk == "k");
    CHECK(decided(fmt::format("{},{}", urgent, hurry), facts())[0].desk == "r");
    // No rule makes an urgent report calm.
    auto given = facts();
    given.spoed = true;
    CHECK(decided(R"({"als":{},"spoed":false})", given) == desks{{"r", "eerste"}, {"f", "achtervang"}});
}

TEST_CASE("a desk that cannot be used is replaced by its fallback, one step, then by standaard") {
    CHECK(decided("", facts(), {}, {"r"}) == desks{{"f", "eerste"}});
    CHECK(decided("", facts(), {"r"}) == desks{{"f", "eerste"}});
    CHECK(decided("", facts(), {"r"}, {"f"}) == desks{{"s", "eerste"}});  // not on to g
    CHECK(decided("", facts(), {"f"}, {"r"}) == desks{{"s", "eerste"}});
    CHECK(decided("", facts(), {"r", "f", "g", "s"}) ==
          desks{{"s", "eerste"}});  // standaard cannot be excluded
    CHECK(decided("", facts(), {}, {"r", "f", "g", "s"}) == desks{{"s", "eerste"}});
    CHECK(decided(R"({"als":{},"eerste":"gone","mede":["gone","z"]})", facts()) ==
          desks{{"s", "eerste"}, {"z", "mede"}});
    // Duplicates fall away, the first stays.
    CHECK(decided(R"({"als":{},"eerste":"k","mede":["q","k"]})", facts(), {}, {"k", "q"}) ==
          desks{{"s", "eerste"}});
    CHECK(decided(R"({"als":{},"eerste":"f","mede":["@regio","z"]})", facts(), {"r"}) ==
          desks{{"f", "eerste"}, {"z", "mede"}});
    CHECK(decided(R"({"als":{},"eerste":"z","mede":["k"]})", facts(), {"k"}) ==
          desks{{"z", "eerste"}, {"s", "mede"}});
}

TEST_CASE("no investigating desk stands in any role where a rule keeps them out") {
    const char* care = R"({"als":{},"eerste":"@zorg","mede":["@regio","k"],"zonder":["opsporing"]})";
    auto given = facts();
    given.spoed = true;
    CHECK(decided(care, given) == desks{{"z", "eerste"}, {"s", "mede"}});
    const char* police = R"({"als":{},"eerste":"r","zonder":["opsporing"]})";
    CHECK(decided(police, given) == desks{{"s", "eerste"}});  // its fallback f investigates too
    // A word of a later version keeps nobody out.
    CHECK(decided(R"({"als":{},"zonder":["later"]})", facts()) == desks{{"r", "eerste"}});
}

TEST_CASE("only an urgent report has an achtervang: the fallback of the desk that is first in the end") {
    auto given = facts();
    given.spoed = true;
    CHECK(decided("", given) == desks{{"r", "eerste"}, {"f", "achtervang"}});
    CHECK(decided("", given, {"f"}) == desks{{"r", "eerste"}});
    CHECK(decided("", given, {}, {"f"}) == desks{{"r", "eerste"}});  // another would be refused
    CHECK(decided("", given, {"r"}) == desks{{"f", "eerste"}, {"g", "achtervang"}});
    CHECK(decided("", given, {"r", "f"}) == desks{{"s", "eerste"}});
    CHECK(decided(R"({"als":{},"eerste":"r","mede":["f"]})", given) == desks{{"r", "eerste"}, {"f", "mede"}});
    CHECK(decided(R"({"als":{},"eerste":"k","mede":["z","@regio"]})", given) ==
          desks{{"k", "eerste"}, {"z", "mede"}, {"r", "mede"}, {"s", "achtervang"}});
    CHECK(decided("", facts()).size() == 1);
}

TEST_CASE("a table that cannot be read whole is refused") {
    const std::string good = with_rules(
        R"({"als":{},"eerste":"@zorg","mede":["k","@regio"],"zonder":["opsporing"],"spoed":true})");
    const auto table = routing_table::read(good).value();
    CHECK(table.versie() == 3);
    CHECK(table.standaard() == "s");
    CHECK(table.desks() == std::set<std::string>{"k", "q", "r", "s", "z", "zorg"});
    CHECK(table.knows("GM0002"));
    CHECK_FALSE(table.knows("GM0003"));
    CHECK(routing_table::read(with_rules("")).value().desks() == std::set<std::string>{"q", "r", "s", "z"});
    for (const char* rule :
         {"1", "[]", "{}", R"({"als":[]})", R"({"als":{"rol":"x"},"eerste":7})", R"({"als":{"rol":[1]}})",
          R"({"als":{"rol":{}}})", R"({"als":{},"eerste":"@gemeente"})", R"({"als":{},"eerste":""})",
          R"({"als":{},"eerste":"K"})", R"({"als":{},"mede":["a","b","c"]})", R"({"als":{},"mede":"a"})",
          R"({"als":{},"mede":["A"]})", R"({"als":{},"zonder":"opsporing"})", R"({"als":{},"spoed":"ja"})",
          R"({"als":{},"spoed":null})"}) {
        CAPTURE(rule);
        CHECK(refusal(routing_table::read(with_rules(rule))) == errc::bad_routing);
    }
    for (
        const std::string_view text :
        {R"({"datum":"2026-11-01","standaard":"s","gemeenten":{},"regels":[]})",
         R"({"versie":1,"standaard":"s","gemeenten":{},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","gemeenten":{},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"@regio","gemeenten":{},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"s","gemeenten":[],"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"s","gemeenten":{"GM0001":"r"},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"s","gemeenten":{"GM0001":{}},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"s","gemeenten":{"GM0001":{"regio":"@zorg"}},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"s","gemeenten":{"GM0001":{"regio":"r","zorg":"Z"}},"regels":[]})",
         R"({"versie":1,"datum":"2026-11-01","standaard":"s","gemeenten":{}})"}) {
        CAPTURE(text);
        CHECK(refusal(routing_table::read(text)) == errc::bad_routing);
    }
    CHECK(refusal(routing_table::read(good + ";")) == errc::bad_json);
    CHECK(routing_table::read(R"({"versie":1,"datum":"2026-11-01","standaard":"s","later":{},
                                  "gemeenten":{"GM0001":{"regio":"r","later":1}},"regels":[{"als":{},"later":1}]})")
              .has_value());
}

TEST_CASE("the shipped order, on named examples") {
    const auto& land = shipped::land();
    auto route = [&](const routed_facts& given) {
        return land.table.decide(given, land.gids, {}, [](std::string_view) { return true; });
    };
    struct example {
        const char* who;
        routed_facts given;
        desks expected;
        bool urgent;
    };
    const example table[] = {
        {"a citizen in Rotterdam",
         {{"seksueel"}, "burger", "nee", "ja", false, "GM0599", ""},
         {{"rotterdam", "eerste"}},
         false},
        {"a citizen without a place",
         {{"seksueel"}, "burger", "nee", "ja", false, "", ""},
         {{"landelijk", "eerste"}},
         false},
        {"a victim who prefers no police",
         {{"arbeid"}, "slachtoffer", "nee", "liever-niet", false, "GM0599", "haven"},
         {{"zorg", "eerste"}},
         false},
        {"a minor victim who prefers no police",
         {{"seksueel"}, "slachtoffer", "ja", "liever-niet", false, "GM0599", ""},
         {{"zorg", "eerste"}, {"landelijk", "achtervang"}},
         true},
        {"a citizen who prefers no police",
         {{"seksueel"}, "burger", "nee", "liever-niet", false, "GM0363", ""},
         {{"amsterdam", "eerste"}},
         false},
        {"a minor",
         {{"crimineel"}, "professional", "ja", "weet-niet", false, "GM0363", ""},
         {{"amsterdam", "eerste"}, {"landelijk", "achtervang"}},
         true},
        {"an airport",
         {{"arbeid"}, "burger", "nee", "ja", false, "GM0394", "luchthaven"},
         {{"kmar", "eerste"}, {"noord-holland", "mede"}},
         false},
        {"a port, urgent",
         {{"arbeid"}, "burger", "onbekend", "ja", true, "GM0599", "haven"},
         {{"kmar", "eerste"}, {"rotterdam", "mede"}, {"landelijk", "achtervang"}},
         true},
        {"the border without a place",
         {{"onbekend"}, "burger", "nee", "ja", false, "", "grens"},
         {{"kmar", "eerste"}, {"landelijk", "mede"}},
         false},
        {"another place",
         {{"arbeid", "seksueel"}, "burger", "nee", "ja", false, "GM0599", "anders"},
         {{"rotterdam", "eerste"}, {"nla", "mede"}},
         false},
        {"labour alone, an adult",
         {{"arbeid"}, "slachtoffer", "nee", "ja", false, "GM0599", ""},
         {{"nla", "eerste"}, {"rotterdam", "mede"}},
         false},
        {"labour alone, a minor",
         {{"arbeid"}, "burger", "ja", "ja", false, "GM0599", ""},
         {{"rotterdam", "eerste"}, {"nla", "mede"}, {"landelijk", "achtervang"}},
         true},
        {"labour alone, age unknown",
         {{"arbeid"}, "burger", "onbekend", "ja", false, "GM0599", ""},
         {{"nla", "eerste"}, {"rotterdam", "mede"}},
         false},
        {"labour and more",
         {{"arbeid", "crimineel"}, "burger", "nee", "ja", false, "GM0599", ""},
         {{"rotterdam", "eerste"}, {"nla", "mede"}},
         false},
        {"labour or something else, nobody knows",
         {{"onbekend", "arbeid"}, "professional", "onbekend", "weet-niet", false, "GM0599", ""},
         {{"rotterdam", "eerste"}, {"nla", "mede"}},
         false},
        {"labour and more, without a place",
         {{"arbeid", "seksueel"}, "burger", "nee", "ja", false, "", ""},
         {{"landelijk", "eerste"}, {"nla", "mede"}},
         false},
    };
    for (const auto& [who, given, expected, urgent] : table) {
        CAPTURE(who);
        const auto out = route(given);
        CHECK(out.ontvangers == expected);
        CHECK(out.spoed == urgent);
    }
}
