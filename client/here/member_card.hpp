// FILE.pub: the public half of an officer's key file, handed to a lead who enrols them. Nothing in it is
// secret. It is signed with its own signKey over all its members, so that whoever carries it can change none
// of them; and nothing in it is believed before its fingerprint was compared with its owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/line/refusal.hpp"
#include "crypto/protocol/key_file.hpp"

namespace client {

struct member_card {
    std::string loket;
    crypto::uuid lid;
    std::string rol;  // beheerder, medewerker or regisseur
    crypto::sign_public sign_key{};
    crypto::box_public box_key{};
    std::optional<crypto::sign_public>
        lead_key;  // `beheerder`: what the administrator puts into the directory
    crypto::signature mark{};
    [[nodiscard]] std::string fingerprint() const;  // 24 digits, protocol §1
};

[[nodiscard]] member_card card_of(const protocol::key_file& keys);
// Fills `mark`. keys: those of sign_key.
void sign_card(member_card& card, const crypto::sign_keys& keys);

// {"versie":2,"loket","lid","rol","signKey","boxKey","beheerder":b64u|null,"vingerafdruk","handtekening"},
// one line. The signature is over "baken-kaart", a line feed, and the object without `handtekening`, compact,
// its members in their order.
[[nodiscard]] std::string write_card(const member_card& card);

// name: the file, for the refusal. A card that cannot be read, that its own key did not sign, or whose
// fingerprint is not that of its keys, is refused.
[[nodiscard]] result<member_card> read_card(std::string_view text, const std::string& name);

// In groups of four digits, for reading aloud.
[[nodiscard]] std::string spoken(const std::string& fingerprint);

}  // namespace client
