// Addresses, methods and languages of the pages; what is refused is a page too, and what people send in bad
// faith is answered like anything else.
#include "tests/unit/pages/site.hpp"

using namespace site;
using http::method;

namespace {

const http::field form_type{"content-type", "application/x-www-form-urlencoded"};

void is_page(const http::response& page, const std::string& language, const std::string& more = "") {
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(field(page, "Content-Language") == language);
    CHECK(page.content().contains("<html class=\"baken\" lang=\"" + language + "\""));
    CHECK(page.content().contains("href=\"tel:112\""));
    CHECK(field(page, "Content-Security-Policy") ==
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
          "frame-ancestors 'none'" +
              more);
    CHECK_FALSE(page.content().contains("<script"));
}

}  // namespace

TEST_CASE("open: a language that is not there stops the start, and says where it is named") {
    server at;
    for (const std::vector<std::string>& offered : {std::vector<std::string>{"en", "xx"}, {"EN"}, {""}}) {
        const auto opened = pages::pages::open({*at.store, *at.registry, at.mailboxes, gemeenten(),
                                                staffing(), handbook(), at.clock, at.gate, at.volume},
                                               offered);
        REQUIRE_FALSE(opened);
        CHECK(opened.error() == "'languages': there is no language '" + offered.back() + "'");
        CHECK(pages::pages::check(offered).error() == opened.error());
    }
    CHECK(pages::pages::check({"nl", "en", "qps"}).has_value());
}

TEST_CASE(
    "the root leads to the language of the browser, and to the first offered where it has none of ours") {
    server at({"nl", "en"});
    for (const auto& [accepted, path] : {std::pair{"en-GB,en;q=0.9,nl;q=0.8", "/en"},
                                         {"nl-BE", "/nl"},
                                         {"fr, de;q=0.5", "/en"},
                                         {"pl", "/en"},
                                         {"ar", "/en"},
                                         {"vi,*;q=0.5", "/en"},
                                         {"de, nl;q=0.1", "/nl"},
                                         {"*", "/nl"},
                                         {"en;q=0", "/nl"},
                                         {"", "/nl"}}) {
        CAPTURE(accepted);
        const auto out = at.get("/", {{"accept-language", accepted}});
        CHECK(out.status == 303);
        CHECK(field(out, "Location") == path);
        CHECK(field(out, "Vary") == "Accept-Language");
    }
    CHECK(field(at.get("/"), "Location") == "/nl");
}

TEST_CASE("start and first page: compressed once, small, and the same for everybody") {
    server at({"nl", "en", "qps"});
    for (const std::string language : {"nl", "en", "qps"})
        for (const std::string rest : {"", "/melden"}) {
            CAPTURE(language, rest);
            const auto plain = at.get("/" + language + rest);
            CHECK(plain.status == 200);
            is_page(plain, language, rest.empty() ? "; connect-src 'self'" : "");
            CHECK(plain.content().contains("dir=\"rtl\"") == (language == "qps"));
            CHECK(plain.content().contains("hreflang=\"nl\" href=\"/nl" + rest + "\"") == (language != "nl"));
            const auto zipped = at.get("/" + language + rest, {{"accept-encoding", "gzip, br;q=0"}});
            CHECK(field(zipped, "Content-Encoding") == "gzip");
            CHECK(zipped.content().size() <= 20 * 1024);
            CHECK(at.get("/" + language + rest).shared_body == plain.shared_body);
            http::head only_head = head(method::head, "/" + language + rest);
            CHECK(run_now(at.pages->answer({only_head, {}})).content() == plain.content());
        }
}

TEST_CASE("admit: addresses, methods, the type and the size of a form") {
    server at({"nl", "en"});
    const auto status = [&](method m, std::string path, std::vector<http::field> more = {}) {
        const auto out = at.pages->admit(head(m, std::move(path), std::move(more)));
        return out ? 0U : out.error().status;
    };
    for (const auto* path : {"/", "/nl", "/en", "/en/melden"}) {
        CHECK(at.pages->admit(head(method::get, path)).value() == 0);
        CHECK(at.pages->admit(head(method::head, path)).value() == 0);
    }
    for (const auto* type : {"application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded",
                             "application/x-www-form-urlencoded; charset=utf-8"})
        CHECK(at.pages->admit(head(method::post, "/en/melden", {{"content-type", type}})).value() ==
              pages::most_read);
    for (const auto* type : {"multipart/form-data; boundary=x", "text/plain", "application/json", ""})
        CHECK(status(method::post, "/en/melden", {{"content-type", type}}) == 415);
    CHECK(status(method::post, "/en/melden") == 415);
    for (const auto* path :
         {"/fr", "/en/", "/en/melden/", "//", "///", "/EN", "/en/nergens", "/melden", "//fr/", "/en//melden",
          "/en/melden/meer", "/%65n", "/v1x", "/favicon.ico", "/vast/site.css", "/en/melden/x/"}) {
        CAPTURE(path);
        const std::string_view one(path);
        const bool slash = one == "/en/" || one == "/en/melden/" || one == "//";
        CHECK(status(method::get, path) == (slash ? 303 : 404));
    }
    for (const auto& [from, to] : {std::pair{"/en/melden/", "/en/melden"}, {"/nl/", "/nl"}, {"//", "/"}})
        CHECK(field(at.pages->admit(head(method::get, from)).error(), "Location") == to);

    struct row {
        method by;
        const char *path, *allow;
    };
    for (const auto& [by, path, allow] :
         {row{method::post, "/en", "GET"}, row{method::post, "/", "GET"},
          row{method::del, "/en/melden", "POST"}, row{method::patch, "/en/melden", "GET"},
          row{method::other, "/en", "GET"}}) {
        CAPTURE(path);
        const auto out = at.pages->admit(head(by, path, {form_type}));
        REQUIRE_FALSE(out);
        CHECK(out.error().status == 405);
        CHECK(field(out.error(), "Allow").contains(allow));
        CHECK(field(out.error(), "Allow").contains("POST") == (std::string_view(path) == "/en/melden"));
    }
    const auto options = at.pages->admit(head(method::options, "/en/melden"));
    CHECK(options.error().status == 204);
    CHECK(options.error().content().empty());
}

TEST_CASE("what is refused is a page with the numbers, in the language of the address, else of the browser") {
    server at({"nl", "en"});
    for (const unsigned status :
         {400U, 404U, 405U, 408U, 411U, 413U, 415U, 417U, 421U, 431U, 500U, 501U, 503U, 505U}) {
        CAPTURE(status);
        const auto page = at.pages->refuse("/en/melden", status);
        CHECK(page.status == status);
        is_page(page, "en");
        CHECK(page.content().size() < std::size_t{32} * 1024);
        CHECK((status == 503) == (field(page, "Retry-After") == "10"));
        CHECK(page.content().contains("class=\"nl-button nl-button--secondary\" href=\"/en\""));
        is_page(at.pages->refuse("/", status), "nl");
        is_page(at.pages->refuse("", status), "nl");
    }
    const auto refused = [&](std::string path, std::string accepted) {
        auto out =
            at.pages->admit(head(method::get, std::move(path), {{"accept-language", std::move(accepted)}}));
        return std::move(out.error());
    };
    is_page(refused("/en/nergens", "nl"), "en");
    is_page(refused("/nergens", "en"), "en");
    is_page(refused("/nergens", "fr"), "en");
    for (const auto by : {method::post, method::del})
        is_page(at.pages->admit(head(by, "/en/melden", {{"content-type", "text/plain"}})).error(), "en");
    is_page(at.get("/en/nergens"), "en");
    CHECK(at.get("/en/nergens").status == 404);
}

TEST_CASE("assets are there under the addresses that pages name") {
    server at;
    const auto start = at.get("/en");
    for (const auto& [tag, after] : shown::tags(start.content(), "link")) {
        const auto path = shown::attribute(tag, "href").value();
        CAPTURE(path);
        CHECK(at.pages->admit(head(method::get, path)).has_value());
        CHECK(at.get(path).status == 200);
    }
}

TEST_CASE("every language goes all the way, and the desk reads in which one it was written") {
    server at({"nl", "en", "qps"});
    for (const std::string language : {"nl", "en", "qps"}) {
        CAPTURE(language);
        const auto path = "/" + language + "/melden";
        const auto post = [&](const fields& given, const char* step) {
            auto out = at.post(typed::body(and_also(given, "stap", step)), path);
            is_page(out, language);
            return out;
        };
        CHECK(post({}, "vragen").status == 400);
        CHECK(post(with(full(), "plaats", "Bergen"), "controle").status == 400);
        const auto check = post(full(), "controle");
        CHECK(check.status == 200);
        CHECK(post(shown::fields(check.content()), "versturen").status == 200);
    }
    std::vector<std::string> written;
    for (const auto& id : at.ids_at("rotterdam"))
        written.push_back(member(at.opened("rotterdam", id), "taal"));
    CHECK(written == std::vector<std::string>{"nl", "en", "qps"});
    // Changing the language of the check page is the same page in other words.
    const auto check = at.check(full());
    const auto dutch =
        at.post(typed::body(and_also(shown::fields(check.content()), "stap", "controle")), "/nl/melden");
    CHECK(dutch.status == 200);
    is_page(dutch, "nl");
}

TEST_CASE("what is no form of ours is refused, and nothing of it comes back") {
    server at;
    std::string many = "rol=burger";
    for (int i = 0; i < 10'000; ++i) many += "&merk" + std::to_string(i) + "=x";
    for (const auto& bytes :
         {many, std::string("%ff=merk"), std::string("=merk"), std::string("a=1&=merk")}) {
        const auto page = at.post(bytes);
        CHECK(page.status == 400);
        CHECK(says(page, "This form did not come from this website"));
        CHECK_FALSE(says(page, "merk"));
    }
    CHECK(at.post("").status == 200);
    CHECK(at.post("&&&").status == 200);
}

TEST_CASE("unknown fields go no further; hostile text is text on every page, and arrives as it was written") {
    server at;
    const std::string hostile =
        "\"'><script>alert(1)</script></textarea></title><!-- --> {{wat}} {{#l}}{{>kop.html}} &lt; %0d%0a "
        "\xe2\x80\xae"
        "txt \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 \xf0\x9f\x98\x80";
    auto given = full_at_work();
    for (auto& [name, value] : given)
        if (value.starts_with("merk-")) value = hostile + name;
    given = and_also(given, "onbekend-veld", hostile);
    const auto questions = at.step(given, "vragen"), first = at.step(given, "begin"), check = at.check(given);
    for (const auto* page : {&questions, &first, &check}) {
        CHECK(page->status == 200);
        is_page(*page, "en");
        CHECK_FALSE(says(*page, "onbekend-veld"));
        CHECK(typed::value(shown::fields(page->content()), "veilig") == hostile + "veilig");
    }
    const auto lost = at.step(with(given, "wie", std::string("\xff\x01 a", 4)), "vragen");
    CHECK(typed::value(shown::fields(lost.content()), "wie") == "?? a");
    CHECK(at.send(check).status == 200);
    const auto report = at.only("rotterdam");
    for (const auto* name : {"wat", "wie", "waar", "wanneer", "voertuigen", "online"})
        CHECK(member(report, name) == hostile + name);
}

TEST_CASE("the longest report there is fits; one byte more is said in the number of bytes to cut") {
    server at;
    auto given = with(least(), "wat", std::string(200'000, 'x'));
    for (const auto* name : {"wie", "waar", "wanneer", "voertuigen"})
        given = with(given, name, std::string(20'000, 'x'));
    const auto page = at.check(given);
    REQUIRE(page.status == 400);
    CHECK(shown::faults(page.content()) == std::vector<std::string>{"wat"});
    CHECK(page.content().size() > 280'000);
    const std::string_view sentence = "All together this is about ";
    const auto from = page.content().find(sentence) + sentence.size();
    const auto excess = std::stoul(std::string(page.content().substr(from, 10)));
    CHECK(at.check(with(given, "wat", std::string(200'000 - excess + 1, 'x'))).status == 400);
    const auto check = at.check(with(given, "wat", std::string(200'000 - excess, 'x')));
    REQUIRE(check.status == 200);
    CHECK(at.send(check).status == 200);
    CHECK(at.row("landelijk", at.ids_at("landelijk").front()).listed.body_size == 262144);
    CHECK(at.check(with(least(), "wat", std::string(100'000, '"'))).status == 200);
}

TEST_CASE(
    "what could not be sent any more is refused where it is typed, in characters; what is checked can be "
    "sent") {
    server at;
    const auto emoji = [](std::size_t many) {
        std::string out;
        for (std::size_t i = 0; i < many; ++i) out += "\U0001f600";
        return out;
    };
    for (const auto* step : {"vragen", "controle"}) {
        const auto page = at.step(with(least(), "wat", emoji(27'290)), step);
        CHECK(page.status == 400);
        CHECK(shown::faults(page.content()) == std::vector<std::string>{"wat"});
        CHECK(says(page, "All together this is about 1360 characters too long."));
        CHECK(typed::value(shown::fields(page.content()), "wat") == emoji(27'290));
    }
    for (const auto many : {std::size_t{25'920}, std::size_t{25'930}}) {
        const auto check = at.check(with(least(), "wat", emoji(many)));
        REQUIRE(check.status == 200);
        CHECK(at.send(check).status == 200);
    }
}

TEST_CASE("of more than a form may hold nothing comes back, but which text is too long") {
    server at;
    const std::string much(340'000, 'x');
    for (const auto* step : {"controle", "versturen", "vragen"}) {
        const auto page = at.step(with(full(), "wat", much), step);
        CHECK(page.status == 413);
        CHECK(says(page, "is too long: 340000 characters"));
        CHECK_FALSE(says(page, "xxxx"));
        CHECK_FALSE(says(page, "merk-"));
        CHECK(page.content().size() < std::size_t{64} * 1024);
    }
    // Characters, not bytes, and the longest of several texts.
    std::string wide;
    for (int i = 0; i < 120'000; ++i) wide += "\u20ac";
    const auto page = at.check(with(with(full(), "wat", std::string(1000, 'y')), "veilig", wide));
    CHECK(page.status == 413);
    CHECK(says(page, "is too long: 120000 characters"));
    CHECK(at.stored() == 0);
    CHECK(pages::largest_form < pages::most_read);
}
