// BLAKE2b (RFC 7693) in the lengths the protocol uses, SHA-256 for content digests, and incremental BLAKE2b.
#pragma once

#include <memory>
#include <string>

#include "crypto/bytes.hpp"

namespace crypto {

[[nodiscard]] block<32> blake2b_256(byte_view view);
[[nodiscard]] block<16> blake2b_128(byte_view view);
[[nodiscard]] block<32> sha256(byte_view view);

// protocol §0: b64u of BLAKE2b-256, 43 characters.
[[nodiscard]] std::string hash_text(byte_view view);

// First 8 bytes of BLAKE2b-256 of a public key: `kid` is its hex (§2), `sleutel` its b64u (§3).
[[nodiscard]] block<8> key_mark(const block<32>& public_key);

// BLAKE2b-128 of signKey ‖ boxKey ‖ the lead key of the same card or 32 zero bytes, big-endian, modulo 10^24,
// as 24 digits (§1, version 2): what two people read to each other.
[[nodiscard]] std::string fingerprint(const block<32>& sign_key, const block<32>& box_key,
                                      const block<32>& lead_key = {});
// Version 1, of which nothing is left but confirmations: BLAKE2b-64 of signKey ‖ boxKey, modulo 10^16, as 16
// digits.
[[nodiscard]] std::string fingerprint_1(const block<32>& sign_key, const block<32>& box_key);

// BLAKE2b-256 of bytes that come in parts: hash h; h.add(a); h.add(b); h.finish().
class hasher {
  public:
    hasher();
    void add(byte_view view);
    [[nodiscard]] block<32> finish();

  private:
    // crypto_generichash_blake2b_state wants 64-byte alignment.
    struct state;
    struct closing {
        void operator()(state* s) const;
    };
    std::unique_ptr<state, closing> state_;
};

}  // namespace crypto
