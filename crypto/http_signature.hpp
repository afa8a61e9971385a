// HTTP Message Signatures (RFC 9421) with Ed25519, and Content-Digest (RFC 9530): the signature base
// for any component list, and on top of it the one list that protocol §7 allows. Time, nonce and key
// are the caller's to judge.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/errc.hpp"
#include "crypto/keys.hpp"

namespace crypto {

// A request as the base sees it. fields in order, names in any case; path as sent; query as sent with
// its "?", which alone stands for no query (RFC 9421 §2.2.7); authority lower case, without the
// scheme's default port.
struct signed_message {
    std::string method;
    std::string authority;
    std::string path;
    std::string query = "?";
    std::vector<std::pair<std::string, std::string>> fields;
};

// One member of Signature-Input.
struct signature_input {
    std::string label;
    std::vector<std::string> components;  // without quotes, as "@method", "content-digest"
    std::string parameters;               // the raw inner list with its parameters: the last line of the base
    std::optional<std::int64_t> created;
    std::optional<std::string> nonce, keyid, alg, tag;
    bool unknown_parameters = false;
};

// Reads a Signature-Input (RFC 8941 dictionary of inner lists) of exactly one member; bad_signature_field.
// Component parameters (";req", ";sf") are refused.
[[nodiscard]] std::expected<signature_input, errc> read_signature_input(std::string_view field);
// Reads a Signature of exactly one member with this label and 64 bytes.
[[nodiscard]] std::expected<signature, errc> read_signature(std::string_view field, std::string_view label);

// RFC 9421 §2.5. bad_signature_field for a component that the message lacks, or that stands twice.
[[nodiscard]] std::expected<std::string, errc> signature_base(const signature_input& input,
                                                              const signed_message& message);

// `sha-256=:…:` and whether a Content-Digest field is exactly one sha-256 of this body.
[[nodiscard]] std::string content_digest(byte_view body);
[[nodiscard]] bool content_digest_holds(std::string_view field, byte_view body);

struct request_signature {
    std::string signature_input;  // the two fields to send
    std::string signature;
    std::string base;
};
// Signs as §7: components "@method" "@authority" "@path" "@query", then "content-digest" and "if-match" where
// the message has these fields; label sig1, alg, tag, created, nonce, keyid.
[[nodiscard]] request_signature sign_request(const signed_message& message, const sign_keys& keys,
                                             std::string_view keyid, std::int64_t created,
                                             const block<16>& nonce);

// What a well-formed signature of §7 claims. Nothing is verified yet: the caller finds the key for keyid.
struct signature_claims {
    std::string keyid;
    std::int64_t created = 0;
    block<16> nonce{};
    std::string base;
    signature mark{};
};
// signature_policy unless label, tag, alg, parameters and component list are exactly those of §7 for this
// message: "content-digest" there if and only if has_body, "if-match" if and only if the message carries that
// field. The caller compares the digest with the body.
[[nodiscard]] std::expected<signature_claims, errc> read_claims(std::string_view signature_input_field,
                                                                std::string_view signature_field,
                                                                const signed_message& message, bool has_body);

}  // namespace crypto
