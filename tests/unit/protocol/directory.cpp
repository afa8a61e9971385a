#include "crypto/protocol/directory.hpp"

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/protocol/issue.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using world::country;
using world::this_week;
using world::today;

namespace {

using tokens = std::vector<std::string>;

}  // namespace

TEST_CASE("a desk has the keys that its stand lists and its lead signed, and no other") {
    const country land;
    const auto listed = land.key("zorg", this_week).document,
               unlisted = land.key("zorg", this_week.next()).document;
    const auto strange = land.key("zorg", this_week.next(2), &land.stranger).document;
    auto elsewhere = land.key("rotterdam", this_week.next(3), &land.lead("zorg")).document;
    const auto stand = land.stand("zorg", nullptr, {listed, strange, elsewhere});
    directory d(land.gids());
    REQUIRE(d.take(stand.token, tokens{unlisted.token, elsewhere.token, strange.token, listed.token}, {})
                .has_value());
    REQUIRE(d.desk("zorg")->keys.size() == 1);
    CHECK(d.desk("zorg")->keys[0].hash == listed.hash);
    CHECK(d.desk("rotterdam") == nullptr);
    CHECK(d.usable_key("zorg", today, "landelijk")->public_key == listed.public_key);
    CHECK(d.usable_key("zorg", today + 7, "landelijk") == nullptr);
    CHECK(d.usable_key("rotterdam", today, "landelijk") == nullptr);
}

TEST_CASE("a stand counts only under a lead of its own desk") {
    const country land;
    directory d(land.gids());
    auto by = [&](std::string_view desk, const crypto::sign_keys& signer) {
        auto stand = land.stand("zorg", nullptr, {}, [&](protocol::stand& s) { s.loket = desk; });
        sign_document(stand, signer);
        return stand.token;
    };
    CHECK(refusal(d.take(by("zorg", land.stranger), {}, {})) == errc::bad_signature);
    CHECK(refusal(d.take(by("zorg", land.root), {}, {})) == errc::bad_signature);
    CHECK(refusal(d.take(by("zorg", land.lead("rotterdam")), {}, {})) == errc::key_desk);
    CHECK(refusal(d.take(by("utrecht", land.lead("zorg")), {}, {})) == errc::key_desk);
    CHECK(d.desk("zorg") == nullptr);
    CHECK(d.desk("utrecht") == nullptr);
    CHECK(d.take(by("zorg", land.lead("zorg")), {}, {}).has_value());
    const auto far = land.stand("zorg", nullptr, {}, [](protocol::stand& s) { s.tot = s.datum + 36; });
    CHECK(refusal(d.take(far.token, {}, {})) == errc::stand_term);
    CHECK(d.desk("zorg")->stand->tot != far.tot);
}

TEST_CASE("one lead of two desks signs for each apart") {
    const country land;
    auto gids =
        land.gids(nullptr, [&](protocol::gids& g) { g.loketten[1].beheerders = g.loketten[0].beheerders; });
    directory d(gids);
    auto stand = land.stand("zorg", nullptr, {});
    sign_document(stand, land.lead("rotterdam"));
    CHECK(d.take(stand.token, {}, {}).has_value());
    CHECK(d.desk("zorg") != nullptr);
    CHECK(d.desk("rotterdam") == nullptr);
}

TEST_CASE("two keys for one week are none; the same key twice is one") {
    const country land;
    const auto one = land.key("landelijk", this_week).document,
               two = land.key("landelijk", this_week).document;
    const auto old = land.key("landelijk", this_week.next(-1)).document;
    const auto stand = land.stand("landelijk", nullptr, {one, two, old});
    directory doubled(land.gids());
    REQUIRE(doubled.take(stand.token, tokens{one.token, two.token}, {}).has_value());
    CHECK(doubled.desk("landelijk")->key(this_week) == nullptr);
    CHECK(doubled.usable_key("landelijk", today, "landelijk") == nullptr);
    CHECK(refusal(doubled.accepted_key("landelijk", this_week, today, "landelijk")) == errc::key_missing);

    directory repeated(land.gids());
    REQUIRE(repeated.take(stand.token, tokens{one.token, old.token, one.token}, {}).has_value());
    CHECK(repeated.usable_key("landelijk", today, "landelijk")->hash == one.hash);
}

TEST_CASE("a server takes a key from the day before its week to the Monday after") {
    const country land;
    const auto key = land.key("zorg", this_week).document;
    directory d(land.gids());
    REQUIRE(d.take(land.stand("zorg", nullptr, {key}).token, tokens{key.token}, {}).has_value());
    const day monday = this_week.monday;
    auto judged = [&](day when) { return refusal(d.accepted_key("zorg", this_week, when, "landelijk")); };
    CHECK(judged(monday - 2) == errc::key_window);
    CHECK(judged(monday - 1) == std::nullopt);
    CHECK(judged(monday + 7) == std::nullopt);
    CHECK(judged(monday + 8) == errc::key_window);
    CHECK(refusal(d.accepted_key("zorg", this_week.next(), monday, "landelijk")) == errc::key_missing);
    CHECK(refusal(d.accepted_key("rotterdam", this_week, monday, "landelijk")) == errc::key_missing);
    CHECK(refusal(d.accepted_key("utrecht", this_week, monday, "landelijk")) == errc::key_missing);
    // A writer seals to the week of its own today alone.
    CHECK(d.usable_key("zorg", monday - 1, "landelijk") == nullptr);
    CHECK(d.usable_key("zorg", monday, "landelijk") != nullptr);
    CHECK(d.usable_key("zorg", monday + 6, "landelijk") != nullptr);
    CHECK(d.usable_key("zorg", monday + 7, "landelijk") == nullptr);
}

TEST_CASE("a desk whose stand has ended has no key, standaard's newest begun key serves on") {
    const country land;
    const auto ends = [](protocol::stand& s) { s.tot = s.datum; };
    for (const char* desk : {"zorg", "landelijk"}) {
        CAPTURE(desk);
        const bool standaard = std::string_view(desk) == "landelijk";
        const auto old = land.key(desk, this_week.next(-1)).document,
                   now = land.key(desk, this_week).document;
        const auto later = land.key(desk, this_week.next()).document;
        directory d(land.gids());
        REQUIRE(d.take(land.stand(desk, nullptr, {old, now, later}, ends).token,
                       tokens{later.token, old.token, now.token}, {})
                    .has_value());
        CHECK_FALSE(d.desk(desk)->in_force(today));
        CHECK((d.usable_key(desk, today, "landelijk") != nullptr) == standaard);
        CHECK(d.accepted_key(desk, this_week, today, "landelijk").has_value() == standaard);
        // Long after: the newest that has begun, under its own epoch, and no older one.
        const day far = today + 400;
        CHECK((d.usable_key(desk, far, "landelijk") != nullptr) == standaard);
        CHECK(d.accepted_key(desk, this_week.next(), far, "landelijk").has_value() == standaard);
        CHECK(refusal(d.accepted_key(desk, this_week, far, "landelijk")) == errc::key_window);
        CHECK(refusal(d.accepted_key(desk, this_week, this_week.monday + 7, "landelijk")) ==
              errc::key_missing);
        if (standaard) {
            CHECK(d.usable_key(desk, today, "landelijk")->hash == now.hash);
            CHECK(d.usable_key(desk, far, "landelijk")->hash == later.hash);
        }
        // Before any of them began there is none.
        CHECK(d.usable_key(desk, this_week.next(-1).monday - 1, "landelijk") == nullptr);
    }
}

TEST_CASE("a member is one whom the stand lists, a lead signed, and whose days hold today") {
    const country land;
    const auto lid = crypto::uuid::random(), other = crypto::uuid::random(), third = crypto::uuid::random();
    auto member = [&](const crypto::uuid& id, day from, const crypto::sign_keys& signer) {
        return issue_membership("zorg", id, crypto::sign_keys::random().public_key,
                                crypto::box_keys::random().public_key, "medewerker", from, signer);
    };
    const auto good = member(lid, today - 10, land.lead("zorg")),
               early = member(other, today + 1, land.lead("zorg"));
    const auto strange = member(third, today, land.stranger),
               unlisted = member(third, today, land.lead("zorg"));
    const auto stand = land.stand(
        "zorg", nullptr, {}, [&](protocol::stand& s) { s.leden = {good.hash, early.hash, strange.hash}; });
    directory d(land.gids());
    REQUIRE(
        d.take(stand.token, {}, tokens{unlisted.token, good.token, early.token, strange.token}).has_value());
    CHECK(d.desk("zorg")->members.size() == 2);
    CHECK(d.member("zorg", lid, today)->hash == good.hash);
    CHECK(d.member("zorg", lid, good.van) != nullptr);
    CHECK(d.member("zorg", lid, good.van - 1) == nullptr);
    CHECK(d.member("zorg", other, today) == nullptr);
    CHECK(d.member("zorg", other, today + 1) != nullptr);
    CHECK(d.member("zorg", third, today) == nullptr);
    CHECK(d.member("rotterdam", lid, today) == nullptr);
    CHECK(d.member("zorg", lid, stand.tot + 1) == nullptr);  // the stand has ended

    // A membership of another desk is none here, though this desk's lead signed and listed it.
    auto elsewhere = member(third, today, land.lead("zorg"));
    elsewhere.loket = "rotterdam";
    sign_document(elsewhere, land.lead("zorg"));
    const auto mixed =
        land.stand("zorg", nullptr, {}, [&](protocol::stand& s) { s.leden = {elsewhere.hash}; });
    directory other_desk(land.gids());
    REQUIRE(other_desk.take(mixed.token, {}, tokens{elsewhere.token}).has_value());
    CHECK(other_desk.desk("zorg")->members.empty());

    // A membership's own last day.
    const auto ending = member(lid, today - membership_days, land.lead("zorg"));
    directory late(land.gids());
    const auto lists = land.stand("zorg", nullptr, {}, [&](protocol::stand& s) { s.leden = {ending.hash}; });
    REQUIRE(late.take(lists.token, {}, tokens{ending.token, ending.token}).has_value());
    CHECK(late.member("zorg", lid, today) != nullptr);
    CHECK(late.member("zorg", lid, today + 1) == nullptr);

    // Two memberships for one officer: it is not clear which keys count.
    const auto twice =
        land.stand("zorg", nullptr, {}, [&](protocol::stand& s) { s.leden = {good.hash, ending.hash}; });
    directory doubled(land.gids());
    REQUIRE(doubled.take(twice.token, {}, tokens{good.token, ending.token}).has_value());
    CHECK(doubled.member("zorg", lid, today) == nullptr);
    CHECK(doubled.member("zorg", lid, today + 1) != nullptr);
}

TEST_CASE("the next directory follows by number, hash and routing table") {
    const country land;
    const auto first = land.gids(), second = land.gids(&first), third = land.gids(&second);
    CHECK(follows(nullptr, first, land.table).has_value());
    CHECK(follows(&first, second, land.table).has_value());
    CHECK(refusal(follows(nullptr, second, land.table)) == errc::gids_chain);
    CHECK(refusal(follows(&first, third, land.table)) == errc::gids_chain);
    CHECK(refusal(follows(&second, first, land.table)) == errc::gids_older);
    CHECK(refusal(follows(&second, second, land.table)) == errc::gids_older);
    const auto fork = land.gids(&first, [](gids& g) { g.tot = g.tot + 1; });
    CHECK(refusal(follows(&second, fork, land.table)) == errc::gids_forked);
    const auto astray = land.gids(&first, [](gids& g) { g.vorige = crypto::hash_text({}); });
    CHECK(refusal(follows(&first, astray, land.table)) == errc::gids_chain);
    CHECK(refusal(follows(&first, second, land.table + " ")) == errc::routing_hash);
    auto with_table = [&](std::string table) {
        auto next =
            land.gids(&first, [&](gids& g) { g.routering = crypto::hash_text(crypto::as_bytes(table)); });
        return refusal(follows(&first, next, table));
    };
    CHECK(with_table(land.table + " ") == std::nullopt);
    CHECK(with_table("{") == errc::bad_json);
    CHECK(with_table("{}") == errc::bad_routing);
    CHECK(
        with_table(R"({"versie":1,"datum":"2026-11-01","standaard":"utrecht","gemeenten":{},"regels":[]})") ==
        errc::gids_desk);
    CHECK(with_table(R"({"versie":1,"datum":"2026-11-01","standaard":"landelijk","gemeenten":{},
                         "regels":[{"als":{},"eerste":"zorg","mede":["kmar"]}]})") == errc::gids_desk);
    CHECK(with_table(R"({"versie":1,"datum":"2026-11-01","standaard":"landelijk",
                         "gemeenten":{"GM0001":{"regio":"utrecht"}},"regels":[]})") == errc::gids_desk);
}

TEST_CASE("the next stand follows by number and hash") {
    const country land;
    const auto first = land.stand("zorg", nullptr, {}), second = land.stand("zorg", &first, {}),
               third = land.stand("zorg", &second, {});
    CHECK(follows(nullptr, first).has_value());
    CHECK(follows(&first, second).has_value());
    CHECK(refusal(follows(nullptr, second)) == errc::stand_chain);
    CHECK(refusal(follows(&first, third)) == errc::stand_chain);
    CHECK(refusal(follows(&third, second)) == errc::stand_older);
    const auto fork = land.stand("zorg", &first, {}, [](stand& s) { s.tot = s.tot + 1; });
    CHECK(refusal(follows(&second, fork)) == errc::stand_forked);
    const auto astray = land.stand("zorg", &first, {}, [](stand& s) { s.vorige = crypto::hash_text({}); });
    CHECK(refusal(follows(&first, astray)) == errc::stand_chain);
}
