// A key file as text: the secret keys of one officer, lead or root, or of backups, under a passphrase
// (crypto/passphrase.hpp). Reading and writing the file itself, and its permissions, are the programs'.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/encoding.hpp"
#include "crypto/keys.hpp"
#include "crypto/passphrase.hpp"
#include "crypto/plain.hpp"

namespace protocol {

struct key_file {
    // "root", "beheerder", "medewerker" or "regisseur"; "reservekopie" and "reservekopie-wraps" open backups.
    std::string soort;
    std::string loket;                                     // empty for root and backups
    crypto::uuid lid;                                      // of the membership; all zero for root and backups
    std::optional<crypto::sign_keys> top_key;              // the root key, or a lead's own (beheerder) key
    std::optional<crypto::sign_keys> sign_keys;            // a member's
    std::optional<crypto::box_keys> box_keys;              // likewise, or a backup's
    crypto::passphrase_cost cost = crypto::cost_moderate;  // what opening the file took, where one was read
};

// {"type":"baken-sleutelbestand","versie":1,"soort":…,"loket":…,"kdf":{…},"nonce":…,"geheim":…}; soort and
// loket stand outside too, so that a person sees whose file it is, and are authenticated with the secret.
[[nodiscard]] std::string write_key_file(const key_file& keys, const crypto::plain& passphrase,
                                         crypto::passphrase_cost cost);

// crypto::errc::bad_key_file, or wrong_passphrase.
[[nodiscard]] std::expected<key_file, crypto::errc> read_key_file(std::string_view text,
                                                                  const crypto::plain& passphrase);

}  // namespace protocol
