// base64url as protocol §0 wants it, base64 as RFC 8941 byte sequences use it, hex, and UUIDs.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/errc.hpp"
#include "crypto/plain.hpp"

namespace crypto {

// base64url without padding (RFC 4648 §5). Decoding is strict: alphabet only, unused bits zero, no
// length ≡ 1 mod 4.
[[nodiscard]] std::string b64u(byte_view view);
[[nodiscard]] std::expected<bytes, errc> from_b64u(std::string_view text);
template <std::size_t N>
[[nodiscard]] std::expected<block<N>, errc> block_from_b64u(std::string_view text) {
    auto decoded = from_b64u(text);
    if (!decoded) return std::unexpected(decoded.error());
    auto out = to_block<N>(*decoded);
    if (!out) return std::unexpected(errc::wrong_size);
    return *out;
}
// The same for secrets, without leaving a copy in ordinary memory.
[[nodiscard]] plain b64u_plain(byte_view secret);
[[nodiscard]] std::expected<plain, errc> plain_from_b64u(std::string_view text);

// base64 with padding (RFC 4648 §4), strict in the same way.
[[nodiscard]] std::string b64(byte_view view);
[[nodiscard]] std::expected<bytes, errc> from_b64(std::string_view text);

// Lower-case hex; decoding takes lower case only.
[[nodiscard]] std::string hex(byte_view view);
[[nodiscard]] std::expected<bytes, errc> from_hex(std::string_view text);

// A random UUIDv4 (RFC 9562), 16 bytes in network order; as text lower case 8-4-4-4-12.
struct uuid {
    block<16> bytes{};
    [[nodiscard]] static uuid random();
    // Refuses everything but the exact form, version 4 and variant 10.
    [[nodiscard]] static std::expected<uuid, errc> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    auto operator<=>(const uuid&) const = default;
};

}  // namespace crypto
