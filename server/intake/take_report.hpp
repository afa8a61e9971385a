// A report arrives: it is checked against the directory, all faults at once, and stored; the answer comes
// after the commit. Whether it says what it should is for the desk that opens it: nobody here can read it.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <variant>

#include "base/async/task.hpp"
#include "crypto/protocol/envelope_json.hpp"
#include "server/guide/staffing.hpp"
#include "server/store/store.hpp"
#include "server/trust/registry.hpp"
#include "server/trust/snapshot.hpp"

namespace intake {

// Everything that a directory can find wrong with a posted report (api.md, POST /v1/meldingen).
void judge(const protocol::posted_report& report, const trust::snapshot& now, protocol::day today,
           protocol::faults& found);

using refused = std::variant<protocol::faults, store::errc>;
using stored = std::expected<store::added_report, refused>;

// Until when the first desk of an urgent report has to open it, and by which day it answers.
struct terms {
    std::shared_ptr<const guide::staffing> staffing;
    // The hour that a page named to its writer: kept to, where it is not an hour or more from the one that
    // holds now.
    std::optional<std::int64_t> shown = {};
};

// request_hash: SHA-256 of the HTTP body, by which a repeat is known. faults: what reading the body found
// already; they are answered together with what is found here, before any comparison with what is stored.
// now: what it was sealed by; where another server changed that since, it is judged by what is in force.
// clock: Unix seconds. Where the fallback reads at once, whoever hands out keys by the hour is woken.
[[nodiscard]] async::task<stored> take_report(protocol::posted_report report, protocol::faults found,
                                              crypto::block<32> request_hash,
                                              std::shared_ptr<const trust::snapshot> now, std::int64_t clock,
                                              terms terms, trust::registry& registry, store::store& store);

}  // namespace intake
