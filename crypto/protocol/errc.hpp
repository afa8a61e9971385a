// Everything the documents of the protocol can be refused for, each with one plain sentence.
#pragma once

#include <string_view>

namespace protocol {

enum class errc {
    bad_json,         // not strict JSON (§0)
    bad_document,     // a member is missing, of another type or out of its bounds
    bad_signature,    // not signed by a key that may sign this
    unknown_version,  // versie, suite or typ of another protocol
    gids_expired,     // today is after the directory's tot
    gids_term,        // tot more than 92 days after datum, or before it
    gids_older,       // a lower versie than seen before
    gids_forked,      // the same versie with another hash
    gids_chain,       // vorige does not fit the version before
    gids_desk,        // an achtervang, or the routing table, names a desk that the directory does not have
    gids_double,      // a desk or lead key stands twice
    routing_hash,     // the routing table is not the one the directory signs
    bad_routing,      // the routing table cannot be read
    stand_term,       // tot more than 35 days after datum, or before it
    stand_older,
    stand_forked,
    stand_chain,
    stand_withheld,      // none by a lead in force, though one was seen before
    stand_expired,       // today is after the stand's tot
    stand_unknown_hash,  // lists a membership or key that is not there
    key_window,          // van is not the epoch's Monday, or tot not the Monday after
    key_desk,            // a key or membership of another desk
    key_double,          // two keys for one desk and epoch
    key_weak,            // a public key that nobody can seal to, or verify with
    key_missing,         // no key for this desk and epoch
    lid_term,            // a membership of more than 26 weeks
    lid_ended,           // not in the newest stand, or outside van…tot
    wrong_secret,        // a wrap whose secret does not belong to the signed public key
    not_a_recipient,     // the report is not sealed to this desk
    wrong_report,        // the document inside is of another id or type
    wrong_mailbox,       // postbus inside does not fit the one outside
    wrong_text,          // a text that does not fit its envelope or thread
    trail_broken,        // a line of an audit trail does not follow the one before
    trail_rolled_back,   // the trail no longer contains the head seen before
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace protocol
