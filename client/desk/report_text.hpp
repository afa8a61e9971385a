// An opened report as an officer reads it: alarms first, then what the server knows, then what the
// reporter wrote. Labels are English, codes and names of members as on the wire. Every text is the
// reporter's own and not trusted: each of its lines stands behind a prefix of ours and fits the terminal.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "client/desk/report_item.hpp"
#include "crypto/plain.hpp"
#include "crypto/protocol/sealing.hpp"

namespace desk {

// What to tell before anything else, loudest first: open_report's alarms, and spoiled wraps by epoch.
[[nodiscard]] std::string alarms_text(std::span<const protocol::alarm> alarms,
                                      std::span<const std::string> spoiled);

// columns: of the terminal that shows it (client/here/wrapped.hpp).
[[nodiscard]] crypto::plain report_text(const report_item& item, const protocol::report& report,
                                        std::size_t columns = 80);

// {"melding":…,"alarmen":[code…],"status":…,"rol":…,"ontvangen":…,"revisie":…,"geopend":bool,
// "termijn":day|null,"einde":day|null,"bewaren":{"tot","reden"}|null,"nietTeOpenen":bool,"berichten":n,"notities":n}
[[nodiscard]] crypto::plain report_json(const report_item& item, const protocol::report& report,
                                        std::span<const protocol::alarm> alarms);

}  // namespace desk
