// The envelopes an independent implementation sealed: opened here, and sealed again to the same bytes.
#include <algorithm>

#include <catch2/catch.hpp>

#include "crypto/envelope.hpp"
#include "crypto/hash.hpp"
#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

namespace {

kind kind_of(const boost::json::value& row) { return static_cast<kind>(vectors::number(row, "kind")); }

box_keys reader_of(const boost::json::value& row) {
    return box_keys::from(vectors::secret<box_secret>(row, "recipientSecretKey"));
}

// The text of a vector: written out, or opened from the body that is.
plain text_of(const boost::json::value& row, const content_key& key) {
    if (vectors::has(row, "body"))
        return open_body(vectors::b64u(row, "body"), key, kind_of(row), vectors::id(row)).value();
    plain out(vectors::number(row, "plaintextLength"));
    std::ranges::fill(out.span(), static_cast<std::uint8_t>(vectors::text(row, "plaintext").at(0)));
    return out;
}

}  // namespace

TEST_CASE("vectors: sealed keys open to K") {
    for (const auto& row : vectors::section("envelopes")) {
        const auto key = open_key(vectors::b64u(row, "sealedKey"), vectors::id(row), reader_of(row)).value();
        CHECK(hex(key.view()) == vectors::text(row, "contentKey"));
        CHECK(b64u(key_mark(vectors::block<32>(row, "recipientPublicKey"))) == vectors::text(row, "sleutel"));
    }
}

TEST_CASE("vectors: bodies open, and the same text under the same K is the same body") {
    int with_body = 0;
    for (const auto& row : vectors::section("envelopes")) {
        const auto key = vectors::secret<content_key>(row, "contentKey");
        const auto id = vectors::id(row);
        const plain text = text_of(row, key);
        CAPTURE(id.text());
        CHECK(text.size() == vectors::number(row, "plaintextLength"));
        CHECK(hex(sha256(text.view())) == vectors::text(row, "plaintextSha256"));

        const auto body = seal_body(text, key, kind_of(row), id).value();
        CHECK(body.size() == vectors::number(row, "bodyLength"));
        CHECK(hex(sha256(body.view())) == vectors::text(row, "bodySha256"));
        if (vectors::has(row, "nonce")) CHECK(hex(body.view().first(24)) == vectors::text(row, "nonce"));
        if (vectors::has(row, "body")) {
            ++with_body;
            CHECK(std::ranges::equal(body.view(), vectors::b64u(row, "body")));
        }
    }
    CHECK(with_body > 0);
}

TEST_CASE("vectors: bad envelopes are refused, each for its reason") {
    for (const auto& row : vectors::section("badEnvelopes")) {
        const auto why = vectors::text(row, "why");
        CAPTURE(why);
        const auto key = open_key(vectors::b64u(row, "sealedKey"), vectors::id(row), reader_of(row));
        if (why == "id inside sealedKey is another") {
            CHECK(refusal(key) == errc::wrong_id);
        } else {
            REQUIRE(why == "nonce is not derived from K");
            CHECK(refusal(open_body(vectors::b64u(row, "body"), key.value(), kind_of(row),
                                    vectors::id(row))) == errc::wrong_nonce);
        }
    }
}
