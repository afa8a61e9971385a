// What the person asked for: the verb and its options, read from the command line. Wrong use is exit 2, with
// the mend;
// --help and --version are answers of their own.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/here/profile.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/trail_shown.hpp"

namespace desk {

// Where and as whom (client/here/profile.hpp): the profile's file and the flags that win over it.
struct place_flags {
    std::string profile;
    client::profile flags;
    [[nodiscard]] client::result<client::profile> resolve() const;
};

struct submit_order {
    place_flags place;
    std::string file;    // "-": standard input; empty: what waits in the outbox
    std::string outbox;  // a directory; empty: none
    std::vector<std::string> exclude;
    bool one_shot = false;
    bool dry_run = false;
    bool json = false;
};
struct pull_order {
    place_flags place;
    bool follow = false;
    std::string status;  // empty: every
    bool json = false;
};
struct open_order {
    place_flags place;
    std::string id;
    bool json = false;
};
struct close_order {
    place_flags place;
    std::vector<std::string> ids;
    bool again = false;  // open again
    bool json = false;
};
struct keep_order {
    place_flags place;
    std::vector<std::string> ids;
    std::string until, reason;
    bool end = false;  // no longer
    bool json = false;
};
struct destroy_order {
    place_flags place;
    std::vector<std::string> ids;
    std::string reason;    // of an order
    bool confirm = false;  // what another member ordered; without ids everything that waits for it
    bool undo = false;     // an order is taken back
    bool list = false;     // what is ordered
    bool yes = false;
    bool json = false;
};
struct stragglers_order {
    place_flags place;
    std::string before;  // an epoch; empty: eight weeks ago
    bool close = false, keep = false, destroy = false;
    bool yes = false;  // with close and destroy
    std::string until, reason;
    bool json = false;
};
struct export_order {
    place_flags place;
    std::string id, to;
    bool json = false;
};
struct audit_order {
    place_flags place;
    bool show = false;
    bool json = false;
    protocol::trail_query query;  // member: as typed, perhaps a local name
};
struct keygen_order {
    std::string loket;
    std::string rol;
    std::string out;
    std::string passphrase_file;
    std::string cost;  // interactive or moderate
    bool json = false;
};
struct enrol_order {
    place_flags place;
    std::vector<std::string> cards;
    std::optional<crypto::uuid> replaces;  // then there is one card
    bool all_epochs = false;
    bool yes = false;
    bool readmit = false;
    std::vector<std::string> as;  // what the owners of the cards are called here, in their order
    bool json = false;
};
struct revoke_order {
    place_flags place;
    std::vector<crypto::uuid> lids;
    bool last = false;  // also the last lead
    bool yes = false;
    bool yes_myself = false;
    bool json = false;
};
struct keys_order {
    place_flags place;
    int weeks = 0;  // 0: 8, or 26 for the default desk of the routing table
    bool yes = false;
    bool drop_missing = false;
    bool json = false;
};
struct status_order {
    place_flags place;
    bool json = false;
};
struct card_order {
    place_flags place;
    std::string out;  // empty: beside the key file
    bool json = false;
};
struct names_order {
    place_flags place;
    std::string to, from;  // at most one of the two
    bool overwrite = false;
    bool json = false;
    std::vector<std::pair<crypto::uuid, std::string>> given;
};
struct restored_order {
    place_flags place;
    bool yes = false;
    bool json = false;
};
struct passwd_order {
    place_flags place;
    std::string new_passphrase_file;
    bool json = false;
};
struct admin_order {
    std::vector<std::string> arguments;
};

using order = std::variant<submit_order, pull_order, open_order, close_order, keep_order, destroy_order,
                           stragglers_order, export_order, audit_order, keygen_order, enrol_order, keys_order,
                           revoke_order, status_order, card_order, names_order, restored_order, passwd_order,
                           admin_order>;

// An answer instead of an order.
struct leaflet {
    std::string text;
    int exit = 0;  // 0: to standard output; else to standard error
};

// arguments without the program's name.
[[nodiscard]] std::expected<order, leaflet> read_arguments(const std::vector<std::string>& arguments);

}  // namespace desk
