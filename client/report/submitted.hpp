// Whom a report goes to and what its writer is told of it: the desks that may be left out, who can read it,
// and the receipt.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/plain.hpp"
#include "crypto/protocol/routing.hpp"
#include "crypto/receipt.hpp"

namespace desk {

// The desks of --exclude, known and allowed: an unknown one is wrong use and told the list; `standaard`
// cannot be left out.
[[nodiscard]] client::result<std::set<std::string, std::less<>>> excluded_desks(
    const std::vector<std::string>& named, const protocol::gids& gids, std::string_view standaard);

// A desk that can read a report now or later, as its writer is told.
struct named_reader {
    std::string loket, naam, rol;
    bool opsporing = false;
    bool operator==(const named_reader&) const = default;
};
[[nodiscard]] std::vector<named_reader> named_readers(const protocol::decision& decision,
                                                      const protocol::gids& gids);

// One line a reader: name, what it may read, whether it is an investigating authority.
[[nodiscard]] std::string readers_text(bool spoed, const std::vector<named_reader>& readers);

struct stored_report {
    std::string id;
    std::optional<std::string> ontvangen;  // day; nothing where only an earlier try's answer had it
    bool spoed = false;
    std::vector<named_reader> readers;
    bool before = false;  // an earlier try had stored it
};
// What the reporter sees, with the receipt (if there is one) in six groups; and the same for machines, one
// line.
[[nodiscard]] crypto::plain submitted_text(const stored_report& stored, const crypto::receipt* receipt);
[[nodiscard]] crypto::plain submitted_json(const stored_report& stored,
                                           const std::vector<std::string>& remarks,
                                           const crypto::receipt* receipt);

}  // namespace desk
