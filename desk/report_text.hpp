// An opened report as an officer reads it: alarms first, then what the server knows, then what the
// reporter wrote. Labels are English, codes and names of members as on the wire. Every text is the
// reporter's own and not trusted.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "crypto/plain.hpp"
#include "crypto/protocol/sealing.hpp"
#include "desk/report_item.hpp"

namespace desk {

// What to tell before anything else, loudest first: open_report's alarms, and spoiled wraps by epoch.
[[nodiscard]] std::string alarms_text(std::span<const protocol::alarm> alarms,
                                      std::span<const std::string> spoiled);

[[nodiscard]] crypto::plain report_text(const report_item& item, const protocol::report& report);

// {"melding":…,"alarmen":[code…],"status":…,"rol":…,"ontvangen":…,"revisie":…,"berichten":n,"notities":n}
[[nodiscard]] crypto::plain report_json(const report_item& item, const protocol::report& report,
                                        std::span<const protocol::alarm> alarms);

}  // namespace desk
