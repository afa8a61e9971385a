// Any bytes as what lies sealed in a body: the first two say how much of the rest is text, what follows is
// its padding. Sealed here by a second writer of protocol §3, it is opened exactly where the padding is one
// 0x80 and zeros; and changed in any place, or under another key, kind or id, never.
#include "crypto/envelope.hpp"

#include <algorithm>

#include <sodium.h>

#include "tests/fuzz/target.hpp"

namespace {

using crypto::byte_view;
using crypto::errc;
using crypto::kind;

const crypto::content_key& key() {
    static const crypto::content_key out;
    return out;
}
const crypto::uuid& id() {
    static const auto out = crypto::uuid::parse("2ef253b4-fefb-4e4f-b5da-6c0c86d044a4").value();
    return out;
}

// nonce ‖ XChaCha20-Poly1305 of bytes that are padded already, or wrongly.
crypto::bytes sealed_by_page(byte_view padded) {
    crypto::bytes out(24), secret(32);
    crypto_kdf_derive_from_key(secret.data(), 32, 1, "bkn-body", key().view().data());
    crypto_kdf_derive_from_key(out.data(), 24, 2, "bkn-body", key().view().data());
    crypto::bytes ad{'b', 'a', 'k', 'e', 'n', '-', '1', 1};
    ad.insert(ad.end(), id().bytes.begin(), id().bytes.end());
    out.resize(24 + padded.size() + 16);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + 24, nullptr, padded.data(), padded.size(),
                                               ad.data(), ad.size(), nullptr, out.data(), secret.data());
    return out;
}

// The length of the text in front of 0x80 and zeros.
std::optional<std::size_t> by_page(byte_view padded) {
    auto left = padded.size();
    while (left > 0 && padded[left - 1] == 0) --left;
    if (left == 0 || padded[left - 1] != 0x80) return std::nullopt;
    return left - 1;
}

void damage(crypto::bytes body, byte_view draws) {
    const std::size_t place = (draws[0] * 65537UL + draws[1] * 257UL + draws.back()) % body.size();
    body[place] ^= static_cast<std::uint8_t>(1 + draws[0] % 255);
    const auto opened = crypto::open_body(body, key(), kind::melding, id());
    must(!opened && opened.error() == (place < 24 ? errc::wrong_nonce : errc::damaged));
    body.pop_back();
    must(crypto::open_body(body, key(), kind::melding, id()).error() == errc::wrong_size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const byte_view raw(data, size), rest = raw.subspan(2);
    crypto::bytes padded(crypto::body_sizes[0] - 40);
    const auto front = std::min(rest.size(), padded.size()),
               text = std::min<std::size_t>(data[0] * 16UL, front);
    std::copy_n(rest.begin(), text, padded.begin());
    std::copy(rest.begin() + static_cast<std::ptrdiff_t>(text),
              rest.begin() + static_cast<std::ptrdiff_t>(front),
              padded.end() - static_cast<std::ptrdiff_t>(front - text));

    const auto body = sealed_by_page(padded);
    must(crypto::is_body_size(body.size()));
    const auto opened = crypto::open_body(body, key(), kind::melding, id());
    const auto length = by_page(padded);
    must(opened.has_value() == length.has_value() && (opened || opened.error() == errc::bad_padding));
    if (opened) must(std::ranges::equal(opened->view(), byte_view(padded).first(*length)));
    must(crypto::open_body(body, key(), kind::notitie, id()).error() == errc::damaged);
    damage(body, raw);

    // What we seal is what the page seals, in the smallest body that holds it.
    const auto ours = crypto::seal_body(crypto::plain::copy_of(rest), key(), kind::melding, id()).value();
    const auto again = crypto::open_body(ours.view(), key(), kind::melding, id());
    must(again && std::ranges::equal(again->view(), rest) &&
         ours.size() == crypto::body_size_for(rest.size()).value());
    if (rest.size() < padded.size()) {
        crypto::bytes by_hand(padded.size());
        std::ranges::copy(rest, by_hand.begin());
        by_hand[rest.size()] = 0x80;
        must(std::ranges::equal(ours.view(), sealed_by_page(by_hand)));
    }
    // Any bytes as a body or a sealed key open nothing.
    static const auto reader = crypto::box_keys::from(crypto::seed());
    must(!crypto::open_body(raw, key(), kind::melding, id()) && !crypto::open_key(raw, id(), reader));
    const auto boxed = crypto::seal_box(raw, reader.public_key).value();
    const auto inside = crypto::open_key(boxed.view(), id(), reader);
    must(inside.has_value() == (size == 48 && std::ranges::equal(raw.subspan(32), id().bytes)));
    return 0;
}
