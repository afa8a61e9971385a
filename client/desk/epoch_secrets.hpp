// The epoch keys of a desk as GET …/sleutels gives them, and the secrets that this officer's wraps hold.
// Secrets live in memory only.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/sealing.hpp"

namespace desk {

struct held_key {
    protocol::epoch_key key;            // signed by a lead in force
    std::optional<crypto::bytes> wrap;  // nothing: none for this officer, or not handed out yet
};

// Those keys of this desk that one of `leads` signed; the others count for nothing. bad_answer.
[[nodiscard]] std::expected<std::vector<held_key>, client::errc> read_held_keys(
    std::string_view body, std::string_view desk, std::span<const crypto::sign_public> leads);

// The hashes of all keys in it, whoever signed them. bad_answer.
[[nodiscard]] std::expected<std::set<std::string>, client::errc> hashes_of_keys(std::string_view body);

struct epoch_secrets {
    std::map<crypto::block<8>, crypto::box_keys> by_mark;        // as open_report takes them
    std::multimap<std::string, crypto::block<8>> marks_of_week;  // a week may have had several keys
    std::vector<std::string> spoiled;  // epochs whose wrap does not hold the signed key's secret
};
[[nodiscard]] epoch_secrets unwrap(std::span<const held_key> keys, const crypto::box_keys& member);

}  // namespace desk
