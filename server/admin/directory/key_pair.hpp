// A key that is made on another machine than the server's: FILE holds the secret half under a passphrase,
// FILE.pub the public line that goes into configurations.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/protocol/key_file.hpp"

namespace admin {

struct key_pair_options {
    std::string to;               // FILE
    std::string passphrase_file;  // empty: the terminal is asked, twice
    bool quick = false;           // a cheap derivation from the passphrase: for tests
};

// Refused where FILE or FILE.pub exists, before anybody types a passphrase.
[[nodiscard]] client::result<void> write_key_pair(const key_pair_options& options,
                                                  const protocol::key_file& keys,
                                                  const std::string& public_line);

}  // namespace admin
