// A desk as its newest stand has it: who is a member, which epoch keys are listed, and which of their secrets
// this person holds. Read by every verb of a lead before it changes anything, and by status.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/desk/epoch_secrets.hpp"
#include "client/line/session.hpp"
#include "crypto/protocol/documents.hpp"

namespace desk {

struct standing {
    std::string standaard;                   // the routing table's default desk
    std::int64_t gids_versie = 0;            // of the newest directory
    protocol::day gids_tot;                  // likewise
    std::vector<crypto::sign_public> leads;  // in the newest directory
    std::optional<protocol::stand> stand;    // newest verified one
    // What the next stand must follow: the newest verified one, or else the newest that was ever published
    // (its lead was replaced since), of which nothing but number and hash counts.
    std::optional<protocol::stand> previous;

    // What only a member is shown; empty where this person is none to the server.
    bool is_member = false;
    // Where the server turned this person away for the time at which they signed: what is the matter, and the
    // mend. Whether they are a member nobody knows then.
    std::string other_time;
    std::vector<protocol::membership> members;  // that the stand lists and that have not ended; one a lid
    std::vector<protocol::membership> known;    // every one at hand: also ended, revoked, not in force yet
    // Memberships that the stand lists and that do not count any more: their term ended, their lead left the
    // directory, or the server withholds them. Their keys were never changed: the next stand has to.
    std::vector<std::string> gone;
    std::vector<held_key> keys;    // that the stand lists
    std::vector<held_key> others;  // signed by a lead too: replaced by a newer one, or never put in force
    std::size_t withheld = 0;  // keys that the stand lists and that no lead in force signed, or are not there
    // What the stand lists and the server does not show at all, whoever signed it: "2 memberships and 1
    // keys".
    std::string missing;

    [[nodiscard]] const protocol::membership* member(const crypto::uuid& lid) const;
    // The first day of this person at the desk, also under a membership that was renewed since.
    [[nodiscard]] protocol::day since(const protocol::membership& member) const;
};

// As any member sees it; changes nothing.
[[nodiscard]] client::result<standing> view_standing(client::session& session);

// What the stand lists and the server does not show: a lead who signs on would put it out of force for good.
enum class missing { refused, dropped };

// As a lead needs it before a change. Refuses a key file without a lead key, and one whose lead key the
// directory does not name for this desk. A stand that ran out is put in force again first.
[[nodiscard]] client::result<standing> read_standing(client::session& session,
                                                     missing withheld = missing::refused);

// The refusal where a lead is no member of the desk, and so was shown nothing to build on.
[[nodiscard]] client::result<void> must_be_member(const client::session& session, const standing& standing);

}  // namespace desk
