// Key pairs, signatures and sealed boxes, straight on libsodium; secrets are written into guarded
// memory at once.
#include "crypto/keys.hpp"

#include <stdexcept>
#include <utility>

#include <sodium.h>

namespace crypto {

sign_keys sign_keys::from(const crypto::seed& seed) {
    sign_keys out;
    crypto_sign_seed_keypair(out.public_key.data(), out.secret_key.span().data(), seed.view().data());
    return out;
}

sign_keys sign_keys::random() {
    sign_keys out;
    crypto_sign_keypair(out.public_key.data(), out.secret_key.span().data());
    return out;
}

box_keys box_keys::from(const crypto::seed& seed) {
    box_keys out;
    crypto_box_seed_keypair(out.public_key.data(), out.secret_key.span().data(), seed.view().data());
    return out;
}

box_keys box_keys::from(box_secret secret) {
    box_keys out;
    if (crypto_scalarmult_base(out.public_key.data(), secret.view().data()) != 0)
        throw std::logic_error("box_keys::from: libsodium refused a scalar.");
    out.secret_key = std::move(secret);
    return out;
}

box_keys box_keys::random() {
    box_keys out;
    crypto_box_keypair(out.public_key.data(), out.secret_key.span().data());
    return out;
}

signature sign(byte_view message, const sign_keys& keys) {
    signature out;
    crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), keys.secret_key.view().data());
    return out;
}

bool verify(byte_view message, const signature& signature, const sign_public& key) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

bool can_seal_to(const box_public& key) {
    // The product with any scalar shows the order; this one is as good as any and no secret.
    constexpr block<32> scalar{9};
    block<32> product;
    return crypto_scalarmult(product.data(), scalar.data(), key.data()) == 0;
}

bool can_verify_with(const sign_public& key) { return crypto_core_ed25519_is_valid_point(key.data()) == 1; }

std::expected<sealed, errc> seal_box(byte_view message, const box_public& key) {
    bytes out(message.size() + crypto_box_SEALBYTES);
    if (crypto_box_seal(out.data(), message.data(), message.size(), key.data()) != 0)
        return std::unexpected(errc::low_order_key);
    return sealed::received(std::move(out));
}

std::expected<plain, errc> open_box(byte_view sealed_box, const box_keys& keys) {
    if (sealed_box.size() < crypto_box_SEALBYTES) return std::unexpected(errc::not_for_this_key);
    plain out(sealed_box.size() - crypto_box_SEALBYTES);
    const int result = crypto_box_seal_open(out.span().data(), sealed_box.data(), sealed_box.size(),
                                            keys.public_key.data(), keys.secret_key.view().data());
    if (result != 0) return std::unexpected(errc::not_for_this_key);
    return out;
}

}  // namespace crypto
