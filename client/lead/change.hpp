// What changes when people join or leave a desk, worked out before anything is sent: which weeks get new
// keys, for whom they are wrapped, which secrets are passed on, and what the next stand lists (protocol §1).
// Nothing here knows a socket or a clock.
#pragma once

#include <expected>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "client/desk/epoch_secrets.hpp"
#include "client/lead/handing_in.hpp"
#include "client/lead/standing.hpp"
#include "crypto/protocol/issue.hpp"

namespace desk {

struct change {
    std::vector<protocol::membership> joining;  // signed; a lid that is a member already is renewed by it
    std::set<crypto::uuid> leaving;
    int weeks = 0;            // so many, from the current one on, must have a key
    bool all_epochs = false;  // who joins also gets the weeks that are over
    bool all_fresh = false;   // every week from this one on gets a new key: nobody holds those that there are
    bool sign_again =
        false;  // a lead leaves: what others signed is signed again, so that it outlives their key
};

// The weeks, from that of today on, that have no key or two (of which neither counts).
[[nodiscard]] std::vector<protocol::epoch> missing_weeks(const std::vector<held_key>& keys,
                                                         protocol::day today, int weeks);
// How many weeks in a row, from that of today on, have a key.
[[nodiscard]] int weeks_ahead(const std::vector<held_key>& keys, protocol::day today);

// The weeks that get a new key, wrapped for every member of the next stand:
// - all from the current one to the last that has a key, where somebody left or all_fresh says so;
// - those of the first `weeks` that have none, and every one that has two;
// - where somebody joins, those whose secret this lead cannot pass on (mostly because the server hands out no
//   wrap before the day before its week: then nothing was sealed to it either);
// - those that are open and whose secret this lead does not hold: perhaps nobody does, and reports would be
//   sealed to it for ever.
[[nodiscard]] std::vector<protocol::epoch> fresh_weeks(const standing& standing, const epoch_secrets& held,
                                                       const change& change, protocol::day today);

struct prepared {
    std::vector<protocol::membership> members;  // of the next stand
    // In the order in which they are handed in.
    std::vector<std::pair<protocol::membership, epoch_wraps>> leden;
    std::vector<protocol::issued_key> sleutels;
    // What the next stand lists, by hash.
    std::vector<std::string> listed_members, listed_keys;

    std::vector<protocol::epoch> fresh;
    std::vector<protocol::epoch> passed_on;  // to those who join
    int signed_again = 0;                    // documents
};

// held: the secrets of standing.keys and standing.others whose wraps fit their signed keys; nothing else is
// ever wrapped. low_order_key where a member's box key cannot be sealed to.
[[nodiscard]] std::expected<prepared, crypto::errc> prepare(const standing& standing, const change& change,
                                                            const epoch_secrets& held, std::string_view desk,
                                                            const crypto::sign_keys& lead,
                                                            protocol::day today);

// Every secret that this person's wraps of the desk's keys hold, listed or not.
[[nodiscard]] epoch_secrets secrets_of(const standing& standing, const crypto::box_keys& member);

// Lines for people: weeks whose wrap did not hold the signed key's secret, so that it was not used.
[[nodiscard]] std::string told_spoiled(const epoch_secrets& held);

// Hands all of it in and puts it in force with one stand.
[[nodiscard]] client::result<protocol::stand> carry_out(client::session& session, const standing& standing,
                                                        const prepared& prepared);

// A line for people where the desk has fewer than two leads, else nothing.
[[nodiscard]] std::string lead_shortage(std::string_view desk, std::span<const protocol::membership> members,
                                        std::size_t named);
// A line for each membership that ended without the lead's doing.
[[nodiscard]] std::string told_gone(const standing& standing);

}  // namespace desk
