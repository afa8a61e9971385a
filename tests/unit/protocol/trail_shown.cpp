// A trail in words: which lines a query admits, and what is said of each.
#include "crypto/protocol/trail_shown.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/trail_actions.hpp"

using Catch::Matchers::Contains;
using namespace protocol;

namespace {

constexpr auto id = "4ccd263a-544a-4eef-a55c-133e116bf7d8";
constexpr auto lid = "578a34ec-49a8-455a-8131-3bbbd40ad51b";

trail_line line(std::string handeling, std::string object = id, std::string who = lid) {
    trail_line out;
    out.regel = 17;
    out.dag = day::parse("2026-11-30").value();
    out.lid = std::move(who);
    out.handeling = std::move(handeling);
    out.object = std::move(object);
    return out;
}

trail_query asking(std::string report, std::string member = {}, std::string what = {}) {
    trail_query out;
    out.report = std::move(report);
    out.member = std::move(member);
    out.what = std::move(what);
    return out;
}

}  // namespace

TEST_CASE("each thing that can be done has words, and each word of a code is another") {
    for (const auto& form : action_forms()) CHECK(words_of(form.code) != form.code);
    CHECK(words_of("iets-nieuws") == "iets-nieuws");
}

TEST_CASE("a line says who did what to which report, and whether it was done") {
    CHECK(in_words(line("melding-geopend"), "anna") ==
          std::string("2026-11-30      17  anna  opened report ") + id);
    CHECK(in_words(line("melding-geexporteerd", std::string(id) + " geweigerd=404"), "anna") ==
          std::string("2026-11-30      17  anna  exported report ") + id +
              " - refused (404), nothing was done");
    CHECK(in_words(line("logboek-gelezen", ""), "anna") == "2026-11-30      17  anna  read the trail");
    CHECK(in_words(line("stand-ingediend", "geweigerd=409"), "anna") ==
          "2026-11-30      17  anna  handed in a standing - refused (409), nothing was done");
    for (const auto& [who, words] : {std::pair{"beheerder:df3842507785a7d3", "the lead key df3842507785a7d3"},
                                     {"loket:zorg", "desk zorg"},
                                     {"melder", "the reporter"},
                                     {"bewaartermijn", "the server, by the retention term"},
                                     {"leestermijn", "the server, by the hour"}})
        CHECK_THAT(in_words(line("melding-vernietigd", id, who), "nobody"),
                   Contains(words) && !Contains("nobody"));
}

TEST_CASE("a query admits by report, member, act and day; what it leaves open asks nothing") {
    CHECK(trail_query{}.admits(line("melding-geopend")));
    CHECK_FALSE(trail_query{}.asks_anything());
    CHECK(asking("4ccd263a").admits(line("melding-geopend")));
    CHECK_FALSE(asking("4ccd263b").admits(line("melding-geopend")));
    CHECK(asking("", "578a").admits(line("melding-geopend")));
    CHECK_FALSE(asking("", "578b").admits(line("melding-geopend")));
    CHECK(asking("", "", "melding-geopend").admits(line("melding-geopend")));
    CHECK(asking("", "", "opened").admits(line("melding-geopend")));
    CHECK(asking("", "", "destroyed").admits(line("sleutels-vernietigd")));
    CHECK_FALSE(asking("", "", "opened").admits(line("melding-geexporteerd")));
    auto days = trail_query{};
    days.from = days.to = day::parse("2026-11-30");
    CHECK(days.admits(line("melding-geopend")));
    days.from = day::parse("2026-12-01");
    CHECK_FALSE(days.admits(line("melding-geopend")));
}

TEST_CASE("what cannot be asked for is refused, with what can") {
    CHECK(fault_of({}).empty());
    CHECK(fault_of(asking(id, lid, "exported")).empty());
    CHECK(fault_of(asking("", "beheerder:df38", "")).empty());
    CHECK_THAT(fault_of(asking("4cc")), Contains("'4cc' is not a report id"));
    CHECK_THAT(fault_of(asking("onzin")), Contains("not a report id"));
    CHECK_THAT(fault_of(asking("", "zoë")), Contains("'zoë' is not a member's id"));
    CHECK_THAT(fault_of(asking("", "", "gelezen")), Contains("melding-geexporteerd") && Contains("exported"));
    auto days = trail_query{};
    days.from = day::parse("2026-12-01");
    days.to = day::parse("2026-11-30");
    CHECK_THAT(fault_of(days), Contains("comes after the last"));
}
