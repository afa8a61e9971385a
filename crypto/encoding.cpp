// Texts for bytes. Padded base64 and what is written are libsodium's, which is strict when it may ignore
// nothing and must reach the end, and which looks nothing up by secret index. Reading base64url is ours
// (base64url.hpp), under the same rules: of a posted report's CPU libsodium took a sixth for it. Hex is ours,
// because libsodium also takes upper case.
#include "crypto/encoding.hpp"

#include <algorithm>

#include <sodium.h>

#include "crypto/base64url.hpp"

namespace crypto {
namespace {

constexpr int url_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr int padded_variant = sodium_base64_VARIANT_ORIGINAL;
constexpr std::string_view hex_digits = "0123456789abcdef";

std::string encode(byte_view view, int variant) {
    // libsodium counts and writes a closing NUL.
    std::string out(sodium_base64_encoded_len(view.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), view.data(), view.size(), variant);
    out.pop_back();
    return out;
}

// libsodium 1.0.18 compares characters as signed numbers and takes every byte above 0x7f for a letter. Looks
// at every byte alike, since the text may be secret.
bool is_ascii(std::string_view text) {
    unsigned all = 0;
    for (const char c : text) all |= static_cast<std::uint8_t>(c);
    return all < 0x80;
}

// How many bytes the base64url holds, written to out; out has decoded_room(text).
std::expected<std::size_t, errc> decode_url(std::string_view text, std::span<std::uint8_t> out) {
    const auto read = read_base64url(text, out);
    if (read.faults != 0) return std::unexpected(errc::bad_base64);
    return read.size;
}

// The same for padded base64.
std::expected<std::size_t, errc> decode_padded(std::string_view text, std::span<std::uint8_t> out) {
    if (text.empty()) return 0;
    if (!is_ascii(text)) return std::unexpected(errc::bad_base64);
    std::size_t size = 0;
    const int result = sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size,
                                         nullptr, padded_variant);
    if (result != 0) return std::unexpected(errc::bad_base64);
    return size;
}

template <class Decode>
std::expected<bytes, errc> decode_bytes(std::string_view text, Decode decode) {
    bytes out(decoded_room(text));
    const auto size = decode(text, out);
    if (!size) return std::unexpected(size.error());
    out.resize(*size);
    return out;
}

}  // namespace

std::string b64u(byte_view view) { return encode(view, url_variant); }
std::string b64(byte_view view) { return encode(view, padded_variant); }

std::expected<bytes, errc> from_b64u(std::string_view text) { return decode_bytes(text, decode_url); }
std::expected<bytes, errc> from_b64(std::string_view text) { return decode_bytes(text, decode_padded); }

plain b64u_plain(byte_view secret) {
    plain out(sodium_base64_encoded_len(secret.size(), url_variant));
    sodium_bin2base64(reinterpret_cast<char*>(out.span().data()), out.size(), secret.data(), secret.size(),
                      url_variant);
    out.shrink(out.size() - 1);
    return out;
}

std::expected<plain, errc> plain_from_b64u(std::string_view text) {
    plain out(decoded_room(text));
    const auto size = decode_url(text, out.span());
    if (!size) return std::unexpected(size.error());
    out.shrink(*size);
    return out;
}

std::string hex(byte_view view) {
    std::string out;
    out.reserve(view.size() * 2);
    for (const std::uint8_t byte : view) {
        out += hex_digits[byte >> 4];
        out += hex_digits[byte & 15];
    }
    return out;
}

std::expected<bytes, errc> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::unexpected(errc::bad_base64);
    bytes out(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto value = hex_digits.find(text[i]);
        if (value == std::string_view::npos) return std::unexpected(errc::bad_base64);
        out[i / 2] = static_cast<std::uint8_t>(out[i / 2] * 16U + value);
    }
    return out;
}

uuid uuid::random() {
    uuid out;
    randombytes_buf(out.bytes.data(), out.bytes.size());
    out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0f) | 0x40);
    out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3f) | 0x80);
    return out;
}

std::expected<uuid, errc> uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::unexpected(errc::bad_uuid);
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash_place = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash_place != (text[i] == '-')) return std::unexpected(errc::bad_uuid);
        if (!dash_place) digits += text[i];
    }
    const auto decoded = from_hex(digits);
    if (!decoded) return std::unexpected(errc::bad_uuid);
    uuid out;
    std::copy(decoded->begin(), decoded->end(), out.bytes.begin());
    if (out.bytes[6] >> 4 != 4 || out.bytes[8] >> 6 != 2) return std::unexpected(errc::bad_uuid);
    return out;
}

std::string uuid::text() const {
    std::string out = hex(bytes);
    for (const std::size_t place : {8U, 13U, 18U, 23U}) out.insert(place, 1, '-');
    return out;
}

}  // namespace crypto
