// What the server says of a report where its end is concerned: read from the item without its content, which
// is withheld from a desk that ordered its destruction.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "client/line/session.hpp"

namespace desk {

struct given_order {
    std::string lid;  // of who ordered
    std::string day, reason;
    std::optional<std::string> until;  // the last day; nothing where time alone never destroys it
};
struct order_item {
    std::string id, status, rol;
    std::int64_t revisie = 0;
    bool urgent = false, opened = true, kept = false;
    std::int64_t unread = 0;
    std::optional<given_order> order;
    // Why one of the two who destroy it must be a lead; empty where none must.
    [[nodiscard]] std::string needs_lead() const;
};

// bad_answer where it is none, or one of another id.
[[nodiscard]] std::expected<order_item, client::errc> read_order_item(std::string_view body,
                                                                      std::string_view id);
// The order of an answer to DELETE.
[[nodiscard]] std::expected<given_order, client::errc> read_given_order(std::string_view body);

[[nodiscard]] client::result<order_item> fetch_order_item(client::session& session, const std::string& id);

}  // namespace desk
