// SipHash-2-4 under a random key of its own: what stands for something in a table in memory, so that nobody
// outside can choose where it lies, and nobody who sees the table can tell what it was.
#pragma once

#include <cstdint>

#include "crypto/plain.hpp"

namespace crypto {

class short_hash {
  public:
    // A fresh random key, in locked memory; gone with this.
    short_hash();
    [[nodiscard]] std::uint64_t of(byte_view view) const;

  private:
    plain key_;
};

}  // namespace crypto
