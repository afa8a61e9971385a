// `baken admin directory-sign`: judges a draft, says what it changes, and signs it with the root key: from
// files alone, on a machine without network.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"

namespace admin {

struct directory_sign_options {
    std::string draft;  // draft.hpp
    std::string root_key, passphrase_file;
    std::vector<std::string> roots;  // files of those pinned; empty: that of root_key alone
    std::string to;                  // signed_directory.hpp; never over an existing file
    bool yes = false;                // the terminal is not asked
    bool again = false;              // sign another under a version that was signed here before
};

struct directory_signed {
    std::int64_t version = 0;
    protocol::day until;  // the last day on which clients take it
};

// Says on out what changes, then asks. Every version signed is remembered in ROOT_KEY.state, because a server
// that shows an old directory could otherwise have two made under one version: that is refused unless `again`
// says so.
[[nodiscard]] client::result<directory_signed> directory_sign(const directory_sign_options& options,
                                                              const protocol::clock& clock,
                                                              std::ostream& out);

}  // namespace admin
