// What a query decodes to, and what is no query.
#include "server/http/query.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using http::errc;
using http::parse_query;
using pairs = std::vector<http::field>;

TEST_CASE("a good query comes out as pairs in order") {
    struct row {
        std::string query;
        pairs expected;
    };
    const std::vector<row> rows = {
        {"", {}},
        {"?", {}},
        {"?a=b", {{"a", "b"}}},
        {"a=b&c=d", {{"a", "b"}, {"c", "d"}}},
        {"a", {{"a", ""}}},
        {"a=", {{"a", ""}}},
        {"a=b=c", {{"a", "b=c"}}},
        {"a=1&a=2", {{"a", "1"}, {"a", "2"}}},
        {"zoek=Den+Haag", {{"zoek", "Den Haag"}}},
        {"zoek=%26%3d%2B%25", {{"zoek", "&=+%"}}},
        {"zoek=S%C3%BAdwest",
         {{"zoek",
           "S\xc3\xba"
           "dwest"}}},
        {"%7a=%f0%9f%98%80", {{"z", "\xf0\x9f\x98\x80"}}},
        {"??a=b", {{"?a", "b"}}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.query);
        const auto got = parse_query(row.query);
        REQUIRE(got);
        CHECK(*got == row.expected);
    }
}

TEST_CASE("what is not well-formed is refused") {
    struct row {
        std::string query;
        errc expected;
    };
    const std::vector<row> rows = {
        {"a=%", errc::bad_escape},
        {"a=%4", errc::bad_escape},
        {"a=%4&b=1", errc::bad_escape},
        {"a=%4g", errc::bad_escape},
        {"a=%-1", errc::bad_escape},
        {"%=1", errc::bad_escape},
        {"a=%ff", errc::bad_utf8},
        {"a=%c0%af", errc::bad_utf8},
        {"a=%e0%80%af", errc::bad_utf8},
        {"a=%ed%a0%80", errc::bad_utf8},
        {"a=%f4%90%80%80", errc::bad_utf8},
        {"a=%f5%80%80%80", errc::bad_utf8},
        {"a=%c3", errc::bad_utf8},
        {"a=%80", errc::bad_utf8},
        {"a=%00", errc::control_character},
        {"a=%0d%0a", errc::control_character},
        {"a=%7f", errc::control_character},
        {"=1", errc::empty_name},
        {"a=1&", errc::empty_name},
        {"a=1&&b=1", errc::empty_name},
        {"&", errc::empty_name},
    };
    for (const auto& row : rows) {
        CAPTURE(row.query);
        const auto got = parse_query(row.query);
        REQUIRE_FALSE(got);
        CHECK(got.error() == row.expected);
        CHECK_FALSE(http::text(got.error()).empty());
    }
}

TEST_CASE("the number of pairs is bounded") {
    std::string query = "a=1";
    for (std::size_t i = 1; i < http::most_pairs; ++i) query += "&a=1";
    CHECK(parse_query(query)->size() == http::most_pairs);
    CHECK(parse_query(query + "&a=1").error() == errc::too_many);
    CHECK(parse_query("a&b", 1).error() == errc::too_many);
}
