// The envelope's bytes (protocol §3): size classes, padding, the body under a content key, and the key under
// a reader's key. The JSON around it is the protocol room's.
#pragma once

#include <array>
#include <expected>

#include "crypto/bytes.hpp"
#include "crypto/encoding.hpp"
#include "crypto/errc.hpp"
#include "crypto/keys.hpp"
#include "crypto/plain.hpp"

namespace crypto {

using content_key = secret<struct content_key_tag, 32>;  // K: fresh for every body, never used for a second

inline constexpr std::size_t sealed_key_size = 96;
inline constexpr std::array<std::size_t, 4> body_sizes{4096, 16384, 65536, 262144};
// What a body adds to its text: nonce 24, tag 16, the 0x80.
inline constexpr std::size_t body_overhead = 41;

enum class kind : std::uint8_t { melding = 1, bericht = 2, antwoord = 3, notitie = 4, loketbericht = 5 };

// Whether a body may have this length.
[[nodiscard]] bool is_body_size(std::size_t size);
// The smallest body that holds a text of this many bytes, or too_long.
[[nodiscard]] std::expected<std::size_t, errc> body_size_for(std::size_t text_size);

// nonce ‖ XChaCha20-Poly1305-IETF(pad(text)). text is the JSON; too_long beyond the last class.
[[nodiscard]] std::expected<sealed, errc> seal_body(const plain& text, const content_key& key, kind kind,
                                                    const uuid& id);
// Recomputes the nonce and refuses another; wrong_size, wrong_nonce, damaged, bad_padding.
[[nodiscard]] std::expected<plain, errc> open_body(byte_view body, const content_key& key, kind kind,
                                                   const uuid& id);

// crypto_box_seal(K ‖ id): 96 bytes.
[[nodiscard]] std::expected<sealed, errc> seal_key(const content_key& key, const uuid& id,
                                                   const box_public& reader);
// wrong_size, not_for_this_key, wrong_id.
[[nodiscard]] std::expected<content_key, errc> open_key(byte_view sealed_key, const uuid& id,
                                                        const box_keys& reader);

}  // namespace crypto
