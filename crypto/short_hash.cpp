#include "crypto/short_hash.hpp"

#include <cstring>

#include <sodium.h>

namespace crypto {

short_hash::short_hash() : key_(plain::random(crypto_shorthash_KEYBYTES)) {}

std::uint64_t short_hash::of(byte_view view) const {
    block<crypto_shorthash_BYTES> out;
    crypto_shorthash(out.data(), view.data(), view.size(), key_.view().data());
    std::uint64_t number = 0;
    static_assert(sizeof number == out.size());
    std::memcpy(&number, out.data(), out.size());
    return number;
}

}  // namespace crypto
