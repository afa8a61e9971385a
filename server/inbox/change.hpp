// An officer changes what the server knows of a report (api.md, PATCH): status, who works on it, that it is
// kept past its term, that an order to destroy it is taken back; or seals its key anew for desks that have
// it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/protocol/envelope_json.hpp"
#include "server/store/store.hpp"
#include "server/trust/snapshot.hpp"

namespace inbox {

struct change {
    // The key of one envelope, sealed anew.
    struct anew {
        crypto::uuid envelope;
        std::vector<protocol::recipient> recipients;
    };
    struct hold {
        protocol::day tot;
        std::string reden;
        std::vector<anew> sealed;
    };
    std::optional<std::string> status;
    std::optional<std::optional<crypto::uuid>> assignee;  // nothing within: nobody
    std::optional<std::optional<change::hold>> keep;      // nothing within: no longer
    bool undo = false;                                    // vernietiging null
    std::optional<std::vector<anew>> sealed;

    // Any desk with a key may seal it anew; the rest is the first desk's.
    [[nodiscard]] bool of_first() const { return status || assignee || keep || undo; }
};

// Whether a code is a reason to keep a report.
using keeping_reasons = std::function<bool(std::string_view)>;
// What the request shows of itself, with every fault.
[[nodiscard]] change read_change(const protocol::json::object& object, const keeping_reasons& is_reason,
                                 protocol::day today, protocol::faults& found);

// What it was about, at this moment.
struct moment {
    const store::stored_report& report;
    const trust::snapshot& now;
    protocol::day today;
};
// What members, desks and keys can be wrong about it.
void judge(const change& change, std::string_view desk, const moment& at, protocol::faults& found);
// Why the state of the report does not allow it; empty where it does.
[[nodiscard]] std::string_view conflict(const change& change, const store::stored_report& report);

// As the store takes it. Only of a change without faults.
[[nodiscard]] store::report_change row_of(const change& change, std::string_view desk, const moment& at);

// What was changed in the words of a trail's line, behind the report's id: "status=afgesloten toegewezen=-".
[[nodiscard]] std::string told(const change& change);

}  // namespace inbox
