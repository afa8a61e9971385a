// What the TLS of a visitor may be, asked by a real client.
#include <memory>
#include <string>

#include <catch2/catch.hpp>
#include <openssl/err.h>
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

constexpr const char* hybrid = "X25519MLKEM768";
constexpr int hybrid_id = 0x11ec;  // of TLS: OpenSSL knows no NID of it

// Whether the OpenSSL that this program runs with does, whatever it was built with.
bool knows(const char* group) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()), SSL_CTX_free);
    const bool out = SSL_CTX_set1_groups_list(context.get(), group) == 1;
    ERR_clear_error();
    return out;
}

// The group that a client who prefers these in this order gets: a NID, or the number that TLS gives it.
int agreed(serving& serving, std::string groups) {
    auto client = serving.visit({.groups = std::move(groups)});
    REQUIRE(client.connected());
    return static_cast<int>(SSL_get_negotiated_group(client.native()) & ~TLSEXT_nid_unknown);
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

TEST_CASE("the hybrid with ML-KEM-768 comes first, where OpenSSL knows it") {
    if (!knows(hybrid)) {
        WARN("not shown here: " << OpenSSL_version(OPENSSL_VERSION) << " has no X25519MLKEM768 (3.5 has)");
        return;
    }
    serving serving;
    for (const std::string wanted : {"", "X25519MLKEM768", "X25519MLKEM768:X25519:P-256"}) {
        CAPTURE(wanted);
        CHECK(agreed(serving, wanted) == hybrid_id);
    }
}

TEST_CASE("without the hybrid X25519 comes first, then P-256 and P-384, and no other group is taken") {
    serving serving;
    CHECK(agreed(serving, "X25519:P-256:P-384") == NID_X25519);
    // A client sends a share of the first that it offers; where we do not take that, our order decides.
    CHECK(agreed(serving, "P-521:P-384:P-256:X25519") == NID_X25519);
    CHECK(agreed(serving, "P-521:P-384:P-256") == NID_X9_62_prime256v1);
    CHECK(agreed(serving, "P-384") == NID_secp384r1);
    CHECK_FALSE(serving.visit({.groups = "P-521"}).connected());
    CHECK_FALSE(serving.visit({.groups = "X448"}).connected());
    // Whether or not the hybrid is in it: a list that OpenSSL refuses leaves none of its own in force.
    if (!knows(hybrid)) CHECK(agreed(serving, "") == NID_X25519);
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
