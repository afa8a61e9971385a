// The local names of a desk on their way from one of its machines to another, by hand: signed by the lead who
// gives them, and sealed to each member, so that whoever finds the file learns no name from it.
//   {"typ":"baken-namen","versie":1,"loket","van":lid,"dag":day,"voor":[{"lid","verzegeld":b64u}],"handtekening"}
// verzegeld = crypto_box_seal({"loket","van","dag","namen":[{"lid","naam"}],"vulling"}, the member's box
// key); the signature is the sender's, over "baken-namen", a line feed, and the object without it, compact.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "client/desk/local_names.hpp"
#include "client/line/refusal.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/key_file.hpp"

namespace desk {

// For every one of these members.
[[nodiscard]] client::result<std::string> write_names(const local_names& names,
                                                      std::span<const protocol::membership> members,
                                                      const protocol::key_file& own, protocol::day today);

// file: for the refusal. Refused unless a lead among these members signed it, for this desk, and it is sealed
// to `own` too.
[[nodiscard]] client::result<local_names> read_names(std::string_view text, const std::string& file,
                                                     std::span<const protocol::membership> members,
                                                     const protocol::key_file& own);

}  // namespace desk
