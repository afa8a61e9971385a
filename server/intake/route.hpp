// Which desks a report goes to: the routing function (protocol §9) over the directory in force, among the
// desks that can be sealed to today.
#pragma once

#include <set>
#include <string>

#include "crypto/protocol/report.hpp"
#include "crypto/protocol/routing.hpp"
#include "server/trust/snapshot.hpp"

namespace guide {
struct situation;
}

namespace intake {

// Who will be able to read this report, without the desks that the reporter left out.
[[nodiscard]] protocol::decision route(const protocol::report& report,
                                       const std::set<std::string, std::less<>>& excluded,
                                       const trust::snapshot& now, protocol::day today);

// The same for who asks where to report, and has told no more than this.
[[nodiscard]] protocol::decision route(const guide::situation& of, const trust::snapshot& now,
                                       protocol::day today);

}  // namespace intake
