#include "tests/checkout.hpp"

namespace checkout {

const char* const schema = BAKEN_SCHEMA;
const char* const vectors = BAKEN_VECTORS;

}  // namespace checkout
