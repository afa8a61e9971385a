// The report document that answers make: the same reader judges it that judges what programs send
// (protocol::report::draft), so there is one rule for what a report may be.
#pragma once

#include <expected>

#include "crypto/protocol/report.hpp"
#include "server/pages/answers.hpp"
#include "server/pages/places.hpp"

namespace pages {

// answers: judged, without faults. where: what the typed place led to. language: a BCP 47 tag.
[[nodiscard]] std::expected<protocol::report, protocol::faults> draft(const answers& answers,
                                                                      const place& where,
                                                                      std::string_view language);

}  // namespace pages
