#include "client/desk/listing.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

namespace {

constexpr std::string_view row_text =
    R"({"id":"6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b","status":"nieuw","rol":"eerste","spoed":true,"ontvangen":"2026-11-21",
"epoch":"2026-W47","sealedKey":"AAAA","grootteklasse":4096,"toegewezen":null,"termijn":"2026-11-24","geopend":false,"ongelezen":0,"bewaren":{"tot":"2027-01-02","reden":"rechtszaak"},
"einde":"2027-01-03","nietTeOpenen":true,"revisie":3})";

std::string page_text(std::string_view rows, std::string_view rest) {
    return R"({"meldingen":[)" + std::string(rows) + "]," + std::string(rest) + "}";
}

}  // namespace

TEST_CASE("a page of the list is read and shown line by line") {
    auto page = desk::read_page(page_text(row_text, R"("cursor":"a_-9","meer":true)"));
    REQUIRE(page);
    CHECK(page->cursor == "a_-9");
    CHECK(page->more);
    REQUIRE(page->rows.size() == 1);
    auto line = desk::line_of(page->rows[0]);
    for (auto part : {"6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b", "2026-11-21", "URGENT", "nieuw", "eerste",
                      "2026-W47", "2026-11-24", "NO", "Kept until 2027-01-02 (rechtszaak).",
                      "No desk can open it.", "Destroyed on 2027-01-03."})
        CHECK_THAT(line, Contains(part));
    CHECK(desk::heading().find("end") == line.find("Kept"));
    auto json = protocol::parse_object(std::string_view(desk::json_line_of(page->rows[0])));
    REQUIRE(json);
    CHECK(json->at("revisie") == 3);
    CHECK(json->contains("toegewezen"));
    CHECK_FALSE(json->contains("sealedKey"));
}

TEST_CASE("an answer that is no page is refused") {
    for (const auto& text :
         {std::string(), std::string("{}"), page_text("7", R"("cursor":"a","meer":false)"),
          page_text("{}", R"("cursor":"a","meer":false)"), page_text("", R"("cursor":"","meer":false)"),
          page_text("", R"("cursor":"a&na=b","meer":false)"), page_text("", R"("cursor":"a")")}) {
        INFO(text);
        auto page = desk::read_page(text);
        REQUIRE_FALSE(page);
        CHECK(page.error() == client::errc::bad_answer);
    }
}

TEST_CASE("what a lying server puts into a row does not steer the terminal") {
    std::string row(row_text);
    row.replace(row.find("nieuw"), 5, "\\u001b[2J");
    auto page = desk::read_page(page_text(row, R"("cursor":"a","meer":false)"));
    REQUIRE(page);
    CHECK_THAT(desk::line_of(page->rows[0]), Contains("\\u001b[2J"));
    CHECK(desk::json_line_of(page->rows[0]).find('\x1b') == std::string::npos);
}

TEST_CASE("the query carries the cursor, the state and the wait, each only where it is meant") {
    CHECK(desk::page_query("", "", 0) == "meldingen?aantal=200");
    CHECK(desk::page_query("abc", "nieuw", 60) == "meldingen?aantal=200&na=abc&status=nieuw&wacht=60");
}
