// Who joins and who leaves, and what becomes of the keys: on a fixed Wednesday, with real keys.
#include "client/lead/change.hpp"

#include <catch2/catch.hpp>

#include "client/lead/leaving.hpp"
#include "crypto/hash.hpp"
#include "tests/unit/desk/made_desk.hpp"

using Catch::Matchers::Contains;
using weeks = std::vector<std::string>;

namespace {

desk::prepared prepared(const made_desk& made, const desk::change& change, const made_desk::officer& by) {
    auto done = desk::prepare(made.standing, change, made.held(by), "rotterdam", made.lead, made_desk::today);
    REQUIRE(done);
    return std::move(*done);
}

weeks texts(const std::vector<protocol::epoch>& of) {
    weeks out;
    for (auto week : of) out.push_back(week.text());
    return out;
}

// The weeks whose handed-in wraps open for this officer.
weeks opened(const desk::prepared& made, const made_desk::officer& who) {
    weeks out;
    for (const auto& issued : made.sleutels)
        for (const auto& [lid, wrap] : issued.wraps)
            if (lid == who.lid && protocol::open_wrap(wrap.view(), who.box, issued.key))
                out.push_back(issued.key.epoch.text());
    return out;
}

weeks listed(const desk::prepared& made, const desk::standing& before) {
    weeks out;
    auto add = [&](const protocol::epoch_key& key) {
        auto& all = made.listed_keys;
        if (std::find(all.begin(), all.end(), key.hash) != all.end()) out.push_back(key.epoch.text());
    };
    for (const auto& one : before.keys) add(one.key);
    for (const auto& one : made.sleutels) add(one.key);
    return out;
}

}  // namespace

TEST_CASE("when somebody leaves, every week from this one on has a new key, for those who stay") {
    made_desk made({"2026-W51", "2026-W52", "2026-W53", "2027-W01"});
    desk::change change;
    change.leaving = {made.officers[2].lid};
    auto done = prepared(made, change, made.officers[0]);
    CHECK(texts(done.fresh) == weeks{"2026-W52", "2026-W53", "2027-W01"});
    CHECK(listed(done, made.standing) == weeks{"2026-W51", "2026-W52", "2026-W53", "2027-W01"});
    CHECK(done.listed_members.size() == 2);
    for (const auto* stays : {&made.officers[0], &made.officers[1]})
        CHECK(opened(done, *stays) == weeks{"2026-W52", "2026-W53", "2027-W01"});
    CHECK(opened(done, made.officers[2]).empty());
    for (const auto& old : made.standing.keys)
        if (old.key.epoch.text() != "2026-W51")
            CHECK(std::find(done.listed_keys.begin(), done.listed_keys.end(), old.key.hash) ==
                  done.listed_keys.end());
}

TEST_CASE("a membership that ended by its term changes the keys just so") {
    made_desk made({"2026-W51", "2026-W52", "2026-W53"});
    desk::change change;
    change.weeks = 3;
    CHECK(texts(prepared(made, change, made.officers[0]).fresh) == weeks{"2027-W01"});
    made.standing.members.pop_back();
    made.standing.gone.push_back("medewerker");
    auto done = prepared(made, change, made.officers[0]);
    CHECK(texts(done.fresh) == weeks{"2026-W52", "2026-W53", "2027-W01"});
    CHECK(opened(done, made.officers[2]).empty());
}

TEST_CASE("where nobody stays nothing is sealed to the desk any more") {
    made_desk made({"2026-W51", "2026-W52", "2026-W53"});
    desk::change change;
    for (const auto& officer : made.officers) change.leaving.insert(officer.lid);
    auto done = prepared(made, change, made.officers[0]);
    CHECK(done.fresh.empty());
    CHECK(listed(done, made.standing) == weeks{"2026-W51"});
    CHECK(done.listed_members.empty());
}

TEST_CASE("who joins gets the weeks from theirs on, and older ones only where that is asked") {
    made_desk made({"2026-W50", "2026-W51", "2026-W52", "2026-W53"});
    made.replace("2026-W52");  // two keys of this week at hand, the older not listed
    auto fresh = made.newcomer();
    desk::change change;
    change.joining.push_back(made.membership_of(fresh));
    auto done = prepared(made, change, made.officers[0]);
    CHECK(texts(done.passed_on) == weeks{"2026-W52"});
    CHECK(texts(done.fresh) == weeks{"2026-W53"});  // its wraps are not handed out yet
    CHECK(opened(done, fresh) ==
          weeks{"2026-W52", "2026-W53"});  // the older key by itself, the coming one anew
    REQUIRE(done.leden.size() == 1);
    REQUIRE(done.leden[0].second.size() == 1);  // the listed key of this week
    CHECK(done.leden[0].second[0].first.text() == "2026-W52");
    CHECK(done.listed_members.size() == 4);

    change.all_epochs = true;
    CHECK(texts(prepared(made, change, made.officers[0]).passed_on) ==
          weeks{"2026-W50", "2026-W51", "2026-W52"});
}

TEST_CASE("a secret that is not that of the signed key is never passed on") {
    made_desk made({"2026-W51", "2026-W52"});
    made.spoil("2026-W52", made.officers[0]);
    desk::change change;
    change.joining.push_back(made.membership_of(made.newcomer()));
    change.all_epochs = true;
    CHECK(made.held(made.officers[0]).spoiled == weeks{"2026-W52"});
    auto done = prepared(made, change, made.officers[0]);
    CHECK(texts(done.passed_on) == weeks{"2026-W51"});
    CHECK(texts(done.fresh) == weeks{"2026-W52"});  // so that the one who joins can read this week at all
}

TEST_CASE("an open week whose secret this lead does not hold gets a new key, one to come does not") {
    made_desk made({"2026-W51", "2026-W52", "2026-W53", "2027-W01"});
    made.spoil("2026-W52", made.officers[0]);
    auto done = prepared(made, {}, made.officers[0]);
    CHECK(texts(done.fresh) == weeks{"2026-W52"});
    CHECK(listed(done, made.standing) == weeks{"2026-W51", "2026-W53", "2027-W01", "2026-W52"});
    for (const auto& one : made.officers) CHECK(opened(done, one) == weeks{"2026-W52"});
    CHECK(prepared(made, {}, made.officers[1]).fresh.empty());
}

TEST_CASE("of two keys for a week neither counts: both are replaced") {
    made_desk made({"2026-W52", "2026-W53", "2026-W53"});
    auto done = prepared(made, {}, made.officers[0]);
    CHECK(texts(done.fresh) == weeks{"2026-W53"});
    CHECK(listed(done, made.standing) == weeks{"2026-W52", "2026-W53"});
}

TEST_CASE("a lost key is replaced in one step: the old one out, the new one with this week's secrets") {
    made_desk made({"2026-W51", "2026-W52", "2026-W53"});
    auto fresh = made.newcomer();
    desk::change change;
    change.joining.push_back(made.membership_of(fresh));
    change.leaving = {made.officers[2].lid};
    auto done = prepared(made, change, made.officers[0]);
    CHECK(texts(done.fresh) == weeks{"2026-W52", "2026-W53"});
    CHECK(texts(done.passed_on) == weeks{"2026-W52"});  // what was sealed to the old key still opens
    CHECK(opened(done, fresh) == weeks{"2026-W52", "2026-W53"});
    CHECK(done.leden[0].second.size() == 1);
    CHECK(opened(done, made.officers[2]).empty());
    CHECK(done.members.size() == 3);
}

TEST_CASE("what a lead signed who leaves is signed again, for those who were there") {
    made_desk made({"2026-W50", "2026-W51", "2026-W52"});
    made.officers[1].since = made_desk::today - 1;
    made.sign_memberships();
    desk::change change;
    change.leaving = {made.officers[2].lid};
    change.sign_again = true;
    auto other = crypto::sign_keys::random();
    auto done = desk::prepare(made.standing, change, made.held(made.officers[0]), "rotterdam", other,
                              made_desk::today);
    REQUIRE(done);
    CHECK(done->signed_again == 2 + 3);  // memberships and keys
    for (const auto& member : done->members) CHECK(member.signer == other.public_key);
    for (const auto& issued : done->sleutels) CHECK(issued.key.signer == other.public_key);
    CHECK(opened(*done, made.officers[0]) == weeks{"2026-W50", "2026-W51", "2026-W52", "2026-W52"});
    CHECK(opened(*done, made.officers[1]) == weeks{"2026-W52", "2026-W52"});  // was not there before
    CHECK(listed(*done, made.standing) == weeks{"2026-W50", "2026-W51", "2026-W52"});
    // The same keys: what is sealed to them opens as before.
    CHECK(done->sleutels[0].key.public_key == made.standing.keys[0].key.public_key);
}

TEST_CASE("a lead who may not look leaves what the stand lists as it is") {
    made_desk made({"2026-W52"});
    auto blind = made.standing;
    blind.is_member = false;
    blind.members.clear();
    blind.keys.clear();
    desk::change change;
    change.joining.push_back(made.membership_of(made.newcomer()));
    auto done = desk::prepare(blind, change, {}, "rotterdam", made.lead, made_desk::today);
    REQUIRE(done);
    CHECK(done->listed_members.size() == 4);
    CHECK(done->listed_keys == made.standing.stand->sleutels);
    CHECK(done->fresh.empty());
}

TEST_CASE("every fault of a revocation is told at once, with the members there are") {
    made_desk made({"2026-W52"});
    auto stranger = crypto::uuid::random();
    auto former = made.newcomer();
    made.standing.known.push_back(made.membership_of(former));
    const auto lid = [&](int i) { return made.officers[static_cast<std::size_t>(i)].lid; };

    std::vector<crypto::uuid> asked{lid(0), lid(1), stranger, former.lid};
    auto judged = desk::judge_leaving(made.standing, asked, lid(0), false);
    CHECK(judged.faults.size() == 2);
    CHECK(judged.myself);
    CHECK(judged.lead);
    CHECK(judged.already == std::vector{former.lid});
    auto told = desk::refusal_of(judged, made.standing, {}).sentence;
    CHECK_THAT(told, Contains(stranger.text()) && Contains("--last") && Contains(lid(2).text()));

    asked = {lid(0), lid(1)};
    CHECK(desk::judge_leaving(made.standing, asked, lid(2), true).faults.empty());
    asked = {lid(1), lid(2)};
    CHECK(desk::judge_leaving(made.standing, asked, lid(0), false).faults.empty());
}

TEST_CASE("a lost key is replaced by one of the same role, and by another one") {
    made_desk made({"2026-W52"});
    const auto& lead = made.officers[0].lid;
    auto fresh = crypto::uuid::random();
    auto judged = desk::judge_replaced(made.standing, lead, fresh, "beheerder");
    CHECK(judged.faults.empty());
    CHECK(judged.lead);
    CHECK(judged.members == std::set{lead});
    CHECK(desk::judge_replaced(made.standing, lead, fresh, "medewerker").faults.size() == 1);
    CHECK(desk::judge_replaced(made.standing, lead, lead, "beheerder").faults.size() == 1);
    CHECK(desk::judge_replaced(made.standing, fresh, fresh, "beheerder").faults.size() == 2);
}

TEST_CASE("fewer than two leads is said") {
    made_desk made({"2026-W52"});
    CHECK(desk::lead_shortage("rotterdam", made.standing.members, 2).empty());
    CHECK_THAT(desk::lead_shortage("rotterdam", made.standing.members, 1), Contains("1 named"));
    std::span<const protocol::membership> all(made.standing.members);
    CHECK_THAT(desk::lead_shortage("rotterdam", all.last(2), 2), Contains("1 leads enrolled"));
}

TEST_CASE("a regisseur gets no secret, and who becomes one reads no week from this one on") {
    made_desk made({"2026-W51", "2026-W52", "2026-W53"});
    auto& who = made.officers[2];
    desk::change change;
    change.joining.push_back(protocol::issue_membership("rotterdam", who.lid, who.sign.public_key,
                                                        who.box.public_key, "regisseur", made_desk::today,
                                                        made.lead));
    auto done = prepared(made, change, made.officers[0]);
    CHECK(texts(done.fresh) == weeks{"2026-W52", "2026-W53"});
    CHECK(opened(done, who).empty());
    CHECK(opened(done, made.officers[1]) == weeks{"2026-W52", "2026-W53"});
    for (const auto& [member, wraps] : done.leden) CHECK(wraps.empty());
}
