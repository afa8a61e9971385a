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
        case errc::needs_lead:
            return "One of the two who destroy it must be a beheerder.";
        case errc::too_many:
            return "That is as much of it as one member may do in a day.";
        case errc::trust_changed:
            return "The directory changed in the meantime; try again.";
        case errc::wrong_version:
            return "The document does not follow the newest of its kind.";
        case errc::unknown_document:
            return "The standing lists a document that was never handed in, or that waited too long for one.";
        case errc::too_many_waiting:
            return "So many documents of this desk wait for a standing that no more are taken.";
        case errc::cannot_open:
            return "The database cannot be opened: check its path, and that this user may read and write it "
                   "and its directory.";
        case errc::no_file:
            return "There is no such file: is its disk mounted? If it is lost, make a new installation with "
                   "baken admin init and restore the newest backup into it.";
        case errc::no_tables:
            return "Nothing of Baken is in the database: is it the right one, and its disk mounted? If it is "
                   "lost, make a new installation with baken admin init and restore the newest backup into "
                   "it.";
        case errc::bad_address:
            return "The address cannot be read: write "
                   "postgresql://[user@][host[:port]]/database[?option=value], "
                   "with %XX for what is special in it.";
        case errc::nobody_answers:
            return "Nobody answers there: check that the database runs, and the host, the port or the "
                   "socket's "
                   "directory in the address.";
        case errc::not_ready:
            return "The database runs but takes no connection now: it starts, stops, or has too many; its "
                   "own "
                   "log says which.";
        case errc::no_database:
            return "The server has no database of this name: make one (createdb), or mend the name in the "
                   "address.";
        case errc::no_entry:
            return "The database does not let this role in: check the role's name, its password or passfile, "
                   "and "
                   "pg_hba.conf.";
        case errc::standby:
            return "Only a standby answers, which takes no writes: name every host in the address, and bring "
                   "the "
                   "primary back or promote the standby.";
        case errc::not_verified:
            return "The database's certificate is not verified: check sslmode and sslrootcert in the "
                   "address, "
                   "and that the certificate names this host.";
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
