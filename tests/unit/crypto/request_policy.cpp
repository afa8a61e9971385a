// Protocol §7 on top of RFC 9421: what is signed, and that nothing else is accepted.
#include <stdexcept>

#include <catch2/catch.hpp>

#include "crypto/http_signature.hpp"
#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

namespace {

constexpr std::string_view good_parameters =
    R"(;created=1795363200;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="lid:x";alg="ed25519";tag="baken")";
constexpr std::string_view no_body = R"(("@method" "@authority" "@path" "@query"))";

signed_message get() {
    return {
        .method = "GET", .authority = "meldpunt.example", .path = "/v1/gids", .query = "?a=b", .fields = {}};
}

// read_claims on a field of these parts; the signature is well-formed, and here nobody asks whether it holds.
std::optional<errc> refused(std::string_view components, std::string_view parameters,
                            const signed_message& message, bool has_body, std::string_view label = "sig1") {
    const std::string member = std::string(label) + "=";
    return refusal(read_claims(member + std::string(components) + std::string(parameters),
                               member + ":" + b64(signature{}) + ":", message, has_body));
}

signed_message message_of(const boost::json::value& row) {
    const auto target = vectors::text(row, "target");
    const auto mark = target.find('?');
    signed_message out{.method = vectors::text(row, "method"),
                       .authority = vectors::text(row, "authority"),
                       .path = target.substr(0, mark),
                       .query = mark == std::string::npos ? "?" : target.substr(mark),
                       .fields = {}};
    for (const auto& field : row.at("headers").as_object())
        out.fields.emplace_back(field.key(), std::string_view(field.value().as_string()));
    return out;
}

}  // namespace

TEST_CASE("vectors: signed requests verify, and signed anew say the same") {
    int with_body = 0;
    for (const auto& row : vectors::section("signedRequests")) {
        const auto message = message_of(row);
        const auto& headers = row.at("headers");
        const bool has_body = row.at("body").is_string();
        const auto input = vectors::text(headers, "Signature-Input");
        const auto claims =
            read_claims(input, vectors::text(headers, "Signature"), message, has_body).value();
        CHECK(verify(as_bytes(claims.base), claims.mark, vectors::block<32>(row, "publicKey")));
        CHECK(claims.keyid == "lid:00000000-0000-4000-8000-000000000009");
        CHECK(claims.created == 1795363200);

        const auto keys = sign_keys::random();
        const auto ours = sign_request(message, keys, claims.keyid, claims.created, claims.nonce);
        CHECK(ours.signature_input == input);
        CHECK(ours.base == claims.base);
        const auto again = read_claims(ours.signature_input, ours.signature, message, has_body).value();
        CHECK(verify(as_bytes(again.base), again.mark, keys.public_key));

        if (!has_body) continue;
        ++with_body;
        const auto digest = vectors::text(headers, "Content-Digest");
        CHECK(content_digest_holds(digest, as_bytes(vectors::text(row, "body"))));
        CHECK(content_digest(as_bytes(vectors::text(row, "body"))) == digest);
    }
    CHECK(with_body > 0);
}

TEST_CASE("a signature is bound to every part of the request") {
    auto message = get();
    message.method = "POST";
    message.fields = {{"Content-Digest", content_digest(as_bytes("body"))}, {"If-Match", "\"7\""}};
    const auto keys = sign_keys::random();
    const auto ours = sign_request(message, keys, "lid:x", 17, block<16>{1, 2, 3});
    const auto holds = [&](const signed_message& other) {
        const auto claims = read_claims(ours.signature_input, ours.signature, other, true);
        return claims && verify(as_bytes(claims->base), claims->mark, keys.public_key);
    };
    CHECK(holds(message));
    const auto changed = [&](auto change) {
        auto other = message;
        change(other);
        return holds(other);
    };
    CHECK_FALSE(changed([](auto& m) { m.method = "PUT"; }));
    CHECK_FALSE(changed([](auto& m) { m.authority = "other.example"; }));
    CHECK_FALSE(changed([](auto& m) { m.path += "/"; }));
    CHECK_FALSE(changed([](auto& m) { m.query = "?"; }));
    CHECK_FALSE(changed([](auto& m) { m.fields[0].second = content_digest(as_bytes("other")); }));
    CHECK_FALSE(changed([](auto& m) { m.fields[1].second = "\"8\""; }));
    CHECK_FALSE(changed([](auto& m) { m.fields.pop_back(); }));
    CHECK_FALSE(changed([](auto& m) { m.fields.push_back(m.fields[1]); }));
    CHECK(changed([](auto& m) { m.fields.emplace_back("accept", "x"); }));

    const auto claims = read_claims(ours.signature_input, ours.signature, message, true).value();
    CHECK(claims.keyid == "lid:x");
    CHECK(claims.created == 17);
    CHECK(claims.nonce == block<16>{1, 2, 3});
    CHECK(claims.base == ours.base);
}

TEST_CASE("parameters may stand in any order") {
    CHECK_FALSE(refused(no_body, good_parameters, get(), false));
    CHECK_FALSE(refused(no_body,
                        R"(;tag="baken";alg="ed25519";keyid="k";nonce="0cM4MAbWYx4kGyHJBM5NOQ";created=1)",
                        get(), false));
}

TEST_CASE("parameters that are missing, added or other are refused") {
    for (const std::string_view parameters :
         {R"()", R"(;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="k";alg="ed25519";tag="baken")",
          R"(;created=1;keyid="k";alg="ed25519";tag="baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ";alg="ed25519";tag="baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="k";tag="baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="k";alg="ed25519")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="k";alg="ed25519";tag="baken";expires=2)",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="k";alg="hmac-sha256";tag="baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ";keyid="k";alg="ed25519";tag="Baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOQ==";keyid="k";alg="ed25519";tag="baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5NOR";keyid="k";alg="ed25519";tag="baken")",
          R"(;created=1;nonce="0cM4MAbWYx4kGyHJBM5N";keyid="k";alg="ed25519";tag="baken")",
          R"(;created=1;nonce="";keyid="k";alg="ed25519";tag="baken")"}) {
        CAPTURE(parameters);
        CHECK(refused(no_body, parameters, get(), false) == errc::signature_policy);
    }
    CHECK(refused(no_body, good_parameters, get(), false, "sig2") == errc::signature_policy);
}

TEST_CASE("components that are missing, added or in another order are refused") {
    auto message = get();
    message.fields = {{"Date", "x"}, {"Content-Digest", content_digest(as_bytes("body"))}};
    for (const std::string_view components :
         {R"(())", R"(("@method" "@authority" "@path"))", R"(("@authority" "@method" "@path" "@query"))",
          R"(("@method" "@authority" "@path" "@query" "date"))",
          R"(("@method" "@authority" "@path" "@query" "content-digest"))",
          R"(("@method" "@authority" "@path" "@query" "if-match"))",
          R"(("@method" "@authority" "@path" "@query" "@query"))",
          R"(("@method" "@authority" "@request-target" "@query"))"}) {
        CAPTURE(components);
        CHECK(refused(components, good_parameters, message, false) == errc::signature_policy);
    }
}

TEST_CASE("a body asks for content-digest and If-Match for if-match, and nothing else does") {
    constexpr std::string_view digest = R"(("@method" "@authority" "@path" "@query" "content-digest"))";
    constexpr std::string_view match = R"(("@method" "@authority" "@path" "@query" "if-match"))";
    constexpr std::string_view both =
        R"(("@method" "@authority" "@path" "@query" "content-digest" "if-match"))";
    constexpr std::string_view both_turned =
        R"(("@method" "@authority" "@path" "@query" "if-match" "content-digest"))";
    auto with_digest = get();
    with_digest.fields = {{"content-DIGEST", content_digest(as_bytes("body"))}};
    auto with_match = get();
    with_match.fields = {{"IF-match", "\"7\""}};
    auto with_both = with_digest;
    with_both.fields.push_back(with_match.fields[0]);

    CHECK_FALSE(refused(digest, good_parameters, with_digest, true));
    CHECK_FALSE(refused(match, good_parameters, with_match, false));
    CHECK_FALSE(refused(both, good_parameters, with_both, true));
    CHECK_FALSE(refused(no_body, good_parameters, with_digest, false));

    CHECK(refused(no_body, good_parameters, with_digest, true) == errc::signature_policy);
    CHECK(refused(no_body, good_parameters, with_match, false) == errc::signature_policy);
    CHECK(refused(match, good_parameters, with_both, true) == errc::signature_policy);
    CHECK(refused(digest, good_parameters, with_both, true) == errc::signature_policy);
    CHECK(refused(both_turned, good_parameters, with_both, true) == errc::signature_policy);
    CHECK(refused(both, good_parameters, with_both, false) == errc::signature_policy);
    // A body whose digest is signed but was not sent.
    CHECK(refused(digest, good_parameters, get(), true) == errc::bad_signature_field);
}

TEST_CASE("fields that cannot be read are refused as such") {
    const auto ours = sign_request(get(), sign_keys::random(), "lid:x", 17, {});
    CHECK(refusal(read_claims("", ours.signature, get(), false)) == errc::bad_signature_field);
    CHECK(refusal(read_claims(ours.signature_input, "", get(), false)) == errc::bad_signature_field);
    CHECK(refusal(read_claims(ours.signature_input, "sig2" + ours.signature.substr(4), get(), false)) ==
          errc::bad_signature_field);
    CHECK(refusal(read_claims(ours.signature_input + ", " + ours.signature_input, ours.signature, get(),
                              false)) == errc::bad_signature_field);
}

TEST_CASE("signing what cannot be read back is our bug") {
    const auto keys = sign_keys::random();
    CHECK_THROWS_AS(sign_request(get(), keys, "lid:\n", 17, {}), std::logic_error);
    auto message = get();
    message.path = "/\n";
    CHECK_THROWS_AS(sign_request(message, keys, "lid:x", 17, {}), std::logic_error);
    const auto odd = sign_request(get(), keys, R"(a"\b)", 17, {});
    CHECK(read_claims(odd.signature_input, odd.signature, get(), false).value().keyid == R"(a"\b)");
}
