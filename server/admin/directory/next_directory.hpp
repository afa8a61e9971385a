// The directory that a draft asks for, judged before the root key signs it. Values in, values out.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "crypto/protocol/documents.hpp"
#include "server/admin/directory/directory_changes.hpp"
#include "server/admin/directory/draft.hpp"

namespace admin {

struct next_directory {
    protocol::gids gids;  // unsigned; signer is the key that will sign
    std::vector<change> changes;
    std::vector<std::string> doubts;  // sentences: it may be signed all the same
};

// roots: those pinned, under which the directory in force is verified; signer: the key that will sign.
// Refused with every fault at once, a sentence each.
[[nodiscard]] std::expected<next_directory, std::vector<std::string>> judge(
    const draft& draft, std::span<const crypto::sign_public> roots, const crypto::sign_public& signer,
    protocol::day today);

// The same without the key that will sign. roots: empty where none is at hand; then the directory in force is
// read as it says it is, and a doubt says so.
[[nodiscard]] std::expected<next_directory, std::vector<std::string>> judge_unsigned(
    const draft& draft, std::span<const crypto::sign_public> roots, protocol::day today);

// Signs it, and reads back what was signed as a server and a client will: a fault here is one of ours.
[[nodiscard]] std::expected<void, protocol::errc> sign(protocol::gids& next, const draft& draft,
                                                       std::span<const crypto::sign_public> roots,
                                                       const crypto::sign_keys& key);

}  // namespace admin
