#include "crypto/random.hpp"

#include <sodium.h>

namespace crypto {

random_bits::result_type random_bits::operator()() const { return randombytes_random(); }

}  // namespace crypto
