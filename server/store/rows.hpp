// What goes into the store and comes out of it. Bodies and keys are crypto::sealed; documents are signed
// tokens; the rest is the little that protocol §8 lets a server know.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/keys.hpp"
#include "crypto/plain.hpp"

namespace store {

// A desk's audit trail grows inside the transaction of what it records. write gives the bytes of the line
// after this head (its number, and hash of its bytes).
struct head {
    std::int64_t line = 0;
    std::string hash;
};
struct trail_write {
    std::string desk;
    std::function<std::string(const head& previous)> write;
};

struct recipient_row {
    std::string desk;
    std::string role;  // eerste, mede, achtervang
    std::string epoch;
    crypto::block<8> key_mark{};
    crypto::sealed sealed_key;
    crypto::block<32> hash{};  // SHA-256 of sealed_key: the store's own, it makes and compares them
    // Of an achtervang: the hour (since 1970-01-01) at which its key is released, if nobody of the first desk
    // opened the report by then (protocol §3).
    std::optional<std::int64_t> release_hour = {};
};

struct new_report {
    crypto::uuid id;
    crypto::block<32> request_hash{};  // SHA-256 of the HTTP body
    std::int32_t day = 0;
    bool urgent = false;
    std::optional<std::int32_t> term;  // the day by which its first desk answers
    std::optional<crypto::sign_public> mailbox;
    crypto::sealed body;
    crypto::block<32> body_hash{};          // SHA-256 of body: the store's own too
    std::vector<recipient_row> recipients;  // one to four
    std::vector<crypto::uuid> attachments;  // in their order; each whole, and nobody's yet
    // Of the documents it was judged by; a shared store refuses it where they changed since.
    std::optional<std::int64_t> generation;
};
struct added_report {
    std::int32_t day = 0;           // of receipt: the first one's, for a repeat
    bool fresh = true;              // false: the same bytes again
    crypto::block<32> body_hash{};  // SHA-256 of the envelope's body as it is stored
    // At which its fallback's key is released, if it waits for that.
    std::optional<std::int64_t> release_hour = {};
};

// Kept past its term by a decision of its first desk.
struct hold {
    std::int32_t until = 0;  // a day
    std::string reason;      // a code
};
// A row of a desk's list. Days since 1970-01-01.
struct listed_report {
    std::int64_t place = 0;
    crypto::uuid id;
    std::string status, role, epoch;
    bool urgent = false;
    std::int32_t day = 0;
    crypto::sealed sealed_key;
    std::int64_t body_size = 0;
    crypto::sealed body;  // only where asked for
    std::optional<std::string> assignee;
    std::optional<std::int32_t> term;
    std::int64_t revision = 0;
    bool opened = false;      // by an officer of its first desk
    std::int64_t unread = 0;  // messages of its reporter that no officer of the first desk read
    std::optional<store::hold> hold;
    std::optional<std::int32_t> since;       // when it came into its status; nothing: when it came
    std::string first;                       // its first desk
    std::optional<std::int32_t> announced;   // when its end was said to be near (warning 3)
    std::optional<std::int32_t> unopenable;  // since when no desk that has it can open it
    std::optional<std::int32_t> ordered;     // the day of an order that time alone carries out
};
struct report_page {
    std::vector<listed_report> rows;
    std::int64_t last_place = 0;  // of the last row, or the place asked from
    bool more = false;
    std::int64_t unreadable = 0;  // left out: the database is damaged there
};
struct list_query {
    std::string desk;
    std::int64_t after = 0;
    std::string status;  // empty: every one
    std::size_t limit = 50;
    bool with_body = false;
    std::size_t body_bytes = std::size_t{4}
                             << 20;  // a page ends where its bodies come to this; one row always
};
struct stored_report {
    listed_report listed;  // with body
    std::vector<recipient_row> recipients;
    std::optional<crypto::sign_public> mailbox;
};

// What an officer changes about a report: what is set, and nothing else.
struct report_change {
    crypto::uuid id;
    std::string desk;
    std::string lid, role;      // who: a change of status opens the report
    std::int64_t revision = 0;  // that it has now; the change gives it the next
    std::int32_t today = 0;
    std::optional<std::string> status;
    std::optional<std::optional<std::string>> assignee;  // nothing within: nobody
    std::optional<std::optional<store::hold>> hold;      // nothing within: no longer
    bool undo = false;                                   // an order to destroy it is taken back
    std::vector<recipient_row> sealed_anew;              // for desks that have it; their role stays
    bool only_sealed = false;                            // by any desk that has it, and its revision stays
    std::optional<std::int64_t> generation;              // as new_report's
};
struct changed_report {
    std::int64_t revision = 0;
    store::head head;
    std::vector<std::string> desks;  // in whose lists it comes again
};

// What an officer's program says of a report (api.md, A desk): geopend, geexporteerd, niet-te-openen.
struct sighting {
    crypto::uuid id;  // made by the program: the same again is known by it
    crypto::uuid report;
    std::string desk, lid, role;
    std::string what;
    crypto::block<32> request_hash{};  // SHA-256 of the HTTP body
    std::int32_t today = 0;
    // The line of both trails where a fallback gets its key because the first desk cannot open it.
    std::function<std::string(const head& previous, const std::string& first, const std::string& fallback)>
        released;
};
struct added_sighting {
    bool fresh = true;  // false: the same again
    store::head head;
    std::vector<std::string> desks;  // in whose lists it comes again
};

// An urgent report that nobody of its first desk opened by its hour (since 1970-01-01).
struct overdue_report {
    crypto::uuid id;
    std::string first, fallback;
    std::int64_t hour = 0;
};

// An attachment: sealed bytes in pieces (protocol §5).
struct attachment {
    crypto::uuid id;
    bool claimed = false;              // it belongs to a report
    std::int64_t index = 0;            // there
    std::int64_t total = 0, size = 0;  // bytes that are to come, and that are there
};
struct chunk {
    std::int64_t from = 0;  // bytes before it
    crypto::sealed bytes;
    crypto::block<32> hash{};  // SHA-256 of them: the store's own, it makes and compares it
};

// A report that is closed, handed over or withdrawn: what its end depends on. Days since 1970-01-01.
struct ending_report {
    crypto::uuid id;
    std::string desk;  // the eerste
    std::string status;
    std::int32_t since = 0;   // when it came into that status
    bool opened = false;      // by an officer of its first desk
    bool unanswered = false;  // its reporter wrote what no officer of the first desk read
    std::optional<std::int32_t> hold_until;
    std::string hold_reason;                // a code
    std::optional<std::int32_t> announced;  // the day on which its end was said to be near (warning 3)
};
// A report that nobody of its first desk ever opened.
struct unread_report {
    crypto::uuid id;
    std::string desk;
    std::int32_t day = 0;
    bool urgent = false;
};
// The end of a report, by its retention term. line: what every desk that had it finds in its trail.
struct destruction {
    crypto::uuid id;
    std::string status;  // and since when, as they were when this was decided
    std::int32_t since = 0;
    std::int32_t today = 0;
    std::function<std::string(const head& previous)> line;
};

// A report that no desk that has it can open, on its day. line: as destruction's.
struct unopenable_report {
    crypto::uuid id;
    std::int32_t since = 0;  // a day
};
struct unopenable_destruction {
    unopenable_report what;
    std::int32_t today = 0;
    std::function<std::string(const head& previous)> line;
};

// The line of a desk that finds the wraps of these epochs (with a space between them) destroyed.
using expiry_line = std::function<std::string(const head& previous, const std::string& epochs)>;

// The signed head of a trail at the end of a day.
struct daily_head_row {
    std::string desk;
    std::int32_t day = 0;
    std::int64_t line = 0;
    std::string token;
};

struct gids_row {
    std::int64_t version = 0;
    std::string hash, token, table;
};
// Documents of a desk that no stand listed yet: so many at once, and each for so long (api.md, Documents of
// trust).
inline constexpr std::int64_t most_waiting = 200;
inline constexpr std::int32_t waiting_days = 90;

struct stand_row {
    std::string desk;
    std::int64_t version = 0;
    std::string hash, token;
    // Of one that is handed in: hashes of what it lists, which waits no longer. Refused (unknown_document)
    // where one of them is not there, unless it puts the lists of the one before it in force again.
    std::vector<std::string> memberships = {}, epoch_keys = {};
    bool renews = false;
};
struct wrap_row {
    std::string epoch, key_hash, lid;  // key_hash: of the epoch key's JWS
    crypto::sealed sealed;
};
struct membership_row {
    std::string desk, lid, hash, token;
    std::vector<wrap_row> wraps;  // for this member
    std::int32_t today = 0;       // from which it waits for a stand
};
struct epoch_key_row {
    std::string desk, epoch, hash, token;
    std::vector<wrap_row> wraps;  // of this key
    std::int32_t today = 0;       // likewise
};
struct document_row {
    std::string desk, hash, token;
};
// Everything trust is computed from; generation counts its changes.
struct trust_rows {
    std::int64_t generation = 0;
    std::optional<gids_row> gids;   // the newest
    std::vector<stand_row> stands;  // the newest of each desk
    std::vector<document_row> memberships, epoch_keys;
};

struct added_document {
    bool fresh = true;  // false: it was here already, byte for byte
    // Of the trail, which grew unless all of it was here already.
    store::head head;
    std::int64_t generation = 0;  // of the documents, with this one
};

}  // namespace store
