// An officer of a report's first desk changes what the server knows of it: status, who works on it, labels,
// or that it is kept past its term, sealed anew (api.md, PATCH). And the same report's end by their order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/protocol/envelope_json.hpp"
#include "server/guide/codes.hpp"
#include "server/store/store.hpp"
#include "server/trust/snapshot.hpp"

namespace inbox {

struct change {
    struct hold {
        protocol::day tot;
        std::string reden;
        std::vector<protocol::recipient> ontvangers;  // sealed anew
    };
    std::optional<std::string> status;
    std::optional<std::optional<crypto::uuid>> assignee;  // nothing within: nobody
    std::optional<std::vector<std::string>> labels;
    std::optional<std::optional<change::hold>> keep;  // nothing within: no longer
};

// The body's form, with every fault.
[[nodiscard]] change read_change(const protocol::json::object& object, protocol::faults& found);

// What it was about, at this moment.
struct moment {
    const store::stored_report& report;
    const trust::snapshot& now;
    const guide::codes& codes;
    protocol::day today;
};
// What codes, members, days and keys can be wrong about it.
void judge(const change& change, std::string_view desk, const moment& at, protocol::faults& found);

// As the store takes it. Only of a change without faults.
[[nodiscard]] store::report_change row_of(const change& change, std::string_view desk, const moment& at);

// What was changed in the words of a trail's line, behind the report's id: "status=afgesloten labels".
[[nodiscard]] std::string told(const change& change);

}  // namespace inbox
