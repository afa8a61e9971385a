// The key files of people (protocol/key_file.hpp) on their own disks.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/protocol/key_file.hpp"

namespace client {

// Reads FILE (the rules of a secret file) with the passphrase of passphrase_file, or else of the terminal.
[[nodiscard]] result<protocol::key_file> open_key_file(const std::string& path,
                                                       const std::string& passphrase_file);

// A new file, mode 0600; refused where one of this name exists.
[[nodiscard]] result<void> create_key_file(const std::string& path, const protocol::key_file& keys,
                                           const crypto::plain& passphrase, crypto::passphrase_cost cost);

// The same keys under another passphrase, at the cost the file had: whole or not at all. What is written was
// opened with the new passphrase first. The file that path names is replaced, also through a link to it.
// Refused where the new passphrase is the old one.
[[nodiscard]] result<void> change_passphrase(const std::string& path, const crypto::plain& old_passphrase,
                                             const crypto::plain& fresh);

}  // namespace client
