#include "client/desk/whole_ids.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

namespace {

const std::string first = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b",
                  second = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5c",
                  third = "00aa11bb-8d3e-4c55-9b3f-0c1d2e3f4a5b";
const std::vector<desk::listed_report> reports = {
    {first, "2026-11-21", "nieuw"}, {second, "2026-11-22", "in-behandeling"}, {third, "2026-11-23", "nieuw"}};

client::result<std::vector<std::string>> found(const std::vector<std::string>& typed) {
    return desk::whole_ids_among(reports, typed, "zorg");
}

}  // namespace

TEST_CASE("an id may begin with four of its characters, dashes where they stand") {
    for (const auto* good : {"6f1b", "6f1b3a52", "6f1b3a52-", "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5"})
        CHECK(desk::is_beginning(good));
    CHECK(desk::is_beginning(first));
    for (const auto* wrong :
         {"", "6f1", "6F1B", "6f1b3a528", "6f1b-", "melding", "6f1g", "----", "6f1b%", "6f1b/..",
          "6f1b3a52-8d3e-1c55-9b3f-0c1d2e3f4a5b", "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b0"}) {
        INFO(wrong);
        CHECK_FALSE(desk::is_beginning(wrong));
    }
}

TEST_CASE("a beginning that fits one report is that report") {
    CHECK(*found({"00aa"}) == std::vector{third});
    CHECK(*found({"6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5c", "00aa11bb-"}) == std::vector{second, third});
    CHECK(*found({"00aa", third, "00aa1"}) == std::vector{third});  // each once
    // One that is whole is asked of the server as it is, listed or not.
    CHECK(*found({"11aa11bb-8d3e-4c55-9b3f-0c1d2e3f4a5b"}) ==
          std::vector<std::string>{"11aa11bb-8d3e-4c55-9b3f-0c1d2e3f4a5b"});
}

TEST_CASE("a beginning that fits none or several is never guessed, and all faults are told at once") {
    const auto several = found({"6f1b", "00aa", "ffff"});
    REQUIRE_FALSE(several);
    CHECK(several.error().exit == client::failed);
    CHECK(client::code_of(several.error()) == "failed");
    CHECK(client::code_of(found({"ffff"}).error()) == "not-there");
    CHECK_THAT(several.error().sentence, Contains("2 reports begin with '6f1b'") && Contains(first) &&
                                             Contains(second) && !Contains(third) &&
                                             Contains("No report of desk zorg begins with 'ffff'"));
    std::vector<desk::listed_report> many;
    for (int i = 0; i < 30; ++i) many.push_back({first, "2026-11-21", "\x1b[2J"});
    const auto told = desk::whole_ids_among(many, {"6f1b"}, "zorg");
    REQUIRE_FALSE(told);
    CHECK_THAT(told.error().sentence, Contains("and 20 more") && Contains("\\u001b") && !Contains("\x1b"));
}
