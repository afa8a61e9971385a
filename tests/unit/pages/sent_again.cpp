// What comes after a report was sent: who comes back finds no word of it, its code for ten minutes, and no
// code at all where there is no mailbox.
#include "tests/unit/pages/site.hpp"

using namespace site;

namespace {

std::string sending(const http::response& check) {
    return typed::body(and_also(shown::fields(check.content()), "stap", "versturen"));
}

}  // namespace

TEST_CASE("sent is sent: no step of a stored report shows a word of it, and after ten minutes no code") {
    const bool mailbox = GENERATE(true, false);
    CAPTURE(mailbox);
    server at({"en"}, mailbox);
    const auto check = at.check(full_at_work());
    const auto bytes = sending(check);
    const auto fields_of = shown::fields(check.content());
    const auto first = at.post(bytes);
    REQUIRE(first.status == 200);
    const auto code = shown::receipt(first.content());
    CHECK(code.empty() != mailbox);
    const auto silent = [&](const http::response& page, unsigned status) {
        CHECK(page.status == status);
        CHECK(says(page, "This was sent already"));
        CHECK_FALSE(says(page, "merk-"));
        CHECK(shown::fields(page.content()).empty());
        CHECK(shown::receipt(page.content()).empty());
        CHECK_FALSE(says(page, "Rotterdam"));
    };
    const auto everywhere = [&] {
        for (const auto* step : {"begin", "vragen", "controle", "", "onzin"}) {
            CAPTURE(step);
            silent(at.step(fields_of, step), 200);
            // As the page before posted it, without a seed.
            silent(at.step(without(without(fields_of, "zaad"), "herkomst"), step), 200);
        }
        for (const auto* button : {"zonder-erbij", "zonder-weg"})
            silent(at.post(typed::body(and_also(fields_of, button, "rotterdam"))), 200);
        silent(at.step(with(fields_of, "terugweg", "x"), "versturen"), 409);
        silent(at.post(bytes + "&wie=merk-ander"), 409);
        auto german = at.post(typed::body(and_also(fields_of, "stap", "vragen")), "/en/melden");
        silent(german, 200);
    };
    everywhere();
    CHECK(shown::receipt(at.post(bytes).content()) == code);
    at.clock.at += 599;
    CHECK(shown::receipt(at.post(bytes).content()) == code);
    at.clock.at += 1;
    silent(at.post(bytes), 200);
    everywhere();
    CHECK(at.stored() == 1);
}

TEST_CASE("a confirmation that was cut off by a restart can be had once more, not that of another day") {
    server at;
    const auto bytes = sending(at.check(full()));
    const auto first = at.post(bytes);
    at.clock.at += 3600;
    at.open_pages(*at.store, *at.registry);
    CHECK(at.post(bytes).content() == first.content());
    at.clock.at += 600;
    CHECK(says(at.post(bytes), "This was sent already"));
    at.clock.put("2026-11-20");
    at.open_pages(*at.store, *at.registry);
    CHECK(says(at.post(bytes), "This was sent already"));
}

TEST_CASE(
    "no mailbox: no code, no question about one, no seed, and no date of an answer without a way to give "
    "it") {
    server at({"en"}, false);
    auto given = full();
    for (const auto* name : {"telefoon", "email"}) given = without(given, name);
    const auto questions = at.step(given, "vragen");
    CHECK(says(questions, "Give a number or address that only you can see and hear."));
    for (const auto& page : {questions, at.check(given), at.send(at.check(given))}) {
        CHECK(page.status == 200);
        for (const auto* word :
             {" code", "Your code", "mailbox", "You get an answer", "herkomst", "terugweg"}) {
            CAPTURE(word);
            CHECK_FALSE(says(page, word));
        }
    }
    const auto derived = at.mailboxes.derived();
    const auto reachable = at.send(at.check(full()));
    CHECK(says(reachable, "You get an answer"));
    CHECK(at.mailboxes.derived() == derived);
    for (const auto& id : at.ids_at("rotterdam")) {
        CHECK_FALSE(at.row("rotterdam", id).mailbox);
        CHECK_FALSE(at.opened("rotterdam", id).postbus());
    }
    // What a page of the other setting would ask for changes nothing.
    CHECK(at.step(with(shown::fields(at.check(with(given, "wie", "x")).content()), "terugweg", "ja"),
                  "versturen")
              .status == 200);
    CHECK(at.mailboxes.derived() == derived);
}
