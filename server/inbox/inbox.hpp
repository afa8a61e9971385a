// What a desk fetches: its list, held until something arrives where asked to, and one report whole.
#pragma once

#include <chrono>
#include <expected>

#include "async/task.hpp"
#include "crypto/protocol/json.hpp"
#include "server/store/store.hpp"

namespace inbox {

// The list of api.md as JSON. wait: how long an empty list may be held back for an arrival.
[[nodiscard]] async::task<std::expected<protocol::json::object, store::errc>> list(store::list_query query,
                                                                                   std::chrono::seconds wait,
                                                                                   store::store& store);

struct item {
    protocol::json::object json;
    std::int64_t revision = 0;
};
// One report as JSON, with its recipients, body and thread. not_found.
[[nodiscard]] async::task<std::expected<item, store::errc>> report(std::string desk, crypto::uuid id,
                                                                   store::store& store);

}  // namespace inbox
