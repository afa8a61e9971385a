// Everything this room refuses, each with one plain sentence (text) that can stand before an operator
// or an officer.
#pragma once

#include <string_view>

namespace crypto {

enum class errc {
    bad_base64,           // not strict base64url (protocol §0), base64 or hex
    bad_uuid,             // not a lower-case random UUIDv4
    bad_receipt,          // not 24 digits after cleaning (§6)
    bad_check_digit,      // 24 digits, but the Damm check digit is another
    low_order_key,        // an X25519 public key that libsodium will not seal to
    not_for_this_key,     // a sealed box that this key does not open
    wrong_id,             // the id inside sealedKey is not the envelope's
    wrong_nonce,          // the body's nonce is not derived from K: another body under the same key
    damaged,              // authentication failed
    bad_padding,          // no 0x80 behind the text
    too_long,             // more than the last size class holds
    wrong_size,           // a length that this format never has
    stream_order,         // a chunk with another tag than its place asks, or bytes after FINAL
    stream_filling,       // the filling behind the attachment is not zero
    bad_jws,              // not the compact form with exactly our header (§2)
    wrong_type,           // a JWS of another typ
    unknown_key,          // a kid that is not among the keys trusted for this
    bad_signature,        // the signature does not hold
    bad_signature_field,  // Signature-Input, Signature or Content-Digest cannot be read
    signature_policy,     // a readable signature that is not as §7 wants it
    wrong_passphrase,     // the passphrase does not open this
    bad_key_file,         // not a sealed key file of ours, or with absurd cost
    bad_archive,          // no backup of ours
    newer_archive,        // a backup in a form that came after this program
    other_archive,        // a backup of another part
    archive_damaged,      // a chunk that does not hold, or something behind the end
    archive_cut,          // a backup without its end
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace crypto
