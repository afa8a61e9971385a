// What baken desk status says, on a fixed Wednesday.
#include "client/lead/condition.hpp"

#include <catch2/catch.hpp>

#include "client/lead/fingerprints.hpp"
#include "crypto/hash.hpp"
#include "tests/unit/desk/made_desk.hpp"

using Catch::Matchers::Contains;
using words = std::vector<std::string>;

namespace {

desk::condition found(
    const made_desk& made, std::size_t who, const std::function<void(desk::standing&)>& change = {},
    const desk::local_names& names = {},
    const std::function<bool(const std::string&)>& compared = [](const auto&) { return false; }) {
    auto seen = made.seen_by(made.officers[who]);
    if (change) change(seen);
    return desk::condition_of(seen, "rotterdam", made.key_file(made.officers[who]), made_desk::today, names,
                              compared);
}

words codes(const desk::condition& of) {
    words out;
    for (const auto& one : of.warnings) out.push_back(one.code);
    return out;
}

const words four_weeks{"2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"};

}  // namespace

TEST_CASE("a desk in order has no warnings, and says how long each thing lasts") {
    made_desk made(four_weeks);
    auto of = found(made, 0);
    CHECK(codes(of).empty());
    CHECK(of.weeks == 4);
    CHECK(of.first_missing.text() == "2027-W03");
    CHECK(of.leads_enrolled == 2);
    CHECK(of.leads_named == 2);
    CHECK(of.named_lead);
    CHECK(*of.stand_tot == made_desk::today + 35);
    REQUIRE(of.people.size() == 3);
    CHECK(of.people[0].myself);
    CHECK_FALSE(of.people[1].compared);
    auto text = desk::condition_text(of);
    CHECK_THAT(text, Contains("4 weeks, 2026-W52 to 2027-W02; first without: 2027-W03") &&
                         Contains(of.this_mark) && Contains("number 1, until 2027-01-27 (35 days)") &&
                         Contains("You open    2 keys: 2026-W51, 2026-W52\n") &&
                         Contains("Not yet     3 keys: 2026-W53 to 2027-W02") && !Contains("Warning"));
}

TEST_CASE("what runs out soon is warned of") {
    struct row {
        std::function<void(desk::standing&)> change;
        words codes;
    };
    const auto today = made_desk::today;
    for (const auto& [change, codes_wanted] : {
             row{[&](auto& s) { s.stand->tot = today + 13; }, {"stand"}},
             row{[&](auto& s) { s.stand->tot = today + 14; }, {}},
             row{[&](auto& s) { s.stand->tot = today - 1; }, {"stand"}},
             row{[&](auto& s) { s.gids_tot = today + 13; }, {"gids"}},
             row{[&](auto& s) { s.keys.pop_back(); }, {"sleutels"}},
             row{[&](auto& s) { s.keys.erase(s.keys.begin() + 1); }, {"sleutels"}},
             row{[&](auto& s) { s.standaard = "rotterdam"; }, {"sleutels"}},
             row{[&](auto& s) { s.members[2].tot = today + 27; }, {"lidmaatschap"}},
             row{[&](auto& s) { s.members[2].tot = today + 28; }, {}},
             row{[&](auto& s) { s.gone.push_back("x"); }, {"lidmaatschap"}},
             row{[&](auto& s) { s.leads.pop_back(); }, {"beheerders"}},
             row{[&](auto& s) { s.members.erase(s.members.begin()); }, {"beheerders"}},
             row{[&](auto& s) { s.keys[1].wrap.reset(); }, {"sleutel-ontbreekt"}},
             row{[&](auto& s) { s.keys[1].wrap->back() ^= 1; }, {"sleutel-misplaatst"}},
         }) {
        made_desk made(four_weeks);
        CHECK(codes(found(made, 2, change)) == codes_wanted);
    }
}

TEST_CASE("an officer sees which keys open, which not yet, which not, and why") {
    made_desk made({"2026-W50", "2026-W51", "2026-W52", "2026-W53"});
    made.replace("2026-W52");
    made.spoil("2026-W51", made.officers[2]);
    auto of = found(made, 2, [](auto& s) { s.keys[0].wrap.reset(); });
    words how;
    auto object =
        *protocol::parse_object(desk::condition_json(of).substr(0, desk::condition_json(of).size() - 1));
    for (const auto& one : object.at("tijdvakken").as_array()) {
        const auto& e = one.as_object();
        how.push_back(std::string(e.at("epoch").as_string()) + " " + std::string(e.at("staat").as_string()) +
                      (e.at("inStand").as_bool() ? "" : " -"));
    }
    std::sort(how.begin(), how.end());
    CHECK(how == words{"2026-W50 ontbreekt", "2026-W51 misplaatst", "2026-W52 opent", "2026-W52 opent -",
                       "2026-W53 nog-niet"});
    CHECK(object.at("waarschuwingen").as_array().size() == 3);  // gap, misfit, few weeks
    CHECK_THAT(desk::condition_text(of), Contains("Never       1 keys: 2026-W51"));

    made.replace("2026-W53");  // the older key of a week to come is not counted: nothing is sealed to it
    CHECK_THAT(desk::condition_text(found(made, 2)), Contains("Not yet     1 keys: 2026-W53"));
}

TEST_CASE("who is no member is told so, and shown what is public") {
    made_desk made(four_weeks);
    auto of = found(made, 2, [](auto& s) {
        s.is_member = false;
        s.members.clear();
        s.keys.clear();
    });
    CHECK(codes(of) == words{"geen-lid"});
    CHECK_THAT(desk::condition_text(of),
               Contains("not know you as a member of desk rotterdam") && !Contains("Members"));
    auto object =
        protocol::parse_object(desk::condition_json(of).substr(0, desk::condition_json(of).size() - 1));
    REQUIRE(object);
    CHECK(object->at("sleutels").is_null());
    CHECK(object->at("inKracht") == false);
}

TEST_CASE("whom the server turned away for the time is never called no member") {
    made_desk made(four_weeks);
    auto of = found(made, 2, [](auto& s) {
        s.is_member = false;
        s.members.clear();
        s.other_time = "this machine's clock may be wrong: it says 2026-12-23 12:10:00 UTC; set it";
    });
    CHECK(codes(of) == words{"klok"});
    CHECK_THAT(desk::condition_text(of), Contains("Warning: This machine's clock may be wrong: it says") &&
                                             !Contains("know you as a member"));
}

TEST_CASE("where the standing ran out nobody is a member, and that is what is said") {
    made_desk made(four_weeks);
    auto of = found(made, 2, [](auto& s) {
        s.is_member = false;
        s.members.clear();
        s.stand->tot = made_desk::today - 1;
    });
    CHECK(codes(of) == words{"stand"});
    CHECK_THAT(desk::condition_text(of),
               Contains("ran out on 2026-12-22; a lead renews it: baken desk keys") &&
                   !Contains("know you as a member"));
}

TEST_CASE("every verb's line on what ends: a standing under 14 days, a membership under 28") {
    made_desk made(four_weeks);
    auto stand = *made.standing.stand;
    const auto today = made_desk::today;
    stand.tot = today + 14;
    CHECK(desk::told_end_of_standing(stand, "rotterdam", today).empty());
    stand.tot = today + 13;
    CHECK_THAT(desk::told_end_of_standing(stand, "rotterdam", today),
               Contains("ends on 2027-01-05, in 13 days"));
    stand.tot = today - 1;
    CHECK_THAT(desk::told_end_of_standing(stand, "rotterdam", today), Contains("ran out on 2026-12-22"));
    CHECK(desk::told_end_of_membership(today + 28, "lid", today).empty());
    CHECK_THAT(desk::told_end_of_membership(today + 27, "lid", today), Contains("--replaces lid"));
}

TEST_CASE("people are shown with their local name, and with each fingerprint that can be theirs") {
    made_desk made(four_weeks);
    const auto& [lead, other, officer] = std::tie(made.officers[0], made.officers[1], made.officers[2]);
    desk::local_names names;
    names.give(officer.lid, "anna");
    const auto digits = crypto::fingerprint(officer.sign.public_key, officer.box.public_key);
    auto of = found(made, 0, {}, names, [&](const std::string& what) { return what == digits; });
    CHECK(of.people[2].name == "anna");
    CHECK(of.people[2].compared);
    CHECK_FALSE(of.people[1].compared);
    CHECK_THAT(desk::condition_text(of), Contains(officer.lid.text() + "  anna"));
    // Their own is with their own lead key, another lead's with the one that is left.
    CHECK(of.people[0].fingerprints ==
          words{crypto::fingerprint(lead.sign.public_key, lead.box.public_key, made.lead.public_key)});
    CHECK(of.people[1].fingerprints ==
          words{crypto::fingerprint(other.sign.public_key, other.box.public_key, made.standing.leads[1])});
    // Who is no lead cannot tell the two apart.
    CHECK(found(made, 2).people[1].fingerprints.size() == 2);
}

TEST_CASE("a yes of before counts on, and one about the keys counts for a membership, not for a card") {
    made_desk made(four_weeks);
    const auto keys = made.key_file(made.officers[0]);
    const auto leads = desk::lead_keys_of(made.standing.leads, keys);
    auto one = desk::person_of(made.standing.members[1], leads);
    const auto remembered = [&](const desk::compared& who, const std::string& line) {
        return desk::was_compared(
                   who, [&](const std::string& what) -> client::result<bool> { return what == line; })
            .value();
    };
    const auto& member = made.standing.members[1];
    const auto before = crypto::fingerprint_1(member.sign_key, member.box_key);
    CHECK(remembered(one, before + " beheerder"));
    CHECK_FALSE(remembered(one, before));  // compared as an officer
    CHECK(remembered(one, one.keys + " beheerder"));
    one.card = true;
    CHECK_FALSE(remembered(one, one.keys + " beheerder"));
    CHECK(remembered(one, before + " beheerder"));
    CHECK(remembered(one, one.fingerprints.front() + " beheerder"));
}

TEST_CASE("weeks that follow one another are told together") {
    auto told = [](const words& weeks) {
        std::vector<protocol::epoch> out;
        for (const auto& week : weeks) out.push_back(*protocol::epoch::parse(week));
        return desk::told_weeks(std::move(out));
    };
    CHECK(told({}).empty());
    CHECK(told({"2027-W01", "2026-W52", "2026-W53", "2026-W53", "2027-W03"}) ==
          "2026-W52 to 2027-W01, 2027-W03");
    CHECK(told({"2026-W53", "2027-W01"}) == "2026-W53, 2027-W01");
}
