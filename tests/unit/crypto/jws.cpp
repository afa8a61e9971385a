#include "crypto/jws.hpp"

#include <stdexcept>
#include <vector>

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

namespace {

using key_list = std::vector<sign_public>;

constexpr std::string_view typ = "baken-sleutel+jws";

// A token with any header, signed well over what it says.
std::string token_with(std::string_view header, std::string_view payload, const sign_keys& keys) {
    std::string token = b64u(as_bytes(header)) + '.' + b64u(as_bytes(payload));
    const auto mark = sign(as_bytes(token), keys);
    return token + '.' + b64u(mark);
}

}  // namespace

TEST_CASE("vectors: signed documents verify, other headers are refused") {
    int good = 0;
    for (const auto& row : vectors::section("jws")) {
        const auto token = vectors::text(row, "token");
        const key_list trusted{vectors::block<32>(row, "publicKey")};
        const auto payload = verify_jws(token, vectors::text(row, "typ"), trusted);
        if (!vectors::has(row, "bad")) {
            ++good;
            CHECK(boost::json::parse(payload.value()) == row.at("payload"));
            CHECK(read_jws(token).value().kid == kid(trusted[0]));
        } else if (vectors::text(row, "why") == "header members in another order") {
            CHECK(refusal(payload) == errc::bad_jws);
        } else {
            // The signature holds; the payload's JSON is refused by the room that reads it.
            REQUIRE(vectors::text(row, "why") == "duplicate name in payload");
            CHECK(payload.value() == R"({"loket":"a","loket":"b"})");
        }
    }
    CHECK(good > 0);
}

TEST_CASE("a token is read back as it was signed") {
    const auto keys = sign_keys::random();
    for (const std::string_view payload : {"", "{}", R"({"tekst":"é"})"}) {
        const auto token = sign_jws(typ, payload, keys);
        const auto parts = read_jws(token).value();
        CHECK(parts.typ == typ);
        CHECK(parts.kid == kid(keys.public_key));
        CHECK(parts.payload == payload);
        CHECK(parts.signing_input == std::string_view(token).substr(0, token.rfind('.')));
        CHECK(verify_jws(token, typ, key_list{keys.public_key}).value() == payload);
    }
    CHECK_THROWS_AS(sign_jws("a\"b", "{}", keys), std::logic_error);
    CHECK_THROWS_AS(sign_jws("", "{}", keys), std::logic_error);
}

TEST_CASE("the signer is one of the trusted keys, and is named") {
    const auto first = sign_keys::random(), second = sign_keys::random(), stranger = sign_keys::random();
    const key_list trusted{first.public_key, second.public_key};
    sign_public signer{};
    CHECK(verify_jws(sign_jws(typ, "{}", second), typ, trusted, &signer).has_value());
    CHECK(signer == second.public_key);
    signer = {};
    CHECK(refusal(verify_jws(sign_jws(typ, "{}", stranger), typ, trusted, &signer)) == errc::unknown_key);
    CHECK(refusal(verify_jws(sign_jws(typ, "{}", first), typ, {}, &signer)) == errc::unknown_key);
    CHECK(refusal(verify_jws(sign_jws(typ, "{}", first), "baken-lid+jws", trusted, &signer)) ==
          errc::wrong_type);
    CHECK(signer == sign_public{});
}

TEST_CASE("a signature over anything else does not hold") {
    const auto keys = sign_keys::random();
    const key_list trusted{keys.public_key};
    const auto token = sign_jws(typ, R"({"a":1})", keys);
    const auto other = sign_jws(typ, R"({"a":2})", keys);
    const auto mixed = token.substr(0, token.rfind('.')) + other.substr(other.rfind('.'));
    CHECK(refusal(verify_jws(mixed, typ, trusted)) == errc::bad_signature);
    // The kid of a trusted key, the signature of another.
    const auto header =
        R"({"alg":"EdDSA","typ":"baken-sleutel+jws","kid":")" + kid(keys.public_key) + R"("})";
    CHECK(refusal(verify_jws(token_with(header, "{}", sign_keys::random()), typ, trusted)) ==
          errc::bad_signature);
    CHECK(verify_jws(token_with(header, "{}", keys), typ, trusted).value() == "{}");
}

TEST_CASE("every header but ours is refused, however well signed") {
    const auto keys = sign_keys::random();
    const key_list trusted{keys.public_key};
    const auto id = kid(keys.public_key);
    for (const std::string& header :
         {std::string(), std::string("{}"),
          R"({"typ":"baken-sleutel+jws","alg":"EdDSA","kid":")" + id + R"("})",
          R"({"alg":"none","typ":"baken-sleutel+jws","kid":")" + id + R"("})",
          R"({"alg":"HS256","typ":"baken-sleutel+jws","kid":")" + id + R"("})",
          R"({ "alg":"EdDSA","typ":"baken-sleutel+jws","kid":")" + id + R"("})",
          R"({"alg":"EdDSA", "typ":"baken-sleutel+jws","kid":")" + id + R"("})",
          R"({"alg":"EdDSA","typ":"baken-sleutel+jws","kid":")" + id + R"("} )",
          R"({"alg":"EdDSA","typ":"baken-sleutel+jws","kid":")" + id + R"(","crit":[]})",
          R"({"alg":"EdDSA","typ":"baken-sleutel+jws","typ":"baken-sleutel+jws","kid":")" + id + R"("})",
          R"({"alg":"EdDSA","typ":"","kid":")" + id + R"("})",
          R"({"alg":"EdDSA","typ":"baken\u002dsleutel+jws","kid":")" + id + R"("})",
          R"({"alg":"EdDSA","typ":"baken-sleutel+jws","kid":")" + id.substr(1) + R"("})",
          R"({"alg":"EdDSA","typ":"baken-sleutel+jws","kid":"0)" + id + R"("})",
          std::string(R"({"alg":"EdDSA","typ":"baken-sleutel+jws","kid":"ABCDEF0123456789"})"),
          std::string(R"({"alg":"EdDSA","typ":"baken-sleutel+jws"})")}) {
        CAPTURE(header);
        CHECK(refusal(verify_jws(token_with(header, "{}", keys), typ, trusted)) == errc::bad_jws);
    }
}

TEST_CASE("every form but the compact one is refused") {
    const auto token = sign_jws(typ, "{}", sign_keys::random());
    const auto first = token.find('.'), second = token.rfind('.');
    for (const std::string& bad :
         {std::string(), std::string("."), std::string(".."), token.substr(0, second),
          token.substr(0, second + 1), token + ".", token + ".e30", "." + token, token + " ", " " + token,
          token + "=", token.substr(0, token.size() - 1), token + "AA",
          token.substr(0, first) + token.substr(second), token.substr(first),
          token.substr(0, first + 1) + "e31" + token.substr(second),
          token.substr(0, first + 1) + "e30=" + token.substr(second)}) {
        CAPTURE(bad);
        CHECK(refusal(read_jws(bad)) == errc::bad_jws);
    }
}
