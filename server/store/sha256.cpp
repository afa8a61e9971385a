#include "server/store/sha256.hpp"

#include <openssl/sha.h>

namespace store {

crypto::block<32> sha256(crypto::byte_view bytes) {
    crypto::block<32> out;
    ::SHA256(bytes.data(), bytes.size(), out.data());  // its state is wiped by OpenSSL
    return out;
}

}  // namespace store
