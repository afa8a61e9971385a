// The list of all names for the script that offers them, and which pages may run it.
#include "server/pages/place_list.hpp"

#include "tests/checkout.hpp"
#include "tests/unit/pages/site.hpp"

using namespace site;

namespace {

const std::string plain =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

http::head asking(std::vector<http::field> fields = {}) {
    return head(http::method::get, "/plaatsen.json", std::move(fields));
}

std::string policy(const http::response& page) { return field(page, "Content-Security-Policy"); }

}  // namespace

TEST_CASE("the list holds every name, is small, and is not sent twice") {
    const pages::place_list list(gemeenten());
    const auto all = list.answer(asking());
    CHECK(all.status == 200);
    CHECK(all.content_type == "application/json");
    CHECK(field(all, "Cache-Control") == "public, max-age=3600");
    CHECK(all.content().starts_with("[\"Aa en Hunze\","));
    for (const auto* name : {"\"Borger-Odoorn\"", "\"S\303\272dwest-Frysl\303\242n\"", "\"'s-Gravenhage\"",
                             "\"Den Haag\"", "\"Drouwen\""})
        CHECK(all.content().contains(name));
    CHECK(list.answer(asking({{"accept-encoding", "br"}})).content().size() <= 40 * 1024);
    const auto again = list.answer(asking({{"if-none-match", field(all, "ETag")}}));
    CHECK(again.status == 304);
    CHECK(again.content().empty());
    CHECK(field(again, "ETag") == field(all, "ETag"));
}

TEST_CASE("the list is that of the data in force") {
    async::held<guide::gemeenten> held(gemeenten().get());
    const pages::place_list list(held);
    const auto before = list.answer(asking());
    CHECK(list.answer(asking()).shared_body == before.shared_body);
    auto again = guide::gemeenten::load(checkout::schema);
    REQUIRE(again);
    held.set(std::make_shared<const guide::gemeenten>(std::move(*again)));
    const auto after = list.answer(asking());
    CHECK(after.shared_body != before.shared_body);
    // The same names are the same file to who has it.
    CHECK(field(after, "ETag") == field(before, "ETag"));
}

TEST_CASE("the list is an address of the pages, the same whatever is asked of it") {
    server at({"nl", "en"});
    for (const auto by : {http::method::get, http::method::head})
        CHECK(at.pages->admit(head(by, "/plaatsen.json")).value() == 0);
    CHECK(at.pages->admit(head(http::method::post, "/plaatsen.json")).error().status == 405);
    for (const auto* other : {"/nl/plaatsen.json", "/plaatsen", "/Plaatsen.json"})
        CHECK(at.pages->admit(head(http::method::get, other)).error().status == 404);
    auto asked = asking();
    asked.query = "?zoek=bor";
    CHECK(run_now(at.pages->answer({asked, {}})).content() == at.get("/plaatsen.json").content());
}

TEST_CASE("a script runs where the place is asked for advice, and nowhere else") {
    server at;
    const auto script = "<script src=\"/vast/";
    const auto runs = [&](const http::response& page) {
        CHECK(says(page, script) == (policy(page) == plain + "; script-src 'self'; connect-src 'self'"));
        CHECK((says(page, "<script") || policy(page) == plain ||
               policy(page) == plain + "; connect-src 'self'"));
        return says(page, script);
    };
    for (const auto* path : {"/en/wegwijzer", "/en/hulp"}) CHECK(runs(at.get(path)));
    CHECK(runs(at.post("stap=antwoord", "/en/wegwijzer")));
    CHECK(runs(at.post("stap=antwoord&plaats=Bergen", "/en/hulp")));
    for (const auto* path :
         {"/en", "/en/melden", "/en/signalen", "/en/aangifte", "/en/oefenen", "/en/api", "/en/nergens"})
        CHECK_FALSE(runs(at.get(path)));
    CHECK_FALSE(runs(at.post("acuut=nee&ik-ben=burger&zie=arbeid&minderjarig=nee&plaats=Ede&stap=antwoord",
                             "/en/wegwijzer")));
    CHECK_FALSE(runs(at.post("%ff=x", "/en/wegwijzer")));
    CHECK_FALSE(runs(at.post("stap=vragen")));
    CHECK_FALSE(runs(at.step(least(), "vragen")));
    CHECK_FALSE(runs(at.check(full())));
    CHECK_FALSE(runs(at.step(least(), "begin")));
    CHECK_FALSE(runs(at.post("sector=hotel", "/en/oefenen")));
    CHECK_FALSE(runs(at.post("stap=vragen&rol=burger&minderjarig=nee", "/en/oefenen")));
}
