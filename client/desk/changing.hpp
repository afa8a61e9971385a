// What an officer of a report's first desk changes about it (api.md, PATCH).
#pragma once

#include <string>
#include <string_view>

#include "client/arguments.hpp"
#include "client/desk/epoch_secrets.hpp"
#include "client/line/session.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {

// Sets the status afgesloten (or in-behandeling again).
[[nodiscard]] client::result<void> close(const close_order& order);
// Keeps reports past their term, sealed anew to the keys of this week; or no longer.
[[nodiscard]] client::result<void> keep(const keep_order& order);

[[nodiscard]] client::result<void> set_status(client::session& session, const std::string& id,
                                              std::string_view status);

// What sealing anew needs.
struct keys_at_hand {
    client::published published;
    epoch_secrets secrets;
};
[[nodiscard]] client::result<keys_at_hand> keys_of(client::session& session);
[[nodiscard]] client::result<void> keep_one(client::session& session, const keys_at_hand& keys,
                                            const std::string& id, const std::string& until,
                                            const std::string& reason);
// What a program is told of one that is kept now.
[[nodiscard]] protocol::json::object kept_object(const std::string& id, const std::string& until,
                                                 const std::string& reason);

}  // namespace desk
