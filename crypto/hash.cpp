// libsodium's hashes behind the few forms the protocol names.
#include "crypto/hash.hpp"

#include <stdexcept>

#include <sodium.h>

#include "crypto/encoding.hpp"

namespace crypto {
namespace {

// Unkeyed BLAKE2b whose parameter block carries N: another hash for every length, not a cut one.
template <std::size_t N>
block<N> blake2b(byte_view view) {
    block<N> out;
    crypto_generichash_blake2b(out.data(), N, view.data(), view.size(), nullptr, 0);
    return out;
}

}  // namespace

block<32> blake2b_256(byte_view view) { return blake2b<32>(view); }
block<16> blake2b_128(byte_view view) { return blake2b<16>(view); }

block<32> sha256(byte_view view) {
    block<32> out;
    crypto_hash_sha256(out.data(), view.data(), view.size());
    return out;
}

std::string hash_text(byte_view view) { return b64u(blake2b_256(view)); }

block<8> key_mark(const block<32>& public_key) {
    const auto whole = blake2b_256(public_key);
    block<8> out;
    std::copy_n(whole.begin(), out.size(), out.begin());
    return out;
}

std::string fingerprint(const block<32>& sign_key, const block<32>& box_key) {
    block<64> both;
    std::copy(box_key.begin(), box_key.end(), std::copy(sign_key.begin(), sign_key.end(), both.begin()));
    std::uint64_t number = 0;
    for (const std::uint8_t byte : blake2b<8>(both)) number = number << 8 | byte;
    std::string digits = std::to_string(number % 10'000'000'000'000'000U);
    return std::string(16 - digits.size(), '0') + digits;
}

struct hasher::state {
    crypto_generichash_blake2b_state blake2b;
};

// The state holds the last block of what was hashed, which may have been secret.
void hasher::closing::operator()(state* s) const {
    sodium_memzero(s, sizeof *s);
    delete s;
}

hasher::hasher() : state_(new state) { crypto_generichash_blake2b_init(&state_->blake2b, nullptr, 0, 32); }

void hasher::add(byte_view view) {
    if (view.empty()) return;
    crypto_generichash_blake2b_update(&state_->blake2b, view.data(), view.size());
}

block<32> hasher::finish() {
    block<32> out;
    if (crypto_generichash_blake2b_final(&state_->blake2b, out.data(), out.size()) != 0)
        throw std::logic_error("hasher::finish: it was finished already.");
    return out;
}

}  // namespace crypto
