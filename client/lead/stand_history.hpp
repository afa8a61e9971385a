// The stands of a desk before the one in force: by hash alone, since the newest vouches for them.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "client/line/session.hpp"
#include "crypto/protocol/documents.hpp"

namespace desk {

// The newest stand where no lead in force signed it: the next one follows it all the same. Somebody must have
// signed it who was a lead under an earlier directory, or a stranger's could throw everybody out.
// It leads back to the one that this machine saw. Nothing where there never was one.
[[nodiscard]] client::result<std::optional<protocol::stand>> orphaned_stand(
    client::session& session, const client::published& published);

// Whether an earlier stand than this one, back to the first, listed one of these memberships.
[[nodiscard]] client::result<bool> listed_before(client::session& session, const protocol::stand& stand,
                                                 const std::set<std::string>& memberships);

}  // namespace desk
