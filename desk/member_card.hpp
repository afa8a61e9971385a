// FILE.pub: the public half of an officer's key file, handed to a lead who enrols them. Nothing in it is
// secret, and nothing in it is believed before its fingerprint was compared with its owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/refusal.hpp"
#include "crypto/protocol/key_file.hpp"

namespace desk {

struct member_card {
    std::string loket;
    crypto::uuid lid;
    std::string rol;  // beheerder or medewerker
    crypto::sign_public sign_key{};
    crypto::box_public box_key{};
    std::optional<crypto::sign_public>
        lead_key;  // `beheerder`: what the administrator puts into the directory
    [[nodiscard]] std::string fingerprint() const;  // 16 digits, protocol §1
};

[[nodiscard]] member_card card_of(const protocol::key_file& keys);

// {"loket","lid","rol","signKey","boxKey","beheerder":b64u|null,"vingerafdruk"}, one line.
[[nodiscard]] std::string write_card(const member_card& card);

// name: the file, for the refusal. A card that cannot be read, or whose fingerprint is not that of its
// keys, is refused.
[[nodiscard]] client::result<member_card> read_card(std::string_view text, const std::string& name);

// Four groups of four digits, for reading aloud.
[[nodiscard]] std::string spoken(const std::string& fingerprint);

}  // namespace desk
