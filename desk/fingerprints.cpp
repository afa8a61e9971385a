#include "desk/fingerprints.hpp"

#include <fmt/format.h>

#include "client/terminal.hpp"
#include "crypto/hash.hpp"
#include "desk/member_card.hpp"
#include "desk/print.hpp"

namespace desk {

std::string confirmed_as(std::string_view fingerprint, std::string_view rol) {
    return rol == "medewerker" ? std::string(fingerprint) : fmt::format("{} {}", fingerprint, rol);
}

std::vector<compared> people_of(const std::vector<protocol::membership>& members) {
    std::vector<compared> out;
    for (const auto& member : members)
        out.push_back({fmt::format("{} {}", member.rol, member.lid.text()),
                       crypto::fingerprint(member.sign_key, member.box_key), member.rol});
    return out;
}

namespace {

client::result<std::vector<compared>> unconfirmed(client::session& session,
                                                  const std::vector<compared>& people) {
    std::vector<compared> out;
    auto own = card_of(session.keys()).fingerprint();
    for (const auto& one : people) {
        auto known = session.memory().confirmed(session.desk(), confirmed_as(one.fingerprint, one.rol));
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
    for (const auto& one : *asked)
        print_error(fmt::format("{}: fingerprint {}\n", escaped_line(one.who), spoken(one.fingerprint)));
    for (const auto& one : *asked) {
        if (!yes) {
            auto agreed = client::ask_yes(
                fmt::format(
                    "Did you compare that of {} with its owner, by voice or in person, and is their role "
                    "{}?",
                    escaped_line(one.who), one.rol),
                mend);
            if (!agreed) return std::unexpected(agreed.error());
            if (!*agreed)
                return client::refuse("Nothing was changed: compare the fingerprint with its owner first.");
        }
        auto kept = session.memory().confirm(session.desk(), confirmed_as(one.fingerprint, one.rol));
        if (!kept) return kept;
    }
    return {};
}

}  // namespace desk
