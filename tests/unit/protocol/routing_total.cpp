// The routing function is total: whatever a report says, whichever desks are excluded and whichever keys are
// missing, somebody gets it, and nobody gets it who must not. Held against the rules of protocol §9 written
// down a second time.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "crypto/protocol/codes.hpp"
#include "shipped_table.hpp"

using namespace protocol;
using names = std::set<std::string, std::less<>>;

namespace {

struct drawn {
    names excluded, keyless;
};

// The shipped rules, by hand.
decision expected(const routed_facts& given, const drawn& world) {
    const auto& land = shipped::land();
    auto at = land.region_desk.find(given.gemeente);
    const std::string region = at == land.region_desk.end() ? "landelijk" : at->second;
    const std::string care = at == land.region_desk.end() ? "landelijk" : "zorg";
    const bool no_police = given.politie == "liever-niet" && given.rol == "slachtoffer";
    std::vector<std::string> wanted;
    if (no_police)
        wanted = {care};
    else if (given.plek == "luchthaven" || given.plek == "haven" || given.plek == "grens")
        wanted = {"kmar", region};
    else if (given.vormen == std::vector<std::string>{"arbeid"} && given.minderjarig != "ja")
        wanted = {"nla", region};
    else if (std::ranges::find(given.vormen, "arbeid") != given.vormen.end())
        wanted = {region, "nla"};
    else
        wanted = {region};

    decision out;
    out.spoed = given.spoed || given.minderjarig == "ja";
    auto add = [&](const std::string& desk, const char* rol) {
        for (const auto& there : out.ontvangers)
            if (there.desk == desk) return;
        out.ontvangers.push_back({desk, rol});
    };
    for (const auto& desk : wanted) {
        const bool usable =
            desk == "landelijk" || (!world.excluded.contains(desk) && !world.keyless.contains(desk) &&
                                    (!no_police || desk == "zorg"));
        // standaard without a key is the first desk all the same, and nothing else.
        if (!usable && !out.ontvangers.empty() && world.keyless.contains("landelijk")) continue;
        if (desk == "landelijk" && !out.ontvangers.empty() && world.keyless.contains("landelijk")) continue;
        add(usable ? desk : "landelijk", out.ontvangers.empty() ? "eerste" : "mede");
    }
    // Every shipped desk but standaard itself falls back on it.
    if (out.spoed && out.ontvangers[0].desk != "landelijk" && !world.keyless.contains("landelijk"))
        add("landelijk", "achtervang");
    return out;
}

// What must hold of any decision by any table. Empty: it holds.
std::string broken(const decision& made, const routed_facts& given, const drawn& world) {
    const auto& desks = made.ontvangers;
    if (desks.empty() || desks.size() > 4) return "one to four desks";
    if (desks[0].rol != "eerste") return "eerste stands first";
    if (!made.spoed && given.spoed) return "urgency is lost";
    names seen;
    int firsts = 0, fallbacks = 0;
    for (const auto& [desk, rol] : desks) {
        const auto* entry = shipped::land().gids.desk(desk);
        if (!entry) return "a desk of the directory";
        if (!seen.insert(desk).second) return "no desk twice";
        firsts += rol == "eerste";
        fallbacks += rol == "achtervang";
        if (rol != "eerste" && rol != "mede" && rol != "achtervang") return "a known role";
        if (entry->opsporing && given.rol == "slachtoffer" && given.politie == "liever-niet")
            return "no investigating desk";
        if (desk == "landelijk" && rol != "eerste" && world.keyless.contains(desk))
            return "every desk has a key";
        if (desk == "landelijk") continue;
        if (world.excluded.contains(desk)) return "no excluded desk";
        if (world.keyless.contains(desk)) return "every desk has a key";
    }
    if (firsts != 1) return "exactly one eerste";
    if (fallbacks > 1 || (fallbacks == 1 && !made.spoed)) return "one achtervang, and of an urgent report";
    return "";
}

// A set of desks: most often empty or small, sometimes all of them.
names some_desks(std::mt19937& random) {
    names out;
    const unsigned how = random() % 8;
    if (how < 2) return out;
    for (const auto& desk : shipped::land().gids.loketten)
        if (how == 7 || random() % (how < 5 ? 6 : 2) == 0) out.insert(desk.id);
    return out;
}

// Every list of forms a person can pick up to two of, and none.
std::vector<std::vector<std::string>> form_lists() {
    std::vector<std::vector<std::string>> out{{}};
    for (std::size_t i = 0; i < codes::vorm.size(); ++i) {
        out.push_back({std::string(codes::vorm[i])});
        for (std::size_t j = 0; j < codes::vorm.size(); ++j)
            if (i != j) out.push_back({std::string(codes::vorm[i]), std::string(codes::vorm[j])});
    }
    return out;
}

std::vector<routed_facts> all_facts() {
    std::vector<routed_facts> out;
    for (const auto& forms : form_lists())
        for (const char* rol : {"burger", "professional", "slachtoffer"})
            for (const auto minor : codes::minderjarig)
                for (const auto police : codes::politie)
                    for (const char* spot : {"", "luchthaven", "haven", "grens", "anders"})
                        for (const bool urgent : {false, true})
                            out.push_back(
                                {forms, rol, std::string(minor), std::string(police), urgent, "", spot});
    return out;
}

void judge(const routed_facts& given, std::mt19937& random) {
    const auto& land = shipped::land();
    const drawn world{some_desks(random), some_desks(random)};
    const auto made = land.table.decide(given, land.gids, world.excluded,
                                        [&](std::string_view desk) { return !world.keyless.contains(desk); });
    auto fault = broken(made, given, world);
    if (fault.empty() && made.spoed != expected(given, world).spoed) fault = "urgent as the rules say";
    if (fault.empty() && made.ontvangers != expected(given, world).ontvangers)
        fault = "the desks that the rules name";
    if (!fault.empty())
        FAIL(fault << " at " << given.gemeente << " " << given.rol << " " << given.politie << " "
                   << given.plek);
}

}  // namespace

TEST_CASE("the shipped table knows every municipality and names only shipped desks") {
    const auto& land = shipped::land();
    CHECK(land.municipalities.size() == 342);
    for (const auto& code : land.municipalities) {
        if (!land.table.knows(code)) FAIL(code);
    }
    for (const auto& desk : land.table.desks()) CHECK(land.gids.desk(desk) != nullptr);
    for (const auto& desk : land.gids.loketten)
        if (desk.id != "landelijk") CHECK(desk.achtervang == "landelijk");
    CHECK_FALSE(land.gids.desk("landelijk")->opsporing);
    CHECK_FALSE(land.gids.desk("zorg")->opsporing);
}

TEST_CASE("every answer, in one municipality of every region and in none, reaches the right desks") {
    const auto& land = shipped::land();
    std::map<std::string, std::string> one_each;
    for (const auto& [code, desk] : land.region_desk) one_each.emplace(desk, code);
    REQUIRE(one_each.size() == 10);
    one_each.emplace("none", "");
    one_each.emplace("unknown", "GM9999");
    std::mt19937 random(2026);
    auto facts = all_facts();
    CHECK(facts.size() == 82 * 3 * 3 * 3 * 5 * 2);
    for (const auto& [desk, code] : one_each)
        for (auto& given : facts) {
            given.gemeente = code;
            judge(given, random);
        }
}

TEST_CASE("every municipality, with answers drawn for each, reaches the right desks") {
    std::mt19937 random(1117);
    const auto facts = all_facts();
    for (const auto& code : shipped::land().municipalities)
        for (int i = 0; i < 250; ++i) {
            auto given = facts[random() % facts.size()];
            given.gemeente = code;
            judge(given, random);
        }
}
