// The key files of people (protocol/key_file.hpp) on their own disks.
#pragma once

#include <string>

#include "client/refusal.hpp"
#include "crypto/protocol/key_file.hpp"

namespace client {

// Reads FILE (the rules of a secret file) with the passphrase of passphrase_file, or else of the terminal.
[[nodiscard]] result<protocol::key_file> open_key_file(const std::string& path,
                                                       const std::string& passphrase_file);

// A new file, mode 0600; refused where one of this name exists.
[[nodiscard]] result<void> create_key_file(const std::string& path, const protocol::key_file& keys,
                                           const crypto::plain& passphrase, crypto::passphrase_cost cost);

}  // namespace client
