// Postcodes over the shipped table: all of them, all candidates of those that straddle a border, and
// what is none.
#include <catch2/catch.hpp>

#include "tests/unit/guide/shipped.hpp"

TEST_CASE("every postcode gives its municipalities, the main one first with its share and place") {
    const auto rows = shipped::rows("postcodes.tsv");
    REQUIRE(rows.size() == 4067);
    std::size_t straddling = 0;
    for (const auto& row : rows) {
        INFO(row[0]);
        const auto found = shipped::guide().by_postcode(row[0]);
        REQUIRE(found);
        std::vector<std::string> expected{row[2] + ":" + row[3]};
        if (row[4] != "-") {
            ++straddling;
            for (const auto& other : shipped::parts(row[4], '|')) expected.push_back(other);
        }
        std::vector<std::string> answered;
        for (const auto& c : *found) answered.push_back(fmt::format("{}:{}", c.gemeente->code, c.percent));
        CHECK(answered == expected);
        CHECK(found->front().via == (row[1] == "-" ? "" : row[1]));
        for (std::size_t i = 1; i < found->size(); ++i) CHECK((*found)[i].via.empty());
    }
    CHECK(straddling == 283);
}

TEST_CASE("fifteen postcodes touch a desk border") {
    std::size_t touching = 0;
    for (const auto& row : shipped::rows("postcodes.tsv")) {
        const auto found = shipped::guide().by_postcode(row[0]);
        REQUIRE(found);
        bool other_desk = false;
        for (const auto& c : *found)
            other_desk = other_desk || c.gemeente->loket != found->front().gemeente->loket;
        if (other_desk) ++touching;
    }
    CHECK(touching == 15);
}

TEST_CASE("a postcode may be written as people write it") {
    const auto text = GENERATE(values<std::string>(
        {"1223", "1223 AB", "1223ab", "1223AB", " 1223 ab ", "1223  Ab", "1223\u00a0AB", "1223\tAB", "1223\n",
         "NL-1223 AB", "nl 1223ab", "NL1223", "\u0661\u0662\u0662\u0663", "\u06f1\u06f2\u06f2\u06f3\u202fab",
         "\uff11\uff12\uff12\uff13", "1223\u200bAB"}));
    INFO(text);
    const auto found = shipped::guide().by_postcode(text);
    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].gemeente->weergave == "Hilversum");
    CHECK((*found)[0].percent == 69);
    CHECK((*found)[0].via == "Hilversum");
    CHECK((*found)[1].gemeente->weergave == "Laren");
    CHECK((*found)[1].percent == 31);
}

TEST_CASE("a well-formed postcode that nobody knows has no municipality") {
    for (const std::string text : {"1000", "9000", "1300 zz"}) {
        INFO(text);
        const auto found = shipped::guide().by_postcode(text);
        REQUIRE(found);
        CHECK(found->empty());
    }
}

TEST_CASE("what is no postcode is refused") {
    const auto text = GENERATE(values<std::string>({
        "",
        " ",
        "122",
        "12233",
        "0123",
        "0000",
        "abcd",
        "1223 A",
        "1223 ABC",
        "1223 A1",
        "1223-AB",
        "1223 A B",
        "-123",
        "+1223",
        "12 23",
        "1223 \xC3\xA9",
        "\xFF\xFF\xFF\xFF",
        "NL",
        "NL-",
        "BE-1223",
        "NL--1223",
        "\u0967\u0968\u0968\u0969",
        "Hilversum",
    }));
    INFO(text);
    const auto found = shipped::guide().by_postcode(text);
    REQUIRE_FALSE(found);
    CHECK(found.error() == guide::errc::bad_postcode);
    CHECK_FALSE(guide::text(found.error()).empty());
}
