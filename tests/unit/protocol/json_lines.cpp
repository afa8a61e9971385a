#include "crypto/protocol/json_lines.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"

TEST_CASE("a pointer leads to the line on which its value, or the name of it, stands") {
    const protocol::json_lines lines(
        "{\n"
        "  \"versie\": 1,\n"
        "  \"regels\": [\n"
        "    {\"als\": {\"vorm\": [\"arbeid\",\n"
        "               \"orgaan\"]}}, [],\n"
        "    {},\n"
        "    5\n"
        "  ],\n"
        "  \"a/b~c\":\n"
        "    null,\n"
        "  \"\": 1, \"\\u0061\": true\n"
        "}\n");
    CHECK(lines.of("") == 1);
    CHECK(lines.of("/versie") == 2);
    CHECK(lines.of("/regels") == 3);
    CHECK(lines.of("/regels/0") == 4);
    CHECK(lines.of("/regels/0/als/vorm/0") == 4);
    CHECK(lines.of("/regels/0/als/vorm/1") == 5);
    CHECK(lines.of("/regels/1") == 5);
    CHECK(lines.of("/regels/2") == 6);
    CHECK(lines.of("/regels/3") == 7);
    CHECK(lines.of("/a~1b~0c") == 9);
    CHECK(lines.of("/") == 11);
    CHECK(lines.of("/a") == 11);
    // What is not there is looked for where it should be.
    CHECK(lines.of("/regels/2/eerste") == 6);
    CHECK(lines.of("/regels/9/als/vorm") == 3);
    CHECK(lines.of("/nergens/iets") == 1);
    CHECK(lines.of("nergens") == 1);
}

TEST_CASE("lines of texts that are one line, none, or no JSON from some line on") {
    CHECK(protocol::json_lines("").of("/a") == 0);
    CHECK(protocol::json_lines("[1, 2]").of("/1") == 1);
    CHECK(protocol::json_lines("12").of("") == 1);
    const protocol::json_lines broken("{\"a\": 1,\n\"b\": [\n1, x]}");
    CHECK(broken.of("/a") == 1);
    CHECK(broken.of("/b/0") == 3);
    CHECK(broken.of("/c") == 1);
}

TEST_CASE("where a text stops to be strict JSON") {
    CHECK(protocol::strict_until("{\"a\": 1}") == 8);
    CHECK(protocol::strict_until("{\"a\": x}") == 6);
    CHECK(protocol::strict_until("{\"a\": 1, \"a\"") >= 9);
    CHECK(protocol::strict_until("{\"a\": [") == 7);
    CHECK(protocol::strict_until("") == 0);
}
