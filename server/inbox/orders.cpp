#include "server/inbox/orders.hpp"

#include <algorithm>

#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace inbox {

int most_orders(bool lead) { return lead ? 500 : 50; }

std::optional<std::string> role_in(std::string_view stand, const trust::desk_files& files,
                                   const crypto::uuid& lid, const crypto::sign_public& key) {
    const auto parts = crypto::read_jws(stand);
    const auto payload =
        parts ? protocol::parse_object(parts->payload) : std::unexpected(protocol::errc::bad_json);
    if (!payload) return std::nullopt;
    protocol::faults ignored;
    protocol::reading r(*payload, "", ignored, protocol::unknown::ignore);
    const auto listed = r.texts("leden", 1000, 64);
    for (const auto& [hash, member] : files.memberships)
        if (member->lid == lid && member->sign_key == key && std::ranges::find(listed, hash) != listed.end())
            return member->rol;
    return std::nullopt;
}

protocol::json::object to_json(const store::order& order, bool falls_due) {
    protocol::json::object out;
    out["door"] = order.lid;
    out["dag"] = protocol::day{order.day}.text();
    out["reden"] = order.reason;
    out["uiterlijk"] = nullptr;
    if (falls_due) out["uiterlijk"] = protocol::day{order.day + store::order_days}.text();
    return out;
}

}  // namespace inbox
