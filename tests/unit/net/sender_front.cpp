// Of an address only what a house or street shares.
#include "server/net/sender_front.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using bytes = std::vector<std::uint8_t>;

bytes front(const std::string& address) {
    sockaddr_in four{};
    sockaddr_in6 six{};
    const sockaddr* at = reinterpret_cast<const sockaddr*>(&four);
    if (inet_pton(AF_INET6, address.c_str(), &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        at = reinterpret_cast<const sockaddr*>(&six);
    } else if (inet_pton(AF_INET, address.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
    }
    const net::sender_front found(*at);
    return {found.bytes().begin(), found.bytes().end()};
}

}  // namespace

TEST_CASE("a sender is the first 24 bits of IPv4 or the first 56 of IPv6") {
    CHECK(front("192.0.2.1") == bytes{4, 192, 0, 2});
    CHECK(front("192.0.2.254") == bytes{4, 192, 0, 2});
    CHECK(front("192.0.3.1") == bytes{4, 192, 0, 3});
    CHECK(front("2001:db8:1:22ff::1") == bytes{6, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0x22});
    CHECK(front("2001:db8:1:2201:ffff::2") == front("2001:db8:1:22ff::1"));
    CHECK(front("2001:db8:1:2300::1") != front("2001:db8:1:22ff::1"));
    CHECK(front("::ffff:192.0.2.7") == front("192.0.2.1"));
    CHECK(front("nonsense").empty());
}

TEST_CASE("what is no socket has no front") { CHECK(net::sender_front::of(-1).bytes().empty()); }
