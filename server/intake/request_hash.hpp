// By what a repeated request is known (protocol §7): the SHA-256 of the raw HTTP body.
#pragma once

#include "crypto/bytes.hpp"

namespace intake {

[[nodiscard]] crypto::block<32> request_hash(crypto::byte_view body);

}  // namespace intake
