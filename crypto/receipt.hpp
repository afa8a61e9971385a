// The reporter's receipt and the mailbox that derives from it (protocol §6).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "crypto/errc.hpp"
#include "crypto/keys.hpp"
#include "crypto/plain.hpp"

namespace crypto {

// Hex of BLAKE2b-128 of the mailbox sign key: 32 characters.
[[nodiscard]] std::string mailbox_id(const sign_public& key);

// 24 decimal digits, the last one a Damm check digit; a secret.
class receipt {
  public:
    [[nodiscard]] static receipt random();
    // From 23 digits drawn of a 32-byte seed, so that the same seed shows the same receipt (api.md, Pages):
    // the digits are the first 23 below 250, each modulo 10, of the stream BLAKE2b-derived (crypto_kdf, id 3,
    // "bkn-mbox") key expands to with XChaCha20; uniform.
    [[nodiscard]] static receipt from(const seed& seed);
    // Cleans and checks what a person typed: Arabic, Persian and full-width digits become ASCII; Unicode
    // white space, dashes and bidi marks fall away; then exactly 24 digits (bad_receipt), the last the right
    // one (bad_check_digit).
    [[nodiscard]] static std::expected<receipt, errc> parse(std::string_view utf8);

    // The 24 digits; and as six groups of four, for showing.
    [[nodiscard]] std::string_view digits() const { return digits_.text(); }
    [[nodiscard]] plain groups() const;

  private:
    plain digits_;
};

struct mailbox {
    sign_keys sign;
    box_keys box;
    [[nodiscard]] std::string id() const { return mailbox_id(sign.public_key); }
};

// Argon2id, 2 passes over 16 MiB, then the two key pairs: about 12 ms. Never on an I/O thread.
[[nodiscard]] mailbox open_mailbox(const receipt& receipt);

}  // namespace crypto
