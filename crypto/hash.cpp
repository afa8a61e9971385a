// libsodium's hashes behind the few forms the protocol names.
#include "crypto/hash.hpp"

#include <algorithm>
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

std::string padded(std::uint64_t number, std::size_t digits) {
    auto out = std::to_string(number);
    return std::string(digits - out.size(), '0') + out;
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

std::string fingerprint(const block<32>& sign_key, const block<32>& box_key, const block<32>& lead_key) {
    block<96> all;
    auto end = std::ranges::copy(sign_key, all.begin()).out;
    end = std::ranges::copy(box_key, end).out;
    std::ranges::copy(lead_key, end);
    // Modulo 10^24 in two halves of twelve digits, byte by byte: no product leaves 64 bits.
    constexpr std::uint64_t half = 1'000'000'000'000U;
    std::uint64_t high = 0, low = 0;
    for (const std::uint8_t byte : blake2b_128(all)) {
        low = low * 256 + byte;
        high = (high * 256 + low / half) % half;
        low %= half;
    }
    return padded(high, 12) + padded(low, 12);
}

std::string fingerprint_1(const block<32>& sign_key, const block<32>& box_key) {
    block<64> both;
    std::copy(box_key.begin(), box_key.end(), std::copy(sign_key.begin(), sign_key.end(), both.begin()));
    std::uint64_t number = 0;
    for (const std::uint8_t byte : blake2b<8>(both)) number = number << 8 | byte;
    return padded(number % 10'000'000'000'000'000U, 16);
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
