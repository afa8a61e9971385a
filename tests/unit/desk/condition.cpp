// What baken desk status says, on a fixed Wednesday.
#include "desk/condition.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/desk/made_desk.hpp"

using Catch::Matchers::Contains;
using words = std::vector<std::string>;

namespace {

desk::condition found(const made_desk& made, std::size_t who,
                      const std::function<void(desk::standing&)>& change = {}) {
    auto seen = made.seen_by(made.officers[who]);
    if (change) change(seen);
    return desk::condition_of(seen, "rotterdam", made.key_file(made.officers[who]), made_desk::today,
                              [](const auto&) { return false; });
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
    CHECK_THAT(desk::condition_text(of), Contains("no member of desk rotterdam") && !Contains("Members"));
    auto object =
        protocol::parse_object(desk::condition_json(of).substr(0, desk::condition_json(of).size() - 1));
    REQUIRE(object);
    CHECK(object->at("sleutels").is_null());
    CHECK(object->at("inKracht") == false);
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
