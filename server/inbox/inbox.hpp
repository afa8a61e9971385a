// What a desk fetches: its list, held until something arrives where asked to, and one report whole.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <optional>

#include "base/async/task.hpp"
#include "crypto/protocol/calendar.hpp"
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

// The day on which retention, or that nobody can open it, ends a report; nothing where time ends it never.
using end_of = std::function<std::optional<protocol::day>(const store::listed_report& report)>;

struct list_call {
    store::list_query query;
    std::chrono::seconds wait{0};  // how long an empty list may be held back for an arrival
    // Whether its caller still may have it: asked each time that a call which was held would answer.
    std::function<async::task<std::expected<bool, store::errc>>()> still_may;
    inbox::holder* holder = nullptr;  // nothing: this call counts for no member
};
// The list of api.md as JSON; nothing where its caller may not have it any more. Whoever fetches opens
// nothing.
[[nodiscard]] async::task<std::expected<std::optional<protocol::json::object>, store::errc>> list(
    list_call call, end_of end_of, store::store& store);

struct item {
    protocol::json::object json;
    std::int64_t revision = 0;
};
// One report as JSON, with its recipients, body and thread. not_found.
[[nodiscard]] async::task<std::expected<item, store::errc>> report(std::string desk, crypto::uuid id,
                                                                   end_of end_of, store::store& store);

}  // namespace inbox
