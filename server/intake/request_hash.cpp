#include "server/intake/request_hash.hpp"

#include <openssl/sha.h>

namespace intake {

crypto::block<32> request_hash(crypto::byte_view body) {
    crypto::block<32> out;
    ::SHA256(body.data(), body.size(), out.data());  // its state is wiped by OpenSSL
    return out;
}

}  // namespace intake
