// A draft on its way between two machines: whole, or refused.
#include "server/admin/directory/draft.hpp"

#include <filesystem>

#include <catch2/catch.hpp>

#include "server/admin/directory/signed_directory.hpp"
#include "tests/unit/client/scratch.hpp"

using namespace admin;

TEST_CASE("a draft is read as it was written, byte for byte") {
    const scratch dir;
    const draft given{"a.b.c", "{ \"old\" : 1 }", "{ \"new\" : 1 }\n", "{}\n"};
    REQUIRE(write_draft(dir / "draft/", given));
    const auto read = read_draft(dir / "draft");
    REQUIRE(read);
    CHECK(read->vorige == given.vorige);
    CHECK(read->table_before == given.table_before);
    CHECK(read->table == given.table);
    CHECK(read->desks == given.desks);
    CHECK_FALSE(write_draft(dir / "draft", given));
    CHECK_FALSE(write_draft(dir / "nowhere/draft", given));
    CHECK(std::distance(std::filesystem::directory_iterator(dir.path), {}) == 1);
}

TEST_CASE("a first draft has no version before it; one that lost it is no first") {
    const scratch dir;
    REQUIRE(write_draft(dir / "first", {"", "", "{}", "{}"}));
    CHECK_FALSE(std::filesystem::exists(dir / "first/vorige.jws"));
    CHECK(read_draft(dir / "first"));
    REQUIRE(write_draft(dir / "second", {"a.b.c", "{}", "{}", "{}"}));
    std::filesystem::remove(dir / "second/vorige.jws");
    const auto lost = read_draft(dir / "second");
    REQUIRE_FALSE(lost);
    CHECK(lost.error().sentence.find("vorige.jws is missing") != std::string::npos);
}

TEST_CASE("every file that is missing is named") {
    const scratch dir;
    std::filesystem::create_directory(dir / "empty");
    const auto read = read_draft(dir / "empty");
    REQUIRE_FALSE(read);
    CHECK(read.error().sentence.find("routering.json") != std::string::npos);
    CHECK(read.error().sentence.find("loketten.json") != std::string::npos);
    CHECK_FALSE(read_draft(dir / "none"));
}

TEST_CASE("a signed directory is the body that a server takes") {
    const signed_directory given{"a.b.c", "{ }"};
    const auto read = read_body(write_body(given) + "\n", "out.json");
    REQUIRE(read);
    CHECK(read->token == given.token);
    CHECK(read->table == given.table);
    for (const char* text :
         {"", "{}", R"({"gids":"a"})", R"({"gids":"a","routering":"!"})",
          R"({"gids":"a","routering":"e30","more":1})", R"({"gids":"a","gids":"a","routering":"e30"})"})
        CHECK_FALSE(read_body(text, "out.json"));
}
