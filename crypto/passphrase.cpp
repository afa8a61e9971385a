// Argon2id turns the passphrase into a key, XChaCha20-Poly1305 seals the secret under it.
#include "crypto/passphrase.hpp"

#include <new>
#include <stdexcept>

#include <sodium.h>

namespace crypto {
namespace {

using passphrase_key = secret<struct passphrase_key_tag, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

bool bearable(passphrase_cost cost) {
    return cost.ops >= 1 && cost.ops <= 10 && cost.mem >= 8192 && cost.mem <= 1073741824;
}

passphrase_key key_from(const plain& passphrase, const block<16>& salt, passphrase_cost cost) {
    static_assert(crypto_pwhash_SALTBYTES == 16);
    passphrase_key out;
    // An empty passphrase has no address, and libsodium wants one.
    const char* text = passphrase.empty() ? "" : passphrase.text().data();
    const int result = crypto_pwhash(out.span().data(), passphrase_key::size, text, passphrase.size(),
                                     salt.data(), cost.ops, cost.mem, crypto_pwhash_ALG_ARGON2ID13);
    // With a bearable cost libsodium fails for want of memory only.
    if (result != 0) throw std::bad_alloc();
    return out;
}

}  // namespace

passphrase_box seal_with_passphrase(const plain& secret, const plain& passphrase, passphrase_cost cost,
                                    byte_view ad) {
    if (!bearable(cost)) throw std::logic_error("seal_with_passphrase: no reader would accept this cost.");
    passphrase_box out;
    out.cost = cost;
    randombytes_buf(out.salt.data(), out.salt.size());
    randombytes_buf(out.nonce.data(), out.nonce.size());
    out.ciphertext.resize(secret.size() + tag_size);
    const auto key = key_from(passphrase, out.salt, cost);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.ciphertext.data(), nullptr, secret.view().data(),
                                               secret.size(), ad.data(), ad.size(), nullptr, out.nonce.data(),
                                               key.view().data());
    return out;
}

std::expected<plain, errc> open_with_passphrase(const passphrase_box& box, const plain& passphrase,
                                                byte_view ad) {
    if (!bearable(box.cost) || box.ciphertext.size() < tag_size) return std::unexpected(errc::bad_key_file);
    const auto key = key_from(passphrase, box.salt, box.cost);
    plain out(box.ciphertext.size() - tag_size);
    const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out.span().data(), nullptr, nullptr, box.ciphertext.data(), box.ciphertext.size(), ad.data(),
        ad.size(), box.nonce.data(), key.view().data());
    if (result != 0) return std::unexpected(errc::wrong_passphrase);
    return out;
}

}  // namespace crypto
