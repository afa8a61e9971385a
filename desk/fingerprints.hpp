// Comparing fingerprints with their owners: once on each machine, before anything is wrapped for them
// (protocol §1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/session.hpp"
#include "crypto/protocol/documents.hpp"

namespace desk {

// Somebody to wrap for, and the fingerprint of their keys.
struct compared {
    std::string who;
    std::string fingerprint;
    std::string rol;
};

// What a yes is remembered under. The role is no part of a fingerprint, so who was compared as another is
// asked about again.
[[nodiscard]] std::string confirmed_as(std::string_view fingerprint, std::string_view rol);

[[nodiscard]] std::vector<compared> people_of(const std::vector<protocol::membership>& members);

// Asks the lead about everybody not compared on this machine before (themselves excepted), and remembers the
// yes. `yes`: it was done already, so do not ask. mend: what to do without a terminal. Refused at the first
// no.
[[nodiscard]] client::result<void> confirm_fingerprints(client::session& session,
                                                        const std::vector<compared>& people, bool yes,
                                                        const std::string& mend);

}  // namespace desk
