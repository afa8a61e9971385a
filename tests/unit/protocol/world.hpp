// A small country for tests: one root, three desks with a lead each, keys by week, and what a server would
// answer about them. Everything is made through the same signing as the real thing; nothing is stood in for.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/json.hpp"

namespace world {

inline const protocol::day today = *protocol::day::parse("2026-11-18");  // a Wednesday
inline const protocol::epoch this_week = protocol::epoch::of(today);     // 2026-W47

struct week_key {
    protocol::epoch_key document;
    crypto::box_keys secret;
};

// The desks rotterdam (police, falls back on landelijk), zorg (falls back on landelijk) and landelijk, which
// is `standaard`.
struct country {
    crypto::sign_keys root = crypto::sign_keys::random();
    crypto::sign_keys stranger = crypto::sign_keys::random();
    std::map<std::string, crypto::sign_keys, std::less<>> leads;
    std::string table;

    country();
    [[nodiscard]] const crypto::sign_keys& lead(std::string_view desk) const {
        return leads.find(desk)->second;
    }
    [[nodiscard]] std::vector<crypto::sign_public> roots() const { return {root.public_key}; }
    // The directory that follows `previous`, after `change` had its way, signed by the root.
    [[nodiscard]] protocol::gids gids(const protocol::gids* previous = nullptr,
                                      const std::function<void(protocol::gids&)>& change = nullptr) const;
    // An epoch key with its secret, signed by the desk's lead or by another.
    [[nodiscard]] week_key key(std::string_view desk, protocol::epoch week,
                               const crypto::sign_keys* signer = nullptr) const;
    // The stand that follows `previous` and lists these keys.
    [[nodiscard]] protocol::stand stand(std::string_view desk, const protocol::stand* previous,
                                        const std::vector<protocol::epoch_key>& keys,
                                        const std::function<void(protocol::stand&)>& change = nullptr) const;
};

// GET /v1/sleutelgids.
std::string answer(const protocol::gids& gids, const std::vector<std::string>& stands,
                   const std::vector<std::string>& keys);

// The list of trusted keys that holds this one.
inline std::vector<crypto::sign_public> only(const crypto::sign_keys& keys) { return {keys.public_key}; }

// A JSON value of whatever stands for one, texts of every type included.
template <class V>
protocol::json::value any(const V& value) {
    if constexpr (std::is_convertible_v<const V&, std::string_view>)
        return protocol::json::string(std::string_view(value));
    else
        return protocol::json::value(value);
}

// The token's payload, changed and signed anew under any typ and key.
std::string resigned(std::string_view token, const crypto::sign_keys& key,
                     const std::function<void(protocol::json::object&)>& change, std::string_view typ = "");

}  // namespace world
