// Every wait ends: with 408 where something was half said, quietly where nothing was, and trickling
// does not help.
#include <poll.h>
#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;
using namespace std::chrono_literals;

namespace {

// Only the limit under test is short; that some other one ended the wait would fail the test by its ten
// seconds.
net::limits with(std::chrono::milliseconds net::limits::* limit, std::chrono::milliseconds time) {
    net::limits out;
    for (auto each : {&net::limits::handshake, &net::limits::head, &net::limits::idle, &net::limits::body,
                      &net::limits::write})
        out.*each = 1h;
    out.*limit = time;
    out.closing = 50ms;
    return out;
}

// Sends one byte every few milliseconds until the server says something, so never lets a second pass in
// silence.
void trickle(client& client) {
    pollfd waiting{.fd = SSL_get_fd(client.native()), .events = POLLIN, .revents = 0};
    for (int sent = 0; sent < 2000 && ::poll(&waiting, 1, 5) == 0; ++sent)
        if (!client.send("x")) return;
}

}  // namespace

TEST_CASE("a visitor who never shakes hands is let go") {
    serving serving(with(&net::limits::handshake, 50ms));
    auto client = serving.visit({.tls = false});
    CHECK(client.ended());
}

TEST_CASE("a visitor who says nothing after the handshake is let go") {
    serving serving(with(&net::limits::head, 50ms));
    auto client = serving.visit();
    REQUIRE(client.connected());
    CHECK(client.ended());
}

TEST_CASE("a header that does not end gets 408") {
    serving serving(with(&net::limits::head, 50ms));
    SECTION("the first") {
        auto client = serving.visit();
        REQUIRE(client.send("GET /hello HTTP/1.1\r\n"));
        CHECK(status(client.answer()) == 408);
        CHECK(client.ended());
    }
    SECTION("a later one") {
        auto client = serving.visit();
        REQUIRE(client.send(get("/hello") + "GET /hello HTTP/1.1\r\n"));
        CHECK(status(client.answer()) == 200);
        CHECK(status(client.answer()) == 408);
        CHECK(client.ended());
    }
    SECTION("however it trickles") {
        auto client = serving.visit();
        REQUIRE(client.send("GET /"));
        trickle(client);
        CHECK(status(client.answer()) == 408);
        CHECK(client.ended());
    }
}

TEST_CASE("an idle connection is closed without a word") {
    serving serving(with(&net::limits::idle, 50ms));
    auto client = serving.visit();
    REQUIRE(client.send(get("/hello")));
    CHECK(status(client.answer()) == 200);
    CHECK(client.ended());
}

TEST_CASE("the idle time does not bound a header that has begun") {
    auto limits = with(&net::limits::idle, 50ms);
    limits.head = 200ms;
    serving serving(limits);
    auto client = serving.visit();
    REQUIRE(client.send(get("/hello") + "GET /"));
    CHECK(status(client.answer()) == 200);
    trickle(client);
    CHECK(status(client.answer()) == 408);
}

TEST_CASE("a body that does not end gets 408, however it trickles") {
    auto limits = with(&net::limits::body, 50ms);
    limits.body_bytes_per_second = 1'000'000'000;
    serving serving(limits);
    auto client = serving.visit();
    REQUIRE(client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n"));
    trickle(client);
    CHECK(status(client.answer()) == 408);
    CHECK(client.ended());
}

TEST_CASE("who does not read his answer is cut") {
    serving serving(with(&net::limits::write, 50ms));
    auto slow = serving.visit();
    // More than the kernel's buffers hold.
    REQUIRE(slow.send(get("/big") + get("/big") + get("/big")));
    // The server has nobody left when it has cut him; only then does the drain have nothing to wait for.
    pollfd cut{.fd = SSL_get_fd(slow.native()), .events = POLLRDHUP, .revents = 0};
    REQUIRE(::poll(&cut, 1, 10'000) == 1);
    CHECK(slow.rest().size() < 24'000'000);
}

TEST_CASE("an answer may take longer than any deadline of reading") {
    auto limits = with(&net::limits::idle, 20ms);
    limits.head = limits.body = limits.handshake = 500ms;
    serving serving(limits);
    auto client = serving.visit();
    REQUIRE(client.send(get("/wait")));
    serving.service.waiting.wait();
    // Another visitor's idle connection ends by the same limit; the one that waits is still there.
    auto other = serving.visit();
    REQUIRE(other.send(get("/hello")));
    CHECK(status(other.answer()) == 200);
    CHECK(other.ended());
    serving.server().drain();
    CHECK(status(client.answer()) == 200);
}
