#include "server/intake/request_hash.hpp"

#include "server/store/sha256.hpp"

namespace intake {

crypto::block<32> request_hash(crypto::byte_view body) { return store::sha256(body); }

}  // namespace intake
