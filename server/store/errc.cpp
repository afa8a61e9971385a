#include "server/store/errc.hpp"

namespace store {

std::string_view text(errc error) {
    switch (error) {
        case errc::busy:
            return "The store is busy; try again in a moment.";
        case errc::unsure:
            return "The disk did not answer in time; send the same again.";
        case errc::unavailable:
            return "The store cannot read or write: check the disk's space, mount and health.";
        case errc::closed:
            return "The store is shutting down.";
        case errc::not_found:
            return "It is not in the store.";
        case errc::id_taken:
            return "This id is stored with other contents.";
        case errc::mailbox_taken:
            return "Another report has this mailbox key.";
        case errc::attachment_missing:
            return "An attachment is not there whole; upload it first.";
        case errc::wrong_offset:
            return "This piece does not follow what is there; ask how much that is.";
        case errc::stale:
            return "It was changed in the meantime; fetch it again.";
        case errc::on_hold:
            return "It is kept on purpose; end that first.";
        case errc::trust_changed:
            return "The directory changed in the meantime; try again.";
        case errc::wrong_version:
            return "The document does not follow the newest of its kind.";
        case errc::cannot_open:
            return "The database cannot be opened: check its path or address, that it runs and is no "
                   "standby, "
                   "and its permissions.";
        case errc::newer_schema:
            return "The database was written by a newer version of Baken; update this program.";
        case errc::older_schema:
            return "The database was written by an older version of Baken: start bakend once, which brings "
                   "it "
                   "up to this one.";
        case errc::changed_migration:
            return "The database was made with other migrations than this program carries.";
        case errc::damaged:
            return "The database is damaged: run baken admin check, which says what can still be read.";
        case errc::unsafe:
            return "The database is on a network and its connection is not verified: use a unix socket, or "
                   "sslmode=verify-full.";
        case errc::not_durable:
            return "The database has fsync or full_page_writes switched off and would lose reports: switch "
                   "them on.";
        case errc::not_utf8:
            return "The database has another encoding than UTF8: make one with that.";
        case errc::not_allowed:
            return "The database's role lacks rights there: make it the owner of the database.";
        case errc::in_use:
            return "A server works on the database, or a restore or copy: stop it first.";
        case errc::unfinished:
            return "A restore or copy into this database was broken off: run the same command again.";
        case errc::not_empty:
            return "The database holds something already: name an empty one.";
        case errc::bad_records:
            return "The backup's contents do not hold together: take another one.";
        case errc::other_records:
            return "The backup was made by another version of Baken: restore it with that one, then update.";
        case errc::not_equal:
            return "What was written is not what was read: check the disk, and run the same command again.";
        case errc::stopped:
            return "The records were not taken.";
    }
    return "Unknown fault.";
}

}  // namespace store
