// An order to destroy a report (protocol §11): who may confirm it, and how it is told.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/protocol/json.hpp"
#include "server/store/store.hpp"
#include "server/trust/snapshot.hpp"

namespace inbox {

// So many orders a member gives a day at most (UTC).
[[nodiscard]] int most_orders(bool lead);

// The role of this member in a standing, found by lid and sign key, so that a membership that was only
// renewed since counts and one with another key does not. Nothing where they are not in it. `stand` is the
// token of a standing of this desk that the store has.
[[nodiscard]] std::optional<std::string> role_in(std::string_view stand, const trust::desk_files& files,
                                                 const crypto::uuid& lid, const crypto::sign_public& key);

// {"door","dag","reden","uiterlijk"}: the last is the day after whose end time destroys the report, null
// where time alone never does.
[[nodiscard]] protocol::json::object to_json(const store::order& order, bool falls_due);

}  // namespace inbox
