// A self-signed certificate for a first start or a demonstration; a real one comes from an authority.
#pragma once

#include <string>
#include <vector>

namespace admin {

struct certificate {
    std::string chain, key;  // PEM
};

// ECDSA P-256, 397 days, no authority: it vouches for itself and nothing else. For these names and addresses
// ("localhost", "127.0.0.1", "::1"). Throws std::runtime_error where OpenSSL does not make it.
[[nodiscard]] certificate make_certificate(const std::vector<std::string>& names);

}  // namespace admin
