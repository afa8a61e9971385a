#include "crypto/protocol/errc.hpp"

namespace protocol {

std::string_view text(errc error) {
    switch (error) {
        case errc::bad_json:
            return "This is not strict JSON: check the quotes, commas, duplicate names and numbers.";
        case errc::bad_document:
            return "The document lacks a member, or has one of the wrong kind; who sent it must send it "
                   "again, as the contract "
                   "has it.";
        case errc::bad_signature:
            return "The document is not signed by a key that may sign it.";
        case errc::unknown_version:
            return "The document is of a version that this program does not know; update it.";
        case errc::gids_expired:
            return "The directory has expired; the administrator must sign and publish a new one.";
        case errc::gids_term:
            return "The directory's term is longer than 92 days, or ends before it begins; do not trust it, "
                   "and tell the "
                   "administrator.";
        case errc::gids_older:
            return "The server shows an older directory than was seen here before, or than the "
                   "profile's least-version; do not trust it, and tell the administrator.";
        case errc::gids_forked:
            return "The server shows another directory under a version seen before; do not trust it, and "
                   "tell the "
                   "administrator.";
        case errc::gids_chain:
            return "The directory does not follow from the version before it, which was changed or withheld; "
                   "do not trust it, "
                   "and tell the administrator.";
        case errc::gids_desk:
            return "The directory or the routing table names a desk that the directory does not have; tell "
                   "the administrator.";
        case errc::gids_double:
            return "A desk or a lead key is in the directory twice; tell the administrator.";
        case errc::routing_hash:
            return "The routing table is not the one that the directory signs; do not trust it, and tell the "
                   "administrator.";
        case errc::bad_routing:
            return "The routing table cannot be read; update this program, or tell the administrator.";
        case errc::stand_term:
            return "The standing's term is longer than 35 days, or ends before it begins; tell a lead of the "
                   "desk.";
        case errc::stand_older:
            return "The server shows an older standing of the desk than was seen here before; do not trust "
                   "it.";
        case errc::stand_forked:
            return "The server shows another standing of the desk under a version seen before; do not trust "
                   "it, and tell a "
                   "lead.";
        case errc::stand_chain:
            return "The standing does not follow from the version before it, which was changed or withheld; "
                   "do not trust it, "
                   "and tell a lead.";
        case errc::stand_withheld:
            return "The server shows no standing that a lead of the desk signed, though one was seen here "
                   "before.";
        case errc::stand_expired:
            return "The desk's standing has expired; a lead signs the next one: baken desk keys.";
        case errc::stand_unknown_hash:
            return "The standing lists a membership or key that was never handed in; tell a lead of the "
                   "desk.";
        case errc::key_window:
            return "The epoch key's days are not the Monday of its week and the Monday after; a lead makes a "
                   "new one.";
        case errc::key_desk:
            return "The key or membership is of another desk.";
        case errc::key_double:
            return "There are two keys for one desk and week, and neither can be used; a lead runs: baken "
                   "desk keys.";
        case errc::key_weak:
            return "The document names a public key that nobody can use; make a new key.";
        case errc::key_missing:
            return "This desk has no key for this week; a lead makes one with: baken desk keys.";
        case errc::lid_term:
            return "A membership may last at most 26 weeks.";
        case errc::lid_ended:
            return "The membership is not in force.";
        case errc::wrong_secret:
            return "The wrapped secret does not belong to the signed epoch key; tell a lead.";
        case errc::not_a_recipient:
            return "The report is not sealed to this desk.";
        case errc::wrong_report:
            return "What is sealed inside is not the report that the envelope names.";
        case errc::wrong_mailbox:
            return "The mailbox inside the report is not the one outside.";
        case errc::wrong_text:
            return "The text does not fit its envelope, its author or its thread.";
        case errc::trail_broken:
            return "A line of the audit trail does not follow from the one before it.";
        case errc::trail_rolled_back:
            return "The audit trail no longer contains the line seen last; it was cut or rewritten. If the "
                   "server came back "
                   "from a backup: baken desk restored.";
    }
    return "Unknown fault.";
}

}  // namespace protocol
