#include "desk/fingerprints.hpp"

// (protocol §1).
#include <fmt/format.h>

#include "client/terminal.hpp"
#include "crypto/hash.hpp"
#include "desk/member_card.hpp"
#include "desk/print.hpp"

namespace desk {

std::vector<compared> people_of(const std::vector<protocol::membership>& members) {
    std::vector<compared> out;
    for (const auto& member : members)
        out.push_back({fmt::format("{} {}", member.rol, member.lid.text()),
                       crypto::fingerprint(member.sign_key, member.box_key)});
    return out;
}

client::result<void> confirm_fingerprints(client::session& session, const std::vector<compared>& people,
                                          bool yes) {
    auto own = card_of(session.keys()).fingerprint();
    for (const auto& [who, fingerprint] : people) {
        auto known = session.memory().confirmed(session.desk(), fingerprint);
        if (!known) return std::unexpected(known.error());
        if (*known || fingerprint == own) continue;
        print_error(fmt::format("{}: fingerprint {}\n", escaped_line(who), spoken(fingerprint)));
        if (!yes) {
            auto agreed = client::ask_yes("Did you compare it with its owner, by voice or in person?",
                                          "Compare it first, then use --yes.");
            if (!agreed) return std::unexpected(agreed.error());
            if (!*agreed)
                return client::refuse("Nothing was changed: compare the fingerprint with its owner first.");
        }
        if (auto kept = session.memory().confirm(session.desk(), fingerprint); !kept) return kept;
    }
    return {};
}

}  // namespace desk
