// Why a server does not start, in one sentence each.
#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;

namespace {

net::options options(const certificate& certificate, std::string address, std::uint16_t port) {
    net::options out;
    out.listen = {net::endpoint{.address = std::move(address), .port = port, .tls = true}};
    out.tls = certificate.files();
    out.names = {"localhost"};
    out.threads = 2;
    return out;
}

net::errc why(net::options options) {
    const auto opened = net::server::open(std::move(options));
    REQUIRE_FALSE(opened);
    return opened.error().code;
}

}  // namespace

TEST_CASE("a second server on the same port says so") {
    serving first;
    const auto second = net::server::open(options(first.certificate, "127.0.0.1", first.port()));
    REQUIRE_FALSE(second);
    CHECK(second.error().sentence() ==
          "another program listens on this address: 127.0.0.1:" + std::to_string(first.port()));
}

TEST_CASE("a port is free again when its server has gone") {
    const certificate certificate;
    std::uint16_t port = 0;
    {
        serving first;
        auto client = first.visit();
        REQUIRE(client.send(get("/hello", "Connection: close\r\n")));
        CHECK(status(client.answer()) == 200);
        port = first.port();
    }
    CHECK(net::server::open(options(certificate, "127.0.0.1", port)));
}

TEST_CASE("one server listens on IPv4 and IPv6 alike") {
    const certificate certificate;
    auto wanted = options(certificate, "0.0.0.0", 0);
    const auto first = net::server::open(wanted);
    REQUIRE(first);
    const auto port = (*first)->port(0);
    CHECK(net::server::open(options(certificate, "::", port)));
}

TEST_CASE("what cannot be listened on or read is named") {
    const certificate certificate;
    CHECK(why(options(certificate, "localhost", 0)) == net::errc::bad_address);
    CHECK(why(options(certificate, "192.0.2.1", 0)) == net::errc::address_refused);
    auto wanted = options(certificate, "127.0.0.1", 0);
    wanted.listen.clear();
    CHECK(why(wanted) == net::errc::no_endpoint);
    wanted = options(certificate, "127.0.0.1", 0);
    wanted.tls.chain = "/nonexistent";
    CHECK(why(wanted) == net::errc::no_certificate);
    wanted = options(certificate, "127.0.0.1", 0);
    wanted.tls.key = "/nonexistent";
    CHECK(why(wanted) == net::errc::no_key);
    certificate.swap_key();
    CHECK(why(options(certificate, "127.0.0.1", 0)) == net::errc::key_of_another);
}
