// Ed25519 to sign, X25519 to seal, and the sealed box (crypto_box_seal) that carries a key to one reader.
#pragma once

#include <expected>
#include <string>

#include "crypto/bytes.hpp"
#include "crypto/errc.hpp"
#include "crypto/plain.hpp"

namespace crypto {

using sign_public = block<32>;
using box_public = block<32>;
using signature = block<64>;

using seed = secret<struct seed_tag, 32>;                // of either key pair
using sign_secret = secret<struct sign_secret_tag, 64>;  // libsodium's form: seed ‖ public key
using box_secret = secret<struct box_secret_tag, 32>;  // an X25519 scalar: also what an epoch's wrap carries

struct sign_keys {
    sign_public public_key{};
    sign_secret secret_key;
    [[nodiscard]] static sign_keys from(const seed& seed);
    [[nodiscard]] static sign_keys random();
};

struct box_keys {
    box_public public_key{};
    box_secret secret_key;
    // crypto_box_seed_keypair, as §6 derives mailbox keys.
    [[nodiscard]] static box_keys from(const seed& seed);
    // From the scalar itself; the public half is crypto_scalarmult_base of it.
    [[nodiscard]] static box_keys from(box_secret secret);
    [[nodiscard]] static box_keys random();
};

[[nodiscard]] signature sign(byte_view message, const sign_keys& keys);
[[nodiscard]] bool verify(byte_view message, const signature& signature, const sign_public& key);

// Whether anybody can seal to this key: not one of the few points of low order, which libsodium refuses.
[[nodiscard]] bool can_seal_to(const box_public& key);
// Whether this is a point on the curve that signatures can be verified with.
[[nodiscard]] bool can_verify_with(const sign_public& key);

// crypto_box_seal: message + 48 bytes. low_order_key where libsodium refuses the public key.
[[nodiscard]] std::expected<sealed, errc> seal_box(byte_view message, const box_public& key);
// not_for_this_key unless it opens.
[[nodiscard]] std::expected<plain, errc> open_box(byte_view sealed_box, const box_keys& keys);

}  // namespace crypto
