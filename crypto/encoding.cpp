// Texts for bytes. Padded base64 and what is written are libsodium's, which is strict when it may ignore
// nothing and must reach the end, and which looks nothing up by secret index. Reading base64url is ours,
// under the same rules: of a posted report's CPU libsodium took a sixth for it. Hex is ours, because
// libsodium also takes upper case.
#include "crypto/encoding.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

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

// An upper bound of what a text decodes to.
std::size_t decoded_room(std::string_view text) { return text.size() / 4 * 3 + 3; }

// libsodium 1.0.18 compares characters as signed numbers and takes every byte above 0x7f for a letter. Looks
// at every byte alike, since the text may be secret.
bool is_ascii(std::string_view text) {
    unsigned all = 0;
    for (const char c : text) all |= static_cast<std::uint8_t>(c);
    return all < 0x80;
}

// The value of a base64url letter, 64 for anything else. No branch and no table: the text may be secret.
constexpr std::uint8_t value_of(char letter) {
    const std::uint32_t c = static_cast<std::uint8_t>(letter);
    // All ones where low <= c <= high: both differences wrap.
    const auto between = [c](std::uint32_t low, std::uint32_t high) {
        return 0U - (((low - 1 - c) & (c - high - 1)) >> 31);
    };
    const auto upper = between('A', 'Z'), lower = between('a', 'z'), digit = between('0', '9');
    const auto dash = between('-', '-'), low_line = between('_', '_');
    return static_cast<std::uint8_t>((upper & (c - 65)) | (lower & (c - 71)) | (digit & (c + 4)) |
                                     (dash & 62) | (low_line & 63) |
                                     (~(upper | lower | digit | dash | low_line) & 64));
}

// How many bytes the base64url holds, written to out; out has decoded_room(text). Every letter is looked at,
// whatever an earlier one was.
std::expected<std::size_t, errc> decode_url(std::string_view text, std::span<std::uint8_t> out) {
    std::array<std::uint8_t, 1024> values;  // NOLINT: written before it is read; a multiple of four
    unsigned all = 0;
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size(); at += values.size()) {
        const auto part = text.substr(at, values.size());
        for (std::size_t i = 0; i < part.size(); ++i) {
            values[i] = value_of(part[i]);
            all |= values[i];
        }
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(part.size()), values.end(), std::uint8_t{0});
        for (std::size_t i = 0; i < part.size(); i += 4) {
            const auto four = static_cast<std::uint32_t>(values[i] << 18 | values[i + 1] << 12 |
                                                         values[i + 2] << 6 | values[i + 3]);
            for (const unsigned shift : {16U, 8U, 0U}) out[size++] = static_cast<std::uint8_t>(four >> shift);
        }
    }
    sodium_memzero(values.data(), values.size());
    // Of the last, shorter group the bytes that are not whole: their bits must be zero.
    const auto left = text.size() % 4;
    const auto surplus = left == 0 ? 0U : 4U - static_cast<unsigned>(left);
    unsigned unused = 0;
    for (unsigned i = 0; i < surplus; ++i) unused |= out[--size];
    if (left == 1 || all >= 64 || unused != 0) return std::unexpected(errc::bad_base64);
    return size;
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
