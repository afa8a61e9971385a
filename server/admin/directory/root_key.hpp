// The root key: the national administrator's, on a machine without network. `baken admin root-keygen` makes
// it; the verbs that sign a directory open it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/keys.hpp"
#include "server/admin/directory/key_pair.hpp"

namespace admin {

// FILE and FILE.pub; gives the public line, as `root.pub`, --root and the configuration's `root` take it.
[[nodiscard]] client::result<std::string> root_keygen(const key_pair_options& files);

// Refused where the file is of another kind of key.
[[nodiscard]] client::result<crypto::sign_keys> open_root_key(const std::string& path,
                                                              const std::string& passphrase_file);

// The public keys in these files, one line each.
[[nodiscard]] client::result<std::vector<crypto::sign_public>> read_roots(
    const std::vector<std::string>& files);

// The sentence on a directory that none of these roots signed: who did, by the mark that it names, and who is
// trusted. where: the server that shows it; said: where each root was named, or one place for all.
[[nodiscard]] std::string not_signed_by(const std::string& where, const std::string& token,
                                        const std::vector<std::string>& said,
                                        std::span<const crypto::sign_public> roots);

}  // namespace admin
