#include "client/lead/fingerprints.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/here/member_card.hpp"
#include "client/here/terminal.hpp"
#include "client/print.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"

namespace desk {
namespace {

std::string mark_of(const crypto::sign_public& sign_key, const crypto::box_public& box_key) {
    crypto::bytes both(sign_key.begin(), sign_key.end());
    both.insert(both.end(), box_key.begin(), box_key.end());
    return "sleutels:" + crypto::hash_text(both);
}

client::result<std::vector<compared>> unconfirmed(client::session& session,
                                                  const std::vector<compared>& people) {
    std::vector<compared> out;
    const auto own = mark_of(session.keys().sign_keys->public_key, session.keys().box_keys->public_key);
    for (const auto& one : people) {
        if (one.keys == own) continue;
        auto known = was_compared(
            one, [&](const std::string& what) { return session.memory().confirmed(session.desk(), what); });
        if (!known) return std::unexpected(known.error());
        if (!*known) out.push_back(one);
    }
    return out;
}

client::result<void> remember(client::session& session, const compared& one) {
    auto kept = session.memory().confirm(session.desk(), confirmed_as(one.keys, one.rol));
    if (kept && one.fingerprints.size() == 1)
        kept = session.memory().confirm(session.desk(), confirmed_as(one.fingerprints.front(), one.rol));
    return kept;
}

}  // namespace

lead_keys lead_keys_of(std::vector<crypto::sign_public> named, const protocol::key_file& own) {
    lead_keys out;
    out.named = std::move(named);
    out.own_sign = own.sign_keys->public_key;
    if (own.top_key) out.own_lead = own.top_key->public_key;
    return out;
}

std::vector<std::string> fingerprints_of(const protocol::membership& member, const lead_keys& leads) {
    if (member.rol != "beheerder") return {crypto::fingerprint(member.sign_key, member.box_key)};
    if (member.sign_key == leads.own_sign && leads.own_lead)
        return {crypto::fingerprint(member.sign_key, member.box_key, *leads.own_lead)};
    std::vector<std::string> out;
    for (const auto& lead : leads.named)
        if (lead != leads.own_lead) out.push_back(crypto::fingerprint(member.sign_key, member.box_key, lead));
    return out;
}

std::string spoken(const std::vector<std::string>& fingerprints) {
    if (fingerprints.empty()) return "not known, because the directory does not name their lead key";
    std::vector<std::string> out;
    for (const auto& one : fingerprints) out.push_back(client::spoken(one));
    return fmt::format("{}", fmt::join(out, " or "));
}

std::string confirmed_as(std::string_view fingerprint, std::string_view rol) {
    return rol == "medewerker" ? std::string(fingerprint) : fmt::format("{} {}", fingerprint, rol);
}

compared person_of(const protocol::membership& member, const lead_keys& leads) {
    compared out;
    out.fingerprints = fingerprints_of(member, leads);
    out.rol = member.rol;
    out.keys = mark_of(member.sign_key, member.box_key);
    out.before = crypto::fingerprint_1(member.sign_key, member.box_key);
    return out;
}

std::vector<compared> people_of(const std::vector<protocol::membership>& members, const lead_keys& leads,
                                const local_names& names) {
    std::vector<compared> out;
    for (const auto& member : members) {
        out.push_back(person_of(member, leads));
        out.back().who = fmt::format("{} {}", member.rol, names.with(member.lid));
    }
    return out;
}

client::result<bool> was_compared(const compared& one,
                                  const std::function<client::result<bool>(const std::string&)>& remembered) {
    auto asked = one.fingerprints;
    asked.push_back(one.before);
    if (!one.card) asked.push_back(one.keys);
    for (const auto& what : asked) {
        auto known = remembered(confirmed_as(what, one.rol));
        if (!known || *known) return known;
    }
    return false;
}

client::result<void> confirm_fingerprints(client::session& session, const std::vector<compared>& people,
                                          bool yes, const std::string& mend) {
    auto asked = unconfirmed(session, people);
    if (!asked) return std::unexpected(asked.error());
    // All of them first: who has no terminal sees everything there is to compare.
    for (const auto& one : *asked)
        print_error(fmt::format("{}: fingerprint {}\n", escaped_line(one.who), spoken(one.fingerprints)));
    for (const auto& one : *asked) {
        if (!yes && one.fingerprints.empty())
            return client::refuse(fmt::format(
                "The fingerprint of {} cannot be shown, because the directory does not name their "
                "lead key; compare it on their card, by enrolling that once more: baken desk enrol "
                "FILE.pub",
                escaped_line(one.who)));
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
        if (auto kept = remember(session, one); !kept) return kept;
    }
    return {};
}

}  // namespace desk
