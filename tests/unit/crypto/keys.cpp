#include "crypto/keys.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

namespace {
seed seed_of(std::string_view hex_text) { return seed::from(from_hex(hex_text).value()).value(); }
}  // namespace

TEST_CASE("signatures are those of RFC 8032 §7.1") {
    // TEST 1, whose message is empty.
    const auto keys =
        sign_keys::from(seed_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    CHECK(hex(keys.public_key) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const auto mark = sign({}, keys);
    CHECK(hex(mark) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd2"
          "5bf5f0595bb"
          "e24655141438e7a100b");
    CHECK(verify({}, mark, keys.public_key));
}

TEST_CASE("a signature holds for its message and key alone") {
    const auto keys = sign_keys::random();
    const auto mark = sign(as_bytes("text"), keys);
    CHECK(verify(as_bytes("text"), mark, keys.public_key));
    CHECK_FALSE(verify(as_bytes("texT"), mark, keys.public_key));
    CHECK_FALSE(verify(as_bytes("text"), mark, sign_keys::random().public_key));
    for (const std::size_t place : {0U, 31U, 32U, 63U}) {
        auto other = mark;
        other[place] ^= 1;
        CHECK_FALSE(verify(as_bytes("text"), other, keys.public_key));
    }
}

TEST_CASE("a box key's public half follows from its scalar") {
    for (const auto& row : vectors::section("envelopes")) {
        const auto keys = box_keys::from(vectors::secret<box_secret>(row, "recipientSecretKey"));
        CHECK(keys.public_key == vectors::block<32>(row, "recipientPublicKey"));
    }
    const auto random = box_keys::random();
    CHECK(box_keys::from(random.secret_key.copy()).public_key == random.public_key);
}

TEST_CASE("a sealed box opens for its reader alone") {
    const auto reader = box_keys::random();
    for (const std::string_view text : {"", "x", "a longer text"}) {
        const auto box = seal_box(as_bytes(text), reader.public_key).value();
        CHECK(box.size() == text.size() + 48);
        CHECK(open_box(box.view(), reader).value().text() == text);
        CHECK(refusal(open_box(box.view(), box_keys::random())) == errc::not_for_this_key);
        bytes changed(box.view().begin(), box.view().end());
        changed.back() ^= 1;
        CHECK(refusal(open_box(changed, reader)) == errc::not_for_this_key);
        CHECK(refusal(open_box(box.view().first(47), reader)) == errc::not_for_this_key);
    }
    CHECK(refusal(open_box({}, reader)) == errc::not_for_this_key);
}

TEST_CASE("nothing is sealed to a key of low order") {
    for (const std::string_view key : {"0000000000000000000000000000000000000000000000000000000000000000",
                                       "0100000000000000000000000000000000000000000000000000000000000000",
                                       "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                                       "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                                       "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        CAPTURE(key);
        const auto low = to_block<32>(from_hex(key).value()).value();
        CHECK(refusal(seal_box(as_bytes("secret"), low)) == errc::low_order_key);
    }
}

TEST_CASE("the same seed gives the same pairs, another seed others") {
    const seed one = seed::random();
    CHECK(sign_keys::from(one).public_key == sign_keys::from(one).public_key);
    CHECK(box_keys::from(one).public_key == box_keys::from(one).public_key);
    CHECK(sign_keys::from(one).public_key != sign_keys::from(seed::random()).public_key);
    CHECK(sign_keys::random().public_key != sign_keys::random().public_key);
}
