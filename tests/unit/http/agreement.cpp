// The guard and Boost.Beast read the same header alike; the fuzz target of the guard asks it of every input.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "server/http/guard.hpp"
#include "tests/unit/http/peer.hpp"

TEST_CASE("what the guard lets through Beast understands alike") {
    const std::vector<std::string> heads = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "post /%41?a=b&c HTTP/1.1\r\nHOST:a:443\r\nX:\r\nX: \t a \t b \t\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0012\r\nConnection: x, CLOSE\r\n\r\n",
        "PUT / HTTP/1.1\r\nContent-Length: 999999999999999999\r\nHost: a\r\nUpgrade: b\r\nConnection: "
        "upgrade\r\n\r\n",
    };
    for (const auto& raw : heads) {
        CAPTURE(raw);
        const auto head = http::guard(raw, {"a"});
        REQUIRE(head);
        CHECK(peer::of(*head) == peer::read(raw));
    }
}

TEST_CASE("what Beast lets through to be smuggled the guard stops") {
    const std::vector<std::string> heads = {
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: unknown\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
    };
    for (const auto& raw : heads) {
        CAPTURE(raw);
        CHECK_FALSE(peer::read(raw).method.empty());
        CHECK_FALSE(http::guard(raw, {"a"}));
    }
}
