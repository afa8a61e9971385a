// What the page before sending and the one after it offer: leaving out who investigates, the way back to each
// question, who else helps, and the proof.
#include "tests/unit/pages/site.hpp"

using namespace site;

TEST_CASE("who would rather not have the police is shown each that investigates, with a button of its own") {
    server at;
    const auto told = [](const http::response& page) {
        std::vector<std::string> out;
        const auto html = std::string_view(page.content());
        const auto from = html.find("You said: rather not the police.");
        if (from == html.npos) return out;
        const auto box = html.substr(from, html.find("</div>", from) - from);
        for (const auto& [tag, text] : shown::tags(box, "button")) {
            CHECK(shown::attribute(tag, "name") == "zonder-erbij");
            CHECK(shown::attribute(tag, "form") == "melding");
            out.push_back(shown::attribute(tag, "value").value());
        }
        return out;
    };
    for (const auto* role : {"burger", "professional"}) {
        const auto open = with(with(full(), "politie", "liever-niet"), "rol", role);
        const auto page = at.check(open);
        CHECK(told(page) == std::vector<std::string>{"rotterdam"});
        CHECK(says(page, "one organisation below is the police"));
        CHECK(says(page, "Leave out: "));
        CHECK(told(at.check(with(open, "politie", "ja"))).empty());
        // Leaving it out ends it.
        CHECK(told(at.check(and_also(shown::fields(page.content()), "zonder", "rotterdam"))).empty());
    }
}

TEST_CASE("each answer of the check page leads back to its own question") {
    server at;
    const auto page = at.check(full_at_work());
    std::map<std::string, std::string> leads;
    for (const auto& [tag, text] : shown::tags(page.content(), "button")) {
        const auto to = shown::attribute(tag, "formaction").value_or("");
        if (to.contains('#')) leads[to] = shown::attribute(tag, "value").value();
    }
    for (const auto& [name, value] : full_at_work()) {
        CAPTURE(name);
        const bool first = name == "rol" || name == "minderjarig";
        const auto step = leads["/en/melden#" + name];
        CHECK(step == (first ? "begin" : "vragen"));
        CHECK(says(at.step(shown::fields(page.content()), step), "id=\"" + name + "\""));
    }
}

TEST_CASE(
    "the confirmation: who helps is who fits, and other languages lead to a start without a word of it") {
    server at({"en", "nl"});
    auto given = with(with(full(), "rol", "slachtoffer"), "minderjarig", "ja");
    const auto child = at.send(at.check(given));
    CHECK(says(child, "tel:08000432"));
    CHECK(says(child, "tel:08000188"));
    const auto other = at.send(at.check(with(least(), "vorm", "orgaan")));
    CHECK_FALSE(says(other, "tel:08000432"));
    CHECK_FALSE(says(other, "tel:08000188"));
    for (const auto* page : {&child, &other}) {
        CHECK(shown::fields(page->content()).empty());
        for (const auto* link : {"/en/hulp", "/en/wegwijzer", "/nl"})
            CHECK(says(*page, "href=\"" + std::string(link) + "\""));
        CHECK(says(*page, "Close this tab when you are done"));
    }
}

TEST_CASE("the confirmation says je to a child whom it happened to, and u to everybody else") {
    server at({"nl", "en"});
    const auto sent = [&](const char* role, const char* minor) {
        const auto given = with(with(least(), "rol", role), "minderjarig", minor);
        const auto check = at.check(given);
        return at.post(typed::body(and_also(shown::fields(check.content()), "stap", "versturen")),
                       "/nl/melden");
    };
    const auto child = sent("slachtoffer", "ja");
    CHECK(says(child, "Wat je vertelde, is aangekomen"));
    for (const auto* formal : {" u ", " uw ", "U ", "Uw "}) CHECK_FALSE(says(child, formal));
    for (const auto& other : {sent("slachtoffer", "nee"), sent("burger", "ja")}) {
        CHECK(says(other, "Wat u vertelde, is aangekomen"));
        CHECK_FALSE(says(other, " je "));
    }
}

TEST_CASE("no page of a child's own form says u") {
    server at({"nl", "en"});
    const auto given =
        with(with(with(full(), "rol", "slachtoffer"), "minderjarig", "ja"), "politie", "liever-niet");
    const auto page = [&](const fields& all, const char* step) {
        return at.post(typed::body(and_also(all, "stap", step)), "/nl/melden");
    };
    for (const auto& one :
         {page(given, "vragen"), page(given, "controle"), page(with(given, "wat", ""), "controle")})
        for (const auto* formal : {" u ", " u.", " u,", " uw ", "U ", "Uw "}) {
            CAPTURE(formal, one.content());
            CHECK_FALSE(says(one, formal));
        }
}

TEST_CASE("a victim is told before sending what the police may do for who has no papers; nobody else is") {
    server at;
    for (const auto* role : {"slachtoffer", "burger", "professional"}) {
        CAPTURE(role);
        const auto page = at.check(with(full(role), "minderjarig", "nee"));
        CHECK(says(page, "This is the police."));
        CHECK(says(page, "Without residence papers:") == (std::string_view(role) == "slachtoffer"));
    }
}

TEST_CASE(
    "the proof names the day on the wall, also late in the evening of UTC, and the same one when shown "
    "again") {
    server at;
    at.clock.put("2026-11-30", 23 * 3600 + 1800);
    at.hand_in_own_keys(at.rotterdam, {"2026-W49"});
    at.hand_in_own_keys(at.landelijk, {"2026-W49"});
    const auto check = at.check(full_at_work());
    const auto done = at.send(check);
    REQUIRE(done.status == 200);
    CHECK(says(done, "1 December 2026"));
    CHECK_FALSE(says(done, "<dd>30 November 2026"));
    at.clock.put("2026-12-02", 22 * 3600 + 58 * 60);  // 23:58 here
    const auto late = at.check(full_at_work());
    CHECK(says(at.send(late), "2 December 2026"));
    at.clock.at += 300;
    CHECK(says(at.send(late), "2 December 2026"));
}
