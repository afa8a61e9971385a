#include "crypto/envelope.hpp"

#include <algorithm>

#include <catch2/catch.hpp>
#include <sodium.h>

#include "refusal.hpp"

using namespace crypto;

namespace {

constexpr kind all_kinds[] = {kind::melding, kind::bericht, kind::antwoord, kind::notitie,
                              kind::loketbericht};

bytes copy_of(byte_view view) { return {view.begin(), view.end()}; }

// What a writer without our padding rules would make: these exact padded bytes under the right key and nonce.
bytes sealed_as_is(const plain& padded, const content_key& key, kind kind, const uuid& id) {
    block<32> body_key;
    block<24> nonce;
    crypto_kdf_derive_from_key(body_key.data(), body_key.size(), 1, "bkn-body", key.view().data());
    crypto_kdf_derive_from_key(nonce.data(), nonce.size(), 2, "bkn-body", key.view().data());
    bytes ad = copy_of(as_bytes("baken-1"));
    ad.push_back(static_cast<std::uint8_t>(kind));
    ad.insert(ad.end(), id.bytes.begin(), id.bytes.end());
    bytes out = copy_of(nonce);
    out.resize(24 + padded.size() + 16);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + 24, nullptr, padded.view().data(), padded.size(),
                                               ad.data(), ad.size(), nullptr, nonce.data(), body_key.data());
    return out;
}

}  // namespace

TEST_CASE("a text goes into the smallest body that holds it") {
    struct row {
        std::size_t text, body;
    };
    for (const auto& [text, body] :
         {row{0, 4096}, row{4055, 4096}, row{4056, 16384}, row{16343, 16384}, row{16344, 65536},
          row{65495, 65536}, row{65496, 262144}, row{262103, 262144}})
        CHECK(body_size_for(text).value() == body);
    CHECK(refusal(body_size_for(262104)) == errc::too_long);
    for (const std::size_t size : body_sizes) {
        CHECK(is_body_size(size));
        CHECK_FALSE(is_body_size(size - 1));
    }
    CHECK_FALSE(is_body_size(0));
}

TEST_CASE("a body opens to the same text, at every edge of every class") {
    const auto id = uuid::random();
    for (const std::size_t size : {0U, 1U, 4054U, 4055U, 4056U, 16343U, 16344U, 65495U, 65496U, 262103U}) {
        CAPTURE(size);
        const auto key = content_key::random();
        const plain text = plain::random(size);
        const auto body = seal_body(text, key, kind::melding, id).value();
        CHECK(body.size() == body_size_for(size).value());
        CHECK(std::ranges::equal(open_body(body.view(), key, kind::melding, id).value().view(), text.view()));
    }
    CHECK(refusal(seal_body(plain(262104), content_key::random(), kind::melding, id)) == errc::too_long);
}

TEST_CASE("a text that ends like padding survives") {
    const auto id = uuid::random();
    for (const std::string_view text :
         {std::string_view("\x80", 1), std::string_view("a\x80\0\0", 4), std::string_view("\0\0", 2)}) {
        const auto key = content_key::random();
        const auto body = seal_body(plain::copy_of(text), key, kind::bericht, id).value();
        CHECK(open_body(body.view(), key, kind::bericht, id).value().text() == text);
    }
}

TEST_CASE("a body is bound to its kind, id and key") {
    const auto id = uuid::random();
    const auto key = content_key::random();
    const auto body = seal_body(plain::copy_of("text"), key, kind::melding, id).value();
    for (const kind other : all_kinds)
        if (other != kind::melding) CHECK(refusal(open_body(body.view(), key, other, id)) == errc::damaged);
    CHECK(refusal(open_body(body.view(), key, kind::melding, uuid::random())) == errc::damaged);
    CHECK(refusal(open_body(body.view(), content_key::random(), kind::melding, id)) == errc::wrong_nonce);
}

TEST_CASE("a changed body is refused wherever it was changed") {
    const auto id = uuid::random();
    const auto key = content_key::random();
    const auto body = seal_body(plain::copy_of("text"), key, kind::melding, id).value();
    for (const std::size_t place : {0U, 23U, 24U, 100U, 4079U, 4080U, 4095U}) {
        CAPTURE(place);
        bytes changed = copy_of(body.view());
        changed[place] ^= 1;
        CHECK(refusal(open_body(changed, key, kind::melding, id)) ==
              (place < 24 ? errc::wrong_nonce : errc::damaged));
    }
    bytes longer = copy_of(body.view());
    longer.push_back(0);
    CHECK(refusal(open_body(longer, key, kind::melding, id)) == errc::wrong_size);
    CHECK(refusal(open_body(body.view().first(4095), key, kind::melding, id)) == errc::wrong_size);
    CHECK(refusal(open_body({}, key, kind::melding, id)) == errc::wrong_size);
    longer.resize(16384);
    CHECK(refusal(open_body(longer, key, kind::melding, id)) == errc::damaged);
}

TEST_CASE("padding without its mark is refused, a larger class than needed is not") {
    const auto id = uuid::random();
    const auto key = content_key::random();
    const auto opened = [&](const plain& padded) {
        return open_body(sealed_as_is(padded, key, kind::melding, id), key, kind::melding, id);
    };
    CHECK(refusal(opened(plain(4096 - 40))) == errc::bad_padding);
    plain other_mark(4096 - 40);
    other_mark.span()[4] = 0x81;
    CHECK(refusal(opened(other_mark)) == errc::bad_padding);
    plain roomy(16384 - 40);
    std::ranges::copy(std::string_view("text\x80"), roomy.span().begin());
    CHECK(opened(roomy).value().text() == "text");
}

TEST_CASE("a sealed key opens for its reader and envelope alone") {
    const auto id = uuid::random();
    const auto key = content_key::random();
    const auto reader = box_keys::random();
    const auto box = seal_key(key, id, reader.public_key).value();
    CHECK(box.size() == sealed_key_size);
    CHECK(std::ranges::equal(open_key(box.view(), id, reader).value().view(), key.view()));
    CHECK(refusal(open_key(box.view(), uuid::random(), reader)) == errc::wrong_id);
    CHECK(refusal(open_key(box.view(), id, box_keys::random())) == errc::not_for_this_key);
    CHECK(refusal(open_key(box.view().first(95), id, reader)) == errc::wrong_size);
    const auto of_other_length = seal_box(as_bytes("short"), reader.public_key).value();
    CHECK(refusal(open_key(of_other_length.view(), id, reader)) == errc::wrong_size);
    CHECK(refusal(seal_key(key, id, box_public{})) == errc::low_order_key);
}
