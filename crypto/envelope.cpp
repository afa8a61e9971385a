// Bodies and sealed keys of envelopes (protocol §3). The nonce of a body is derived from K, which is safe
// because K never seals a second body, and which commits the body to K.
#include "crypto/envelope.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <sodium.h>

namespace crypto {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint8_t padding_mark = 0x80;
constexpr std::string_view suite = "baken-1";
static_assert(nonce_size + tag_size + 1 == body_overhead);

using body_key = secret<struct body_key_tag, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;

body_key body_key_of(const content_key& key) {
    body_key out;
    crypto_kdf_derive_from_key(out.span().data(), body_key::size, 1, "bkn-body", key.view().data());
    return out;
}

block<nonce_size> nonce_of(const content_key& key) {
    block<nonce_size> out;
    crypto_kdf_derive_from_key(out.data(), out.size(), 2, "bkn-body", key.view().data());
    return out;
}

// suite ‖ kind ‖ id
block<24> associated_data(kind kind, const uuid& id) {
    block<24> out;
    auto place = std::copy(suite.begin(), suite.end(), out.begin());
    *place++ = std::to_underlying(kind);
    std::copy(id.bytes.begin(), id.bytes.end(), place);
    return out;
}

// The size of the text before its padding.
std::expected<std::size_t, errc> unpadded_size(byte_view padded) {
    const auto last =
        std::find_if(padded.rbegin(), padded.rend(), [](std::uint8_t byte) { return byte != 0; });
    if (last == padded.rend() || *last != padding_mark) return std::unexpected(errc::bad_padding);
    return static_cast<std::size_t>(padded.rend() - last) - 1;
}

}  // namespace

bool is_body_size(std::size_t size) { return std::ranges::find(body_sizes, size) != body_sizes.end(); }

std::expected<std::size_t, errc> body_size_for(std::size_t text_size) {
    for (const std::size_t size : body_sizes)
        if (text_size <= size - body_overhead) return size;
    return std::unexpected(errc::too_long);
}

std::expected<sealed, errc> seal_body(const plain& text, const content_key& key, kind kind, const uuid& id) {
    const auto size = body_size_for(text.size());
    if (!size) return std::unexpected(size.error());
    plain padded(*size - nonce_size - tag_size);
    std::ranges::copy(text.view(), padded.span().begin());
    padded.span()[text.size()] = padding_mark;

    bytes out(*size);
    const auto nonce = nonce_of(key);
    const auto sealing_key = body_key_of(key);
    const auto ad = associated_data(kind, id);
    std::ranges::copy(nonce, out.begin());
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, padded.view().data(),
                                               padded.size(), ad.data(), ad.size(), nullptr, nonce.data(),
                                               sealing_key.view().data());
    return sealed::received(std::move(out));
}

std::expected<plain, errc> open_body(byte_view body, const content_key& key, kind kind, const uuid& id) {
    if (!is_body_size(body.size())) return std::unexpected(errc::wrong_size);
    const auto nonce = nonce_of(key);
    if (sodium_memcmp(nonce.data(), body.data(), nonce_size) != 0) return std::unexpected(errc::wrong_nonce);

    const byte_view ciphertext = body.subspan(nonce_size);
    const auto opening_key = body_key_of(key);
    const auto ad = associated_data(kind, id);
    plain out(ciphertext.size() - tag_size);
    const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out.span().data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), ad.data(), ad.size(),
        nonce.data(), opening_key.view().data());
    if (result != 0) return std::unexpected(errc::damaged);

    const auto size = unpadded_size(out.view());
    if (!size) return std::unexpected(size.error());
    out.shrink(*size);
    return out;
}

std::expected<sealed, errc> seal_key(const content_key& key, const uuid& id, const box_public& reader) {
    plain message(content_key::size + id.bytes.size());
    const auto behind_key = std::ranges::copy(key.view(), message.span().begin()).out;
    std::ranges::copy(id.bytes, behind_key);
    return seal_box(message.view(), reader);
}

std::expected<content_key, errc> open_key(byte_view sealed_key, const uuid& id, const box_keys& reader) {
    if (sealed_key.size() != sealed_key_size) return std::unexpected(errc::wrong_size);
    const auto message = open_box(sealed_key, reader);
    if (!message) return std::unexpected(message.error());
    if (!std::ranges::equal(message->view().subspan(content_key::size), id.bytes))
        return std::unexpected(errc::wrong_id);
    return *content_key::from(message->view().first(content_key::size));
}

}  // namespace crypto
