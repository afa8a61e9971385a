// JWS compact serialisation (RFC 7515) with exactly the header of protocol §2:
// {"alg":"EdDSA","typ":…,"kid":…} in this order, without spaces. The payload is bytes here; its JSON is the
// protocol room's.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/errc.hpp"
#include "crypto/keys.hpp"

namespace crypto {

// hex of the first 8 bytes of BLAKE2b-256 of the signing public key: 16 characters.
[[nodiscard]] std::string kid(const sign_public& key);

// A token taken apart, nothing verified yet.
struct jws_parts {
    std::string typ;
    std::string kid;
    std::string payload;             // decoded
    std::string_view signing_input;  // a view into the token
    signature mark{};
};

[[nodiscard]] std::string sign_jws(std::string_view typ, std::string_view payload, const sign_keys& keys);

// bad_jws unless the token has exactly our form; reads, does not verify.
[[nodiscard]] std::expected<jws_parts, errc> read_jws(std::string_view token);

// The payload, once the signature holds. `kid` only picks among the trusted keys: unknown_key where
// none has it, wrong_type for another typ, bad_signature where no picked key verifies. signer, if
// given, is set to the key that did.
[[nodiscard]] std::expected<std::string, errc> verify_jws(std::string_view token, std::string_view typ,
                                                          std::span<const sign_public> trusted,
                                                          sign_public* signer = nullptr);

}  // namespace crypto
