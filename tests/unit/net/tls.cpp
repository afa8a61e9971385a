// What the TLS of a visitor may be, asked by a real client.
#include <memory>
#include <string>

#include <catch2/catch.hpp>
#include <openssl/obj_mac.h>

#include "tests/unit/net/serving.hpp"

using namespace net::tests;

namespace {

using session = std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)>;

session session_of(client& client) {
    REQUIRE(client.send(get("/hello")));
    REQUIRE(status(client.answer()) == 200);
    return {SSL_get1_session(client.native()), SSL_SESSION_free};
}

}  // namespace

TEST_CASE("TLS 1.3 and 1.2 are spoken, nothing older") {
    serving serving;
    const auto speaks = [&](int version) {
        return serving.visit({.lowest = version, .highest = version}).connected();
    };
    CHECK(speaks(TLS1_3_VERSION));
    CHECK(speaks(TLS1_2_VERSION));
    CHECK_FALSE(speaks(TLS1_1_VERSION));
    CHECK_FALSE(speaks(TLS1_VERSION));
}

TEST_CASE("TLS 1.2 needs ECDHE and an AEAD") {
    serving serving;
    const auto speaks = [&](std::string ciphers) {
        return serving.visit({.highest = TLS1_2_VERSION, .ciphers = std::move(ciphers)}).connected();
    };
    CHECK(speaks("ECDHE-ECDSA-AES128-GCM-SHA256"));
    CHECK(speaks("ECDHE-ECDSA-AES256-GCM-SHA384"));
    CHECK(speaks("ECDHE-ECDSA-CHACHA20-POLY1305"));
    CHECK_FALSE(speaks("ECDHE-ECDSA-AES128-SHA256"));
    CHECK_FALSE(speaks("ECDHE-ECDSA-AES256-SHA"));
    CHECK_FALSE(speaks("ECDHE-ECDSA-AES128-CCM"));
    CHECK_FALSE(speaks("aNULL"));
}

TEST_CASE("X25519 is preferred") {
    serving serving;
    auto client = serving.visit();
    REQUIRE(client.connected());
    CHECK(SSL_get_negotiated_group(client.native()) == NID_X25519);
}

TEST_CASE("HTTP/1.1 is agreed on, and who speaks only something else is refused") {
    serving serving;
    auto both = serving.visit({.protocols = "\x02h2\x08http/1.1"});
    REQUIRE(both.connected());
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(both.native(), &chosen, &size);
    CHECK(std::string(reinterpret_cast<const char*>(chosen), size) == "http/1.1");
    CHECK_FALSE(serving.visit({.protocols = "\x02h2"}).connected());
}

TEST_CASE("two visits cannot be linked by resumption") {
    serving serving;
    for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
        CAPTURE(version);
        auto first = serving.visit({.lowest = version, .highest = version});
        const auto kept = session_of(first);
        CHECK(first.tickets() == 0);
        CHECK_FALSE(SSL_SESSION_has_ticket(kept.get()));
        CHECK_FALSE(SSL_SESSION_is_resumable(kept.get()));
        CHECK(SSL_SESSION_get_max_early_data(kept.get()) == 0);
        auto second = serving.visit({.lowest = version, .highest = version, .resume = kept.get()});
        REQUIRE(second.connected());
        CHECK_FALSE(SSL_session_reused(second.native()));
    }
}

TEST_CASE("nobody renegotiates") {
    serving serving;
    auto client = serving.visit({.highest = TLS1_2_VERSION});
    REQUIRE(client.connected());
    const bool asked = SSL_renegotiate(client.native()) == 1 && SSL_do_handshake(client.native()) == 1;
    CHECK_FALSE((asked && client.send(get("/hello")) && status(client.answer()) == 200 &&
                 SSL_num_renegotiations(client.native()) > 0));
}

TEST_CASE("a renewed certificate is used from the next visitor on, a bad one never") {
    serving serving;
    const auto shown = [&] { return serving.visit().peer_certificate(); };
    auto staying = serving.visit();
    REQUIRE(staying.connected());
    const auto old = shown();
    serving.certificate.renew();
    CHECK(shown() == old);
    REQUIRE(serving.server().reload_certificate());
    const auto fresh = shown();
    CHECK(fresh != old);
    REQUIRE(staying.send(get("/hello")));
    CHECK(status(staying.answer()) == 200);

    serving.certificate.swap_key();
    const auto mismatch = serving.server().reload_certificate();
    REQUIRE_FALSE(mismatch);
    CHECK(mismatch.error().code == net::errc::key_of_another);
    serving.certificate.spoil_key();
    const auto spoiled = serving.server().reload_certificate();
    REQUIRE_FALSE(spoiled);
    CHECK(spoiled.error().code == net::errc::no_key);
    CHECK(shown() == fresh);
}
