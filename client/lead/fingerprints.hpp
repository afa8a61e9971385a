// Comparing fingerprints with their owners: once on each machine, before anything is wrapped for them
// (protocol §1).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/desk/local_names.hpp"
#include "client/line/session.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/key_file.hpp"

namespace desk {

// What a lead's fingerprint is made with besides their own keys. A membership does not say which lead key is
// whose; the directory says which there are, and a person knows their own.
struct lead_keys {
    std::vector<crypto::sign_public> named;
    crypto::sign_public own_sign{};
    std::optional<crypto::sign_public> own_lead;
};
[[nodiscard]] lead_keys lead_keys_of(std::vector<crypto::sign_public> named, const protocol::key_file& own);

// What this member may read aloud: one fingerprint, or of a lead one for each lead key of the directory that
// can be theirs; none where it names none.
[[nodiscard]] std::vector<std::string> fingerprints_of(const protocol::membership& member,
                                                       const lead_keys& leads);
// In groups of four, with "or" between several.
[[nodiscard]] std::string spoken(const std::vector<std::string>& fingerprints);

// Somebody to wrap for, and the fingerprints that can be theirs.
struct compared {
    std::string who;
    std::vector<std::string> fingerprints;
    std::string rol;
    // Under which a yes is remembered besides the fingerprint: of the keys themselves (a membership says no
    // more); and version 1 of the fingerprint, under which one may be remembered from before.
    std::string keys, before;
    bool card = false;  // of a card, whose lead key counts too, so that the keys alone are not enough
};

// What a yes is remembered under. The role is no part of a fingerprint, so who was compared as another is
// asked about again.
[[nodiscard]] std::string confirmed_as(std::string_view fingerprint, std::string_view rol);

[[nodiscard]] compared person_of(const protocol::membership& member, const lead_keys& leads);
[[nodiscard]] std::vector<compared> people_of(const std::vector<protocol::membership>& members,
                                              const lead_keys& leads, const local_names& names);

// Whether a yes about them is remembered, by whoever is asked with what confirmed_as made.
[[nodiscard]] client::result<bool> was_compared(
    const compared& one, const std::function<client::result<bool>(const std::string&)>& remembered);

// Asks the lead about everybody not compared on this machine before (themselves excepted), and remembers the
// yes. `yes`: it was done already, so do not ask. mend: what to do without a terminal. Refused at the first
// no.
[[nodiscard]] client::result<void> confirm_fingerprints(client::session& session,
                                                        const std::vector<compared>& people, bool yes,
                                                        const std::string& mend);

}  // namespace desk
