// What strangers are refused with, and what a demonstration says of itself on every page.
#include "tests/unit/pages/site.hpp"

using namespace site;

TEST_CASE("a demonstration says on every page that nothing arrives; an installation in earnest does not") {
    server at({"en", "nl"});
    constexpr auto words = "emonstration: no";  // nothing reaches anybody; on the form, nobody gets this
    const auto everywhere = [&](bool said) {
        for (const auto* path :
             {"/en", "/en/melden", "/en/wegwijzer", "/en/hulp", "/en/signalen", "/en/oefenen"})
            CHECK(says(at.get(path), words) == said);
        const auto check = at.check(with(full(), "wie", said ? "a" : "b"));
        CHECK(says(check, words) == said);
        CHECK(says(at.send(check), words) == said);
        CHECK(says(at.pages->refuse("/en/nergens", 404), words) == said);
        CHECK(says(at.get("/nl"), "niets komt bij iemand aan") == said);
    };
    everywhere(false);
    auto opened = pages::pages::open({*at.store, *at.registry, at.mailboxes, gemeenten(), staffing(),
                                      handbook(), at.clock, at.gate, at.volume, true},
                                     {"en", "nl"});
    REQUIRE(opened);
    at.pages = std::move(*opened);
    everywhere(true);
}

TEST_CASE("refusing a stranger is made beforehand, small, and behind the gate") {
    server at;
    const auto refused = [&](http::method by, const char* path, std::vector<http::field> more = {}) {
        return at.pages->admit(head(by, path, std::move(more))).error();
    };
    for (const auto* path : {"/en/nergens", "/x", "/vast/nothing.css"}) {
        CHECK(refused(http::method::get, path).status == 404);
        CHECK(refused(http::method::get, path).whole);
        const auto packed = refused(http::method::get, path, {{"accept-encoding", "br, gzip"}});
        CHECK(packed.whole);
        CHECK(packed.content().size() < std::size_t{8} * 1024);
    }
    CHECK(refused(http::method::post, "/en/melden", {{"content-type", "text/plain"}}).whole);
    CHECK(refused(http::method::del, "/en/melden").shared_body);
    at.pressure = 0.5;
    CHECK(refused(http::method::get, "/en/nergens").status == 503);
}

TEST_CASE("no room: a long report comes back with its words, a short one is sent") {
    server at;
    at.volume.see({512 * admission::volume::mebibyte, 100'000 * admission::volume::mebibyte});
    const auto check = at.check(with(full(), "wat", std::string(9000, 'l')));
    const auto page = at.send(check);
    CHECK(page.status == 503);
    CHECK(says(page, "we can only take short texts"));
    CHECK(shown::fields(page.content()) == shown::fields(check.content()));
    CHECK(at.stored() == 0);
    CHECK(at.send(at.check(least())).status == 200);
    at.volume.see({0, 100'000 * admission::volume::mebibyte});
    CHECK(at.send(at.check(with(least(), "wie", "somebody"))).status == 503);
    at.volume.see({100'000 * admission::volume::mebibyte, 100'000 * admission::volume::mebibyte});
    CHECK(at.send(check).status == 200);
}
