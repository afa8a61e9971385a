// What the store can answer besides the thing asked for.
#pragma once

#include <string_view>

namespace store {

enum class errc {
    busy,         // the queue is full or the disk stands still; nothing is stored: try again
    unsure,       // the disk did not answer in time: stored or not, the same again makes it certain
    unavailable,  // the disk or database does not take or give it now
    closed,       // the store is shutting down
    not_found,
    id_taken,            // this id is stored with other bytes
    mailbox_taken,       // another report has this mailbox key
    attachment_missing,  // an attachment that is not there, not whole, or another's
    wrong_offset,        // a piece that does not follow what is there
    stale,               // it was changed since it was read
    on_hold,             // somebody keeps it for a reason
    needs_lead,          // one of the two who destroy it must be a beheerder
    too_many,            // one member did as much of it today as a day allows
    trust_changed,       // the documents of trust changed since it was judged: judge it again
    wrong_version,       // a document that does not follow the newest of its kind
    unknown_document,    // a stand that lists what is not there
    too_many_waiting,    // more documents than a desk may have wait for a stand
    cannot_open,         // the file, or its directory, is not ours to read or write
    no_file,             // there is no such file
    no_tables,           // nothing of ours is in it: empty, or another program's
    bad_address,         // of a database: it cannot be read
    nobody_answers,      // at that host, socket or port
    not_ready,           // it runs, and takes no connection now
    no_database,         // it runs, without a database of this name
    no_entry,            // it does not let this role in
    standby,             // only one that takes no writes answers
    not_verified,        // its certificate is not the one that was meant, or it has none
    newer_schema,        // written by a newer program
    older_schema,        // not yet brought up to this program
    changed_migration,   // a migration that was applied here is not the one this program carries
    damaged,             // what was read is not what was written, or cannot be read at all
    unsafe,              // the database is reached over a network without verified encryption
    not_durable,         // the database is set to lose what it confirmed
    not_utf8,            // the database has another encoding
    not_allowed,         // the database does not let us do what we must
    in_use,              // a server works on the database
    unfinished,          // a restore or copy into it is under way, or was broken off
    not_empty,           // it holds something, and must not
    bad_records,         // a backup whose contents do not hold together
    other_records,       // a backup by a version with other tables or columns
    not_equal,           // what was written is not what was read
    stopped,             // whoever takes the records does not want more
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace store
