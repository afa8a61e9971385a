// The destruction of reports (protocol §11): one member of the desk orders it, another confirms it, and any
// member takes an order back before.
#pragma once

#include <string>
#include <vector>

#include "client/arguments.hpp"
#include "client/line/session.hpp"

namespace desk {

[[nodiscard]] client::result<void> destroy(const destroy_order& order);

// Orders the destruction of each, and says of each what happens next; as_json: an object a report.
[[nodiscard]] client::result<void> order_all(client::session& session, const std::vector<std::string>& ids,
                                             const std::string& reason, bool as_json);

}  // namespace desk
