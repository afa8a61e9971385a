// Who is behind the website, privacy, accessibility, security.txt, robots.txt, and which pages may be found.
#include "tests/unit/pages/site.hpp"

using namespace site;

namespace {

const pages::about filled{"Stichting Voorbeeld",
                          "Stichting Voorbeeld, Postbus 1, Den Haag",
                          "vragen@meldpunt.example",
                          "lek@meldpunt.example",
                          protocol::day::parse("2026-11-02"),
                          "meldpunt.example",
                          true};

void reopen(server& at, const pages::about& about, bool demonstration = false) {
    pages::parts parts{*at.store,  *at.registry, at.mailboxes, gemeenten(), staffing(),
                       handbook(), at.clock,     at.gate,      at.volume,   demonstration};
    parts.about = about;
    auto opened = pages::pages::open(parts, {"nl", "en"});
    REQUIRE(opened);
    at.pages = std::move(*opened);
}

std::string description(const http::response& page) {
    for (const auto& [tag, after] : shown::tags(page.content(), "meta"))
        if (shown::attribute(tag, "name") == "description") return shown::attribute(tag, "content").value();
    return {};
}

}  // namespace

TEST_CASE("what nobody filled in is said to be missing, and nothing is made up") {
    server at({"nl", "en"});
    reopen(at, {});
    CHECK(says(at.get("/en/privacy"), "Nobody has filled this in yet."));
    CHECK(says(at.get("/nl/privacy"), "Dit is nog niet ingevuld."));
    CHECK(says(at.get("/en/toegankelijkheid"), "Nobody has filled in yet who you can tell."));
    CHECK(says(at.get("/en/privacy"), "No period has been set on this website yet."));
    CHECK_FALSE(says(at.get("/en/privacy"), "security.txt"));
    CHECK(at.get("/.well-known/security.txt").status == 404);
    // All but one key is not filled in either.
    auto half = filled;
    half.controller.clear();
    reopen(at, half);
    CHECK(says(at.get("/en/privacy"), "Nobody has filled this in yet."));
}

TEST_CASE("who runs it, and as of when, stands on its pages; what was written in is text") {
    server at;
    auto about = filled;
    about.name = "Stichting <b>Voorbeeld</b>";
    reopen(at, about);
    const auto privacy = at.get("/en/privacy"), accessibility = at.get("/nl/toegankelijkheid");
    for (const auto* words :
         {"Stichting &lt;b&gt;Voorbeeld&lt;/b&gt;", "Postbus 1, Den Haag", "vragen@meldpunt.example",
          "2 November 2026", "The server destroys a report when its period ends."})
        CHECK(says(privacy, words));
    CHECK(says(privacy, "href=\"/.well-known/security.txt\""));
    CHECK(says(accessibility, "vragen@meldpunt.example"));
    CHECK(says(accessibility, "2 november 2026"));
    for (const auto* page : {"/en/privacy", "/en/toegankelijkheid"}) {
        CHECK(field(at.get(page), "Content-Security-Policy").contains("default-src 'none'"));
        const auto posted = at.pages->admit(head(http::method::post, page));
        REQUIRE_FALSE(posted);
        CHECK(posted.error().status == 405);
    }
}

TEST_CASE("a demonstration says that there is nobody behind it, whatever is configured") {
    server at;
    reopen(at, filled, true);
    CHECK(says(at.get("/en/privacy"), "This is a demonstration. There is no organisation behind it."));
    CHECK_FALSE(says(at.get("/en/privacy"), "Stichting Voorbeeld"));
    CHECK_FALSE(says(at.get("/en/toegankelijkheid"), "vragen@"));
}

TEST_CASE("security.txt is that of RFC 9116, and holds for less than a year") {
    server at;
    reopen(at, filled);
    const auto text = at.get("/.well-known/security.txt");
    CHECK(text.status == 200);
    CHECK(text.content_type == "text/plain; charset=utf-8");
    CHECK(text.content() ==
          "Contact: mailto:lek@meldpunt.example\nExpires: 2027-11-01T00:00:00Z\nPreferred-Languages: nl, en\n"
          "Canonical: https://meldpunt.example/.well-known/security.txt\n");
    for (const auto* uri : {"https://meldpunt.example/lek", "tel:+31700000000", "mailto:a@b.example"}) {
        auto about = filled;
        about.security = uri;
        reopen(at, about);
        CHECK(says(at.get("/.well-known/security.txt"), "Contact: " + std::string(uri) + "\n"));
    }
}

TEST_CASE("every page leads to who is behind it; from a report in a tab of its own") {
    server at;
    const auto begin = at.get("/en/melden"), questions = at.step(full(), "vragen"), check = at.check(full()),
               done = at.send(check), start = at.get("/en"), lost = at.get("/en/nowhere"),
               advice = at.post("acuut=nee&ik-ben=burger&zie=arbeid&minderjarig=nee&stap=antwoord",
                                "/en/wegwijzer");
    struct row {
        const http::response* page;
        bool apart;
    };
    for (const auto& [page, apart] :
         {row{&begin, true}, row{&questions, true}, row{&check, true}, row{&done, true}, row{&start, false},
          row{&lost, false}, row{&advice, false}})
        for (const auto* path : {"privacy", "toegankelijkheid"})
            CHECK(says(*page, "href=\"/en/" + std::string(path) + "\"" +
                                  (apart ? " target=\"_blank\" rel=\"noopener\">" : ">")));
}

TEST_CASE("start, guide, signals and help may be found by what they are about, the form and answers never") {
    server at({"nl", "en"});
    const std::string never = "<meta name=\"robots\" content=\"noindex\">";
    for (const auto* path : {"", "/wegwijzer", "/signalen", "/hulp"}) {
        CAPTURE(path);
        const auto english = at.get("/en" + std::string(path)), dutch = at.get("/nl" + std::string(path));
        CHECK_FALSE(says(english, never));
        CHECK(description(english).contains("uman trafficking"));
        CHECK(description(english).contains("report") + description(english).contains("Report") +
                  description(english).contains("helps") >
              0);
        CHECK(description(dutch).contains("ensenhandel"));
        // Who looks over a shoulder reads the tab.
        for (const auto* page : {&english, &dutch}) {
            const auto content = page->content();
            const auto title = content.substr(0, content.find("</title>")).substr(content.find("<title>"));
            for (const auto* word : {"rafficking", "ensenhandel", "eport", "elden"})
                CHECK_FALSE(title.contains(word));
        }
    }
    const std::string answers = "&acuut=nee&ik-ben=burger&zie=arbeid&minderjarig=nee&stap=antwoord";
    for (const auto& page : {at.get("/en/melden"), at.step(full(), "vragen"), at.check(full()),
                             at.get("/en/nowhere"), at.post("stap=antwoord", "/en/wegwijzer"),
                             at.post(answers, "/en/wegwijzer"), at.post("stap=antwoord", "/en/hulp")}) {
        CHECK(says(page, never));
    }
}

TEST_CASE("the start says in its first words what can be done here") {
    server at({"nl", "en"});
    for (const auto& [path, words] :
         {std::pair{"/en", "Report human trafficking</h1>"}, {"/nl", "Mensenhandel melden</h1>"}}) {
        const auto page = at.get(path);
        CHECK(says(page, words));
        // Before anything that is explained.
        CHECK(page.content().find("/melden\" target=\"_blank\" rel=\"noopener\"") <
              page.content().find("<h2"));
    }
}

TEST_CASE("robots.txt leaves the pages to be fetched: which of them may be listed each says itself") {
    server at;
    const auto text = at.get("/robots.txt");
    CHECK(text.status == 200);
    CHECK(text.content_type == "text/plain; charset=utf-8");
    CHECK(text.content() == "User-agent: *\nDisallow: /v1/\n");
}
