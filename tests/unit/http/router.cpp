// Which handler a method and a path lead to.
#include "server/http/router.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using http::method;
using router = http::router<std::string>;

const router& table() {
    static const std::vector<http::route<std::string>> rows = {
        {method::get, "/", "home"},
        {method::get, "/v1/loketten/{l}/meldingen", "list"},
        {method::get, "/v1/loketten/{l}/meldingen/{id}", "item"},
        {method::patch, "/v1/loketten/{l}/meldingen/{id}", "change"},
        {method::del, "/v1/loketten/{l}/meldingen/{id}", "destroy"},
        {method::post, "/v1/meldingen", "report"},
        {method::get, "/v1/{any}/meldingen", "wild"},
    };
    static const router made(rows);
    return made;
}

// "handler parameter…", "404", or "405 Allow".
std::string answer(method method, std::string_view path) {
    const auto result = table().match(method, path);
    if (const auto* found = std::get_if<router::found>(&result)) {
        auto out = *found->handler;
        for (const auto& parameter : found->parameters) out += " " + parameter;
        return out;
    }
    if (const auto* refused = std::get_if<http::not_allowed>(&result)) return "405 " + refused->allow;
    return "404";
}

}  // namespace

TEST_CASE("method and path lead to one handler") {
    struct row {
        http::method method;
        std::string path;
        std::string expected;
    };
    const std::vector<row> rows = {
        {method::get, "/", "home"},
        {method::head, "/", "home"},
        {method::get, "", "404"},
        {method::get, "*", "404"},
        {method::get, "//", "404"},
        {method::get, "/v1/loketten/rotterdam/meldingen", "list rotterdam"},
        {method::get, "/v1/loketten/rotterdam/meldingen/", "404"},
        {method::get, "//v1/loketten/rotterdam/meldingen", "404"},
        {method::get, "/v1/loketten//meldingen", "404"},
        {method::get, "/v1/loketten/a/meldingen/b", "item a b"},
        {method::head, "/v1/loketten/a/meldingen/b", "item a b"},
        {method::patch, "/v1/loketten/a/meldingen/b", "change a b"},
        {method::post, "/v1/loketten/a/meldingen/b", "405 GET, HEAD, PATCH, DELETE, OPTIONS"},
        {method::other, "/v1/loketten/a/meldingen/b", "405 GET, HEAD, PATCH, DELETE, OPTIONS"},
        {method::options, "/v1/meldingen", "405 POST, OPTIONS"},
        {method::head, "/v1/meldingen", "405 POST, OPTIONS"},
        {method::get, "/v1/Meldingen", "404"},
        {method::get, "/v1/x/meldingen", "wild x"},
        {method::get, "/v1/loketten/a%2fb/meldingen", "404"},
        {method::get, "/v1/loketten/%61/meldingen", "404"},
        {method::get, "/v1/loketten/../meldingen", "404"},
        {method::get, "/v1/loketten/./meldingen", "404"},
        {method::get, "/v1/loketten/a.b-c_d~E9/meldingen", "list a.b-c_d~E9"},
        {method::get, "/v1/loketten/a:b/meldingen", "404"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.path);
        CHECK(answer(row.method, row.path) == row.expected);
    }
}

TEST_CASE("the table can be read back") {
    REQUIRE(table().entries().size() == 7);
    CHECK(table().entries()[1].pattern.text() == "/v1/loketten/{l}/meldingen");
}

TEST_CASE("a route that is hidden or malformed stops the start") {
    using rows = std::vector<http::route<std::string>>;
    CHECK_THROWS_AS(router(rows{{method::get, "/{a}", ""}, {method::get, "/b", ""}}), std::logic_error);
    CHECK_THROWS_AS(router(rows{{method::get, "/{a}", ""}, {method::get, "/{b}", ""}}), std::logic_error);
    CHECK_THROWS_AS(router(rows{{method::get, "/b", ""}, {method::get, "/b", ""}}), std::logic_error);
    CHECK_THROWS_AS(router(rows{{method::get, "b", ""}}), std::logic_error);
    CHECK_THROWS_AS(router(rows{{method::get, "/a{b}", ""}}), std::logic_error);
    CHECK_NOTHROW(router(rows{{method::get, "/b", ""}, {method::get, "/{a}", ""}}));
    CHECK_NOTHROW(router(rows{{method::get, "/{a}", ""}, {method::post, "/b", ""}}));
}
