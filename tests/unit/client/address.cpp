#include "client/line/address.hpp"

#include <catch2/catch.hpp>

TEST_CASE("an address has one spelling, lower case and without the default port") {
    struct row {
        std::string given, origin, authority;
    };
    for (const auto& [given, origin, authority] : {
             row{"https://localhost:8443", "https://localhost:8443", "localhost:8443"},
             row{"HTTPS://LocalHost:8443/", "https://localhost:8443", "localhost:8443"},
             row{"https://baken.example:443", "https://baken.example", "baken.example"},
             row{"https://baken.example:80", "https://baken.example:80", "baken.example:80"},
             row{"https://127.0.0.1:1", "https://127.0.0.1:1", "127.0.0.1:1"},
             row{"https://[::1]:8443", "https://[::1]:8443", "[::1]:8443"},
             row{"https://[::1]", "https://[::1]", "[::1]"},
             row{"http://abcdef.onion", "http://abcdef.onion", "abcdef.onion"},
             row{"http://abcdef.onion:80", "http://abcdef.onion", "abcdef.onion"},
         }) {
        INFO(given);
        auto read = client::address::parse(given);
        REQUIRE(read);
        CHECK(read->origin() == origin);
        CHECK(read->authority() == authority);
    }
}

TEST_CASE("an address that says more or less than host and port is refused") {
    for (std::string given : {"",
                              "localhost",
                              "localhost:8443",
                              "ftp://localhost",
                              "http://localhost:8443",
                              "http://onion",
                              "http://abc.onion.example",
                              "https://",
                              "https:///",
                              "https://user@host",
                              "https://user:pw@host",
                              "https://host/path",
                              "https://host?x",
                              "https://host#x",
                              "https://host:",
                              "https://host:0",
                              "https://host:08",
                              "https://host:65536",
                              "https://host:123456",
                              "https://ho st",
                              "https://host\n",
                              "https://[::1",
                              "https://::1",
                              "https://[::1]x",
                              "https://[]",
                              "https://[f]",
                              "https://[:]",
                              "https://[1.2.3.4]",
                              "https://[::12345]",
                              "https://h\xc3\xb6st"}) {
        INFO(given);
        auto read = client::address::parse(given);
        REQUIRE_FALSE(read);
        CHECK(read.error() == client::errc::bad_address);
    }
}
