// libsodium's randomness where the standard library asks for a generator: shuffling, drawing.
#pragma once

#include <cstdint>
#include <limits>

namespace crypto {

// A UniformRandomBitGenerator ([rand.req.urng]): std::shuffle(begin, end, crypto::random_bits()).
struct random_bits {
    using result_type = std::uint32_t;
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
    result_type operator()() const;
};

}  // namespace crypto
