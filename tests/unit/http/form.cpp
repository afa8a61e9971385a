// What a posted form decodes to, where it stands, and what becomes of bytes that are no text.
#include "server/http/form.hpp"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using http::errc;
using http::form;

namespace {

struct row {
    std::string body;
    std::string value;
    bool repaired = false;
};

http::wiping_bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

std::expected<form, errc> parse(std::string_view text, std::size_t at_most = 100) {
    return form::parse(bytes(text), at_most);
}

void check(const std::vector<row>& rows) {
    for (const auto& row : rows) {
        CAPTURE(row.body);
        const auto got = parse(row.body);
        REQUIRE(got);
        REQUIRE(got->fields().size() == 1);
        CHECK(got->fields()[0].name == "a");
        CHECK(got->fields()[0].value == row.value);
        CHECK(got->fields()[0].repaired == row.repaired);
    }
}

}  // namespace

TEST_CASE("a good form comes out as it was typed") {
    check({
        {"a=b", "b"},
        {"a", ""},
        {"a=", ""},
        {"&&a=b&&", "b"},
        {"a=b=c", "b=c"},
        {"a=Den+Haag%2B", "Den Haag+"},
        {"a=%26%3d%25", "&=%"},
        {"%61=%f0%9f%98%80\xc3\xa9", "\xf0\x9f\x98\x80\xc3\xa9"},
        {"a=x%09y", "x\ty"},
        {"a=%e2%80%ae%E2%81%A6%c2%85", "\xe2\x80\xae\xe2\x81\xa6\xc2\x85"},
        {"a=?a=b", "?a=b"},
    });
}

TEST_CASE("every line end becomes LF") {
    check({
        {"a=x%0D%0Ay", "x\ny"},
        {"a=x\r\ny", "x\ny"},
        {"a=x%0D\ny", "x\ny"},
        {"a=x%0Ay", "x\ny"},
        {"a=x%0Dy", "x\ny"},
        {"a=x%0D", "x\n"},
        {"a=x%0D%0D%0Ay", "x\n\ny"},
        {"a=x%0A%0D%0Ay", "x\n\ny"},
        {"a=%0D%0A%0D%0A", "\n\n"},
    });
}

TEST_CASE("what cannot be text is replaced and marked, and the rest is kept") {
    check({
        {"a=100%", "100%", true},
        {"a=%4", "%4", true},
        {"a=%zzx", "%zzx", true},
        {"a=%4g%41", "%4gA", true},
        {"a=%%41", "%A", true},
        {"a=%+", "% ", true},
        {"a=x%00y", "x?y", true},
        {"a=%1b%7f%01", "???", true},
        {"a=x%ffy", "x?y", true},
        {"a=%c3", "?", true},
        {"a=%e2%82x", "??x", true},
        {"a=%c0%af", "??", true},
        {"a=%ed%a0%80", "???", true},
        {"a=%f4%90%80%80", "????", true},
    });
}

TEST_CASE("a repaired name is marked too") {
    const auto got = parse("a%00=x&b%=y&c%0d%0a=z");
    REQUIRE(got);
    REQUIRE(got->fields().size() == 3);
    CHECK(got->fields()[0].name == "a?");
    CHECK(got->fields()[0].repaired);
    CHECK(got->fields()[1].name == "b%");
    CHECK(got->fields()[1].repaired);
    CHECK(got->fields()[2].name == "c\n");
    CHECK_FALSE(got->fields()[2].repaired);
}

TEST_CASE("what has no usable name, or too many, is refused") {
    CHECK(parse("=x").error() == errc::empty_name);
    CHECK(parse("a=1&=").error() == errc::empty_name);
    CHECK(parse("a%ff=x").error() == errc::bad_utf8);
    CHECK(parse("a=1&b=2&c=3", 3)->fields().size() == 3);
    CHECK(parse("&a=1&&b=2&c=3&", 3)->fields().size() == 3);
    CHECK(parse("a=1&b=2&c=3&d=4", 3).error() == errc::too_many);
    // Counted before anything is decoded: the empty name behind them is never seen.
    CHECK(parse("=&=&=", 2).error() == errc::too_many);
    CHECK(parse("", 0)->fields().empty());
    CHECK(parse("&&&", 0)->fields().empty());
}

TEST_CASE("fields are found by name, in the order they were sent") {
    const auto got = parse("a=1&b=2&a=3&a=&B=4");
    REQUIRE(got);
    CHECK(got->fields().size() == 5);
    CHECK(got->count("a") == 3);
    CHECK(got->value("a") == "1");
    REQUIRE(got->first("b") != nullptr);
    CHECK(got->first("b")->value == "2");
    CHECK(got->first("c") == nullptr);
    CHECK(got->count("c") == 0);
    CHECK(got->value("c").empty());
}

TEST_CASE("a form stands in the memory it came in, also when it is moved") {
    auto body = bytes("naam=S%C3%BAdwest+x&leeg=&wat=%41%42");
    const auto* begin = reinterpret_cast<const char*>(body.data());
    const auto* end = begin + body.size();
    auto got = form::parse(std::move(body), 10);
    REQUIRE(got);
    auto moved = std::move(*got);
    form assigned;
    CHECK(assigned.fields().empty());
    assigned = std::move(moved);
    CHECK(moved.fields().empty());  // NOLINT: what it was moved from is empty
    CHECK(assigned.value("naam") ==
          "S\xc3\xba"
          "dwest x");
    CHECK(assigned.value("wat") == "AB");
    for (const auto& field : assigned.fields())
        for (const auto text : {field.name, field.value}) {
            CHECK(text.data() >= begin);
            CHECK(text.data() + text.size() <= end);
        }
    auto empty = form::parse({}, 10);
    REQUIRE(empty);
    const auto moved_empty = std::move(*empty);
    CHECK(moved_empty.fields().empty());
}

TEST_CASE("many fields and long values") {
    std::string many;
    for (int n = 0; n < 10'000; ++n) many += "n" + std::to_string(n) + "=%41&";
    const auto fields = parse(many, 10'000);
    REQUIRE(fields);
    CHECK(fields->fields().size() == 10'000);
    CHECK(fields->value("n9999") == "A");
    CHECK(parse(many, 9'999).error() == errc::too_many);

    std::string line;
    for (int n = 0; n < 300 * 1024 / 8; ++n) line += "%0D%0A%ff+";
    const auto big = parse("wat=" + line + "&klaar=ja");
    REQUIRE(big);
    CHECK(big->first("wat")->repaired);
    CHECK(big->value("wat").size() == 3UL * 300 * 1024 / 8);
    CHECK(big->value("wat").starts_with("\n? \n? "));
    CHECK(big->value("klaar") == "ja");
    CHECK_FALSE(big->first("klaar")->repaired);
}
