// What is refused before the service sees it, and that the connection never survives it.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;

TEST_CASE("after a refused frame nothing more is read") {
    struct row {
        std::string raw;
        unsigned status;
    };
    const std::vector<row> rows = {
        {"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501},
        {"POST /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 411},
        {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
        {"GET /hello HTTP/1.0\r\nHost: localhost\r\n\r\n", 505},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {get("/hello").replace(0, 3, "G T"), 400},
        {"GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
        {"GET /hello HTTP/1.1\nHost: localhost\n\n", 400},
        {get("/hello", "Expect: tea\r\n"), 417},
        {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100001\r\n\r\n", 413},
        {"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100001\r\nExpect: 100-continue\r\n\r\n",
         413},
        {post("/refused", "body"), 404},
        {get("/" + std::string(5000, 'a')), 414},
        {"GET /" + std::string(20'000, 'a'), 414},
        {get("/hello", "X: " + std::string(20'000, 'a') + "\r\n"), 431},
    };
    serving serving;
    for (const auto& row : rows) {
        CAPTURE(row.raw);
        auto client = serving.visit();
        REQUIRE(client.send(row.raw + get("/hello")));
        const auto answer = client.answer();
        CHECK(status(answer) == row.status);
        CHECK(answer.find("Connection: close\r\n") != answer.npos);
        CHECK(answer.find("evil") == answer.npos);
        CHECK(client.ended());
    }
}

TEST_CASE("a refusal of HEAD has no body") {
    serving serving;
    auto client = serving.visit();
    REQUIRE(client.send("HEAD / HTTP/1.1\r\n\r\n"));
    CHECK(status(client.answer(true)) == 400);
    CHECK(client.ended());
}

TEST_CASE("a refusal reaches whoever is still sending a large body") {
    serving serving;
    auto client = serving.visit();
    REQUIRE(client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n"));
    REQUIRE(client.send(std::string(500'000, 'x')));
    CHECK(status(client.answer()) == 413);
    CHECK(client.ended());
}

TEST_CASE("plain HTTP on a TLS port is no request") {
    serving serving;
    auto client = serving.visit({.tls = false});
    REQUIRE(client.send(get("/hello")));
    CHECK(client.rest().find("hello") == std::string::npos);
}
