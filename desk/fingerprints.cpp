#include "desk/fingerprints.hpp"

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

namespace {

client::result<std::vector<compared>> unconfirmed(client::session& session,
                                                  const std::vector<compared>& people) {
    std::vector<compared> out;
    auto own = card_of(session.keys()).fingerprint();
    for (const auto& one : people) {
        auto known = session.memory().confirmed(session.desk(), one.fingerprint);
        if (!known) return std::unexpected(known.error());
        if (!*known && one.fingerprint != own) out.push_back(one);
    }
    return out;
}

}  // namespace

client::result<void> confirm_fingerprints(client::session& session, const std::vector<compared>& people,
                                          bool yes, const std::string& mend) {
    auto asked = unconfirmed(session, people);
    if (!asked) return std::unexpected(asked.error());
    // All of them first: who has no terminal sees everything there is to compare.
    for (const auto& [who, fingerprint] : *asked)
        print_error(fmt::format("{}: fingerprint {}\n", escaped_line(who), spoken(fingerprint)));
    for (const auto& [who, fingerprint] : *asked) {
        if (!yes) {
            auto agreed = client::ask_yes(
                fmt::format("Did you compare that of {} with its owner, by voice or in person?",
                            escaped_line(who)),
                mend);
            if (!agreed) return std::unexpected(agreed.error());
            if (!*agreed)
                return client::refuse("Nothing was changed: compare the fingerprint with its owner first.");
        }
        if (auto kept = session.memory().confirm(session.desk(), fingerprint); !kept) return kept;
    }
    return {};
}

}  // namespace desk
