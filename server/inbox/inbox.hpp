// What a desk fetches: its list, held until something arrives where asked to, and one report whole.
#pragma once

#include <chrono>
#include <expected>

#include "async/task.hpp"
#include "crypto/protocol/json.hpp"
#include "server/inbox/held_calls.hpp"
#include "server/store/store.hpp"

namespace inbox {

// Whose held call it is. gave_way: set where it was answered for want of connections.
struct holder {
    held_calls& calls;
    std::string member;
    bool gave_way = false;
};

// The list of api.md as JSON. wait: how long an empty list may be held back for an arrival.
[[nodiscard]] async::task<std::expected<protocol::json::object, store::errc>> list(store::list_query query,
                                                                                   std::chrono::seconds wait,
                                                                                   store::store& store,
                                                                                   holder* holder = nullptr);

struct item {
    protocol::json::object json;
    std::int64_t revision = 0;
};
// One report as JSON, with its recipients, body and thread. not_found.
[[nodiscard]] async::task<std::expected<item, store::errc>> report(std::string desk, crypto::uuid id,
                                                                   store::store& store);

}  // namespace inbox
