// Under load: who only reads is asked to wait, who reports goes on, and somebody in danger is taken last of
// all from the line.
#include "tests/unit/pages/site.hpp"

using namespace site;

namespace {

constexpr auto busy = "Many people are";

unsigned admitted(server& at, http::method method, std::string path) {
    const auto answer = at.pages->admit(
        head(method, std::move(path), {{"content-type", "application/x-www-form-urlencoded"}}));
    return answer ? 200 : answer.error().status;
}

}  // namespace

TEST_CASE("load: the start page goes first, then the empty form; what the page needs and forms go on") {
    server at;
    struct row {
        double pressure;
        unsigned start, form;
    };
    const auto by =
        GENERATE(row{0.49, 200, 200}, row{0.5, 503, 200}, row{0.75, 503, 503}, row{1.0, 503, 503});
    at.pressure = by.pressure;
    CAPTURE(by.pressure);
    CHECK(admitted(at, http::method::get, "/en") == by.start);
    CHECK(admitted(at, http::method::get, "/") == by.start);
    CHECK(admitted(at, http::method::get, "/en/melden") == by.form);
    CHECK(admitted(at, http::method::post, "/en/melden") == 200);
}

TEST_CASE("load: the page that says so has 112, a time to come back, and a body made before") {
    server at;
    at.pressure = 0.5;
    const auto answer = at.pages->admit(head(http::method::get, "/en"));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().status == 503);
    CHECK(field(answer.error(), "Retry-After") == "10");
    CHECK(field(answer.error(), "Content-Language") == "en");
    CHECK(says(answer.error(), busy));
    CHECK(says(answer.error(), "112"));
    CHECK(answer.error().shared_body);
}

TEST_CASE("load: sending waits, with everything still on the page; something urgent is sent") {
    server at;
    const auto check = at.check(with(full(), "spoed", ""));
    const auto urgent = at.check(full());
    at.pressure = 0.75;
    const auto page = at.send(check);
    CHECK(page.status == 503);
    CHECK(says(page, busy));
    CHECK(shown::fields(page.content()) == shown::fields(check.content()));
    CHECK(at.stored() == 0);
    CHECK(at.send(urgent).status == 200);
    CHECK(at.stored() == 1);
    at.pressure = 0;
    CHECK(at.send(page).status == 200);
    CHECK(at.stored() == 2);
}
