// Orders to destroy a report (protocol §11), as they go into the store and come out of it. Days since
// 1970-01-01.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/store/rows.hpp"

namespace store {

// So many full days after the one of its order a report is destroyed, where time alone may do that.
inline constexpr std::int32_t order_days = 7;

struct order {
    std::string lid;  // uuid of who ordered
    crypto::sign_public key{};
    bool lead = false;       // they were a beheerder then
    std::int64_t stand = 0;  // versie of the desk's standing in force then
    std::int32_t day = 0;
    std::string reason;  // a code
};
// What the end of a report depends on; also of one whose body is damaged.
struct end_state {
    std::string role, status;  // role: of the desk that asks
    std::int64_t revision = 0;
    bool urgent = false, opened = false;
    bool unread = false;             // its reporter wrote what no officer of the first desk read
    bool opened_by_another = false;  // than who ordered
    std::optional<std::int32_t> held_until;
    std::optional<store::order> order;

    // Whether one of the two who destroy it must be a beheerder.
    [[nodiscard]] bool needs_lead() const { return urgent || !opened || unread; }
    // Whether time alone destroys it.
    [[nodiscard]] bool falls_due() const { return !needs_lead() && opened_by_another; }
};

// The line of another desk's trail: behind `previous`, naming the officer's line in that of the first desk.
using line_elsewhere = std::function<std::string(const head& previous, const head& of_first)>;

struct new_order {
    crypto::uuid id;
    std::string desk;
    std::int64_t revision = 0;  // that was seen
    store::order order;
    int most = 0;  // that this member may order on that day
};
struct placed_order {
    std::int64_t revision = 0;
    bool opened_by_another = false;
    store::head head;
    std::vector<std::string> desks;  // in whose lists it comes again
};
struct confirmation {
    crypto::uuid id;
    std::int64_t revision = 0;  // that was seen
    std::string lid;
    bool lead = false;
    std::int32_t today = 0;
};
struct ended_report {
    store::head head;                // of the trail of who ended it
    std::vector<std::string> desks;  // in whose lists it comes again
};
// An order whose days are over.
struct due_order {
    crypto::uuid id;
    std::string lid;
    std::int32_t day = 0;
    std::string reason;
};

}  // namespace store
