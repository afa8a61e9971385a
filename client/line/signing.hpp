// Requests signed as protocol §7 wants them. A retry is a request of its own: fresh `created`, fresh nonce.
#pragma once

#include <cstdint>
#include <string>

#include "client/line/address.hpp"
#include "client/line/http.hpp"
#include "crypto/http_signature.hpp"

namespace client {

// `lid:<uuid>`, `beheerder:<kid>` or `postbus:<id>`, and the key behind it, which must outlive this.
struct signer {
    std::string keyid;
    const crypto::sign_keys* keys = nullptr;
};

// What the signature is over: method, authority, path and query exactly as sent, and the body's digest
// if there is one.
[[nodiscard]] crypto::signed_message message_of(const address& server, const request& request);

// The request with Content-Digest (where there is a body), Signature-Input and Signature added.
[[nodiscard]] request signed_request(const address& server, request request, const signer& who,
                                     std::int64_t created, const crypto::block<16>& nonce);

// The same with sixteen random bytes.
[[nodiscard]] request signed_request(const address& server, request request, const signer& who,
                                     std::int64_t created);

}  // namespace client
