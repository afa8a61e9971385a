// What the root key signs: a draft is judged against the directory in force, and what it changes is told.
#include "server/admin/directory/next_directory.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/protocol/directory.hpp"
#include "server/admin/directory/desks_file.hpp"

using namespace admin;
using roots = std::vector<crypto::sign_public>;

namespace {

const protocol::day today = *protocol::day::parse("2026-11-22");
const std::string table =
    R"({"versie":1,"datum":"2026-11-16","standaard":"landelijk","gemeenten":{"GM0599":{"regio":"rotterdam"}},"regels":[]})";

struct office {
    crypto::sign_keys root = crypto::sign_keys::random(), next_root = crypto::sign_keys::random(),
                      log = crypto::sign_keys::random(), lead = crypto::sign_keys::random(),
                      other = crypto::sign_keys::random();
    desks_file desks{log.public_key,
                     {{"rotterdam", "Rotterdam", "politie", true, {lead.public_key}, "landelijk"},
                      {"landelijk", "Landelijk", "landelijk", false, {other.public_key}, std::nullopt}}};

    [[nodiscard]] draft first() const { return {"", "", table, write_desks(desks)}; }
    [[nodiscard]] protocol::gids signed_first() const {
        const auto given = first();
        auto out = judge(given, roots{root.public_key}, root.public_key, today);
        REQUIRE(out);
        REQUIRE(sign(out->gids, given, roots{root.public_key}, root));
        return out->gids;
    }
    [[nodiscard]] draft second(const protocol::gids& before) const {
        return {before.token, table, table, write_desks(desks)};
    }
    [[nodiscard]] std::string told(const draft& draft, const roots& pinned,
                                   protocol::day when = today) const {
        auto out = judge(draft, pinned, root.public_key, when);
        if (out) return "";
        std::string all;
        for (const auto& one : out.error()) all += one + "\n";
        return all;
    }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

}  // namespace

TEST_CASE("the first directory, and the second that follows it") {
    office at;
    const auto gids = at.signed_first();
    CHECK(gids.versie == 1);
    CHECK(gids.vorige.empty());
    CHECK(gids.tot - gids.datum == protocol::gids_days);

    at.desks.loketten[0].naam = "Politie Rotterdam";
    at.desks.loketten[0].beheerders = {at.next_root.public_key};
    const auto given = at.second(gids);
    auto next = judge(given, roots{at.root.public_key}, at.root.public_key, today + 30);
    REQUIRE(next);
    REQUIRE(next->changes.size() == 2);
    CHECK(next->changes[0].what == "leads of rotterdam changed");
    CHECK(next->changes[0].details.size() == 2);
    CHECK(next->changes[1].details == std::vector<std::string>{"name was Rotterdam, is Politie Rotterdam"});
    REQUIRE(sign(next->gids, given, roots{at.root.public_key}, at.root));
    CHECK(protocol::follows(&gids, next->gids, table));
}

TEST_CASE("the root may change, where both are trusted") {
    const office at;
    const auto given = at.second(at.signed_first());
    CHECK(
        has(at.told(given, roots{at.next_root.public_key}), "is not signed by a root that is trusted here"));
    const roots both{at.root.public_key, at.next_root.public_key};
    auto next = judge(given, both, at.next_root.public_key, today);
    REQUIRE(next);
    REQUIRE(next->changes.size() == 1);
    CHECK(next->changes[0].what == "signed by another root");
    CHECK(sign(next->gids, given, both, at.next_root));
}

TEST_CASE("a directory in force that is not what it was is refused") {
    const office at;
    const auto gids = at.signed_first();
    const roots own{at.root.public_key};
    auto given = at.second(gids);
    given.vorige.pop_back();
    CHECK(has(at.told(given, own), "vorige.jws"));
    given = at.second(gids);
    given.table_before = replaced(table, "rotterdam", "landelijk");
    CHECK(has(at.told(given, own), "routering.vorige.json is not the table that vorige.jws signs"));
    CHECK(has(at.told(at.second(gids), own, today - 1), "This machine's clock says 2026-11-21"));
    // Long past its term it may still be followed.
    CHECK(at.told(at.second(gids), own, today + 400).empty());
}

TEST_CASE("an edited table needs a higher versie, and names desks that are there") {
    const office at;
    const auto gids = at.signed_first();
    const roots own{at.root.public_key};
    auto given = at.second(gids);
    given.table = replaced(table, "\"regio\":\"rotterdam\"", "\"regio\":\"landelijk\"");
    CHECK(has(at.told(given, own), "its versie is 1; write 2 or more"));
    given.table = replaced(given.table, "\"versie\":1", "\"versie\":2");
    auto next = judge(given, own, at.root.public_key, today);
    REQUIRE(next);
    REQUIRE(next->changes.size() == 1);
    CHECK(next->changes[0].what == "routing table changed");
    CHECK(next->changes[0].details.size() == 2);  // versie, and the municipality
    given.table = replaced(given.table, "\"landelijk\"}", "\"nergens\"}");
    CHECK(has(at.told(given, own), "names the desk nergens, which is not in loketten.json"));
    given.table = "{}";
    CHECK(has(at.told(given, own), "routering.json: The routing table cannot be read; update this program"));
    given = at.second(gids);
    given.table_before = "";
    CHECK(at.told(given, own).empty());  // unchanged: its hash says so
    given.table += "\n";
    CHECK(has(at.told(given, own), "routering.vorige.json is missing"));
}

TEST_CASE("faults of every file are told at once") {
    office at;
    auto given = at.second(at.signed_first());
    at.desks.loketten[0].achtervang = "nergens";
    given.desks = write_desks(at.desks);
    given.table = "{";
    const auto all = at.told(given, roots{at.next_root.public_key});
    CAPTURE(all);
    CHECK(has(all, "vorige.jws"));
    CHECK(has(all, "desk nergens"));
    CHECK(has(all, "routering.json"));
}

TEST_CASE("what a table changes is told member by member") {
    CHECK(table_changes(table, table).empty());
    CHECK(table_changes(table, table + " \n").empty());
    const auto rule = replaced(table, "[]", R"([{"als":{},"eerste":"landelijk"}])");
    CHECK(table_changes(table, rule) ==
          std::vector<std::string>{R"(rule 01: was absent, is {"als":{},"eerste":"landelijk"})"});
    CHECK(table_changes(table, replaced(table, "GM0599", "GM0600")).size() == 2);
}
