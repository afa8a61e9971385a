// What a well-behaved client sees: answers in order on one connection, bodies whole, bugs as 500.
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;

TEST_CASE("a connection serves one request after another, with TLS and without") {
    for (const bool tls : {true, false}) {
        CAPTURE(tls);
        serving serving({}, tls);
        auto client = serving.visit({.tls = tls});
        REQUIRE(client.connected());
        for (int i = 0; i < 3; ++i) {
            REQUIRE(client.send(get("/hello")));
            CHECK(body(client.answer()) == "hello");
        }
        CHECK(serving.server().connections() == 1);
    }
}

TEST_CASE("requests sent at once are answered in order") {
    serving serving;
    auto client = serving.visit();
    std::string all;
    for (int i = 0; i < 50; ++i) all += post("/echo", "number " + std::to_string(i));
    REQUIRE(client.send(all + get("/hello", "Connection: close\r\n")));
    for (int i = 0; i < 50; ++i) CHECK(body(client.answer()) == "number " + std::to_string(i));
    CHECK(body(client.answer()) == "hello");
    CHECK(client.ended());
}

TEST_CASE("a header and a body may come byte by byte") {
    serving serving;
    auto client = serving.visit();
    for (const char c : post("/echo", "slow but whole")) REQUIRE(client.send({&c, 1}));
    CHECK(body(client.answer()) == "slow but whole");
}

TEST_CASE("a body comes back whole and a large answer too") {
    serving serving;
    auto client = serving.visit();
    std::string large(100'000, '\0');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 7);
    REQUIRE(client.send(post("/echo", large)));
    CHECK(body(client.answer()) == large);
    REQUIRE(client.send(get("/big")));
    CHECK(body(client.answer()).size() == 8'000'000);
    REQUIRE(client.send(get("/hello")));
    CHECK(status(client.answer()) == 200);
}

TEST_CASE("HEAD has the length of GET and no body") {
    serving serving;
    auto client = serving.visit();
    REQUIRE(client.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/hello")));
    const auto head = client.answer(true);
    CHECK(head.find("Content-Length: 5\r\n") != head.npos);
    CHECK(body(head).empty());
    CHECK(body(client.answer()) == "hello");
}

TEST_CASE("a client that expects it is told to go on, once the header is accepted") {
    serving serving;
    auto client = serving.visit();
    const auto whole = post("/echo", "now", "Expect: 100-continue\r\n");
    REQUIRE(client.send(whole.substr(0, whole.size() - 3)));
    CHECK(status(client.answer()) == 100);
    REQUIRE(client.send("now"));
    CHECK(body(client.answer()) == "now");
    // The body is already here, so there is nothing to go on with.
    REQUIRE(client.send(whole));
    CHECK(body(client.answer()) == "now");
    REQUIRE(client.send(
        "POST /refused HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    CHECK(status(client.answer()) == 404);
    CHECK(client.ended());
}

TEST_CASE("a refusal without a body keeps the connection") {
    serving serving;
    auto client = serving.visit();
    REQUIRE(client.send(get("/refused") + get("/hello")));
    CHECK(status(client.answer()) == 404);
    CHECK(body(client.answer()) == "hello");
}

TEST_CASE("a bug is answered with 500 and closes, and says nothing of itself") {
    for (const auto* path : {"/throw", "/split", "/admit-throws"}) {
        CAPTURE(path);
        serving serving;
        auto client = serving.visit();
        REQUIRE(client.send(get(path) + get("/hello")));
        const auto answer = client.answer();
        CHECK(status(answer) == 500);
        CHECK(answer.find("secret") == answer.npos);
        CHECK(client.ended());
        auto next = serving.visit();
        REQUIRE(next.send(get("/hello")));
        CHECK(status(next.answer()) == 200);
    }
}

TEST_CASE("visitors who leave in mid-air harm nobody") {
    serving serving;
    for (const auto& said :
         {std::string(), std::string("GET /"), get("/big"), post("/echo", "x").substr(0, 60)}) {
        auto client = serving.visit();
        client.send(said);
        client.leave();
    }
    auto client = serving.visit();
    REQUIRE(client.send(get("/hello")));
    CHECK(status(client.answer()) == 200);
}

TEST_CASE("several threads serve one port") {
    serving serving({}, true, 3);
    CHECK(serving.server().contexts().size() == 3);
    for (int i = 0; i < 20; ++i) {
        auto client = serving.visit();
        REQUIRE(client.send(get("/hello")));
        CHECK(status(client.answer()) == 200);
    }
}
