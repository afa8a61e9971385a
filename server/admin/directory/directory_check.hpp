// `baken admin directory-check`: judges a draft and says what it changes, from files alone and without a key,
// on the machine where it is edited. What directory-sign would refuse is refused here, before anybody goes to
// the safe.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/admin/directory/next_directory.hpp"

namespace admin {

struct directory_check_options {
    std::string draft;  // draft.hpp
    std::vector<std::string>
        roots;  // files of those pinned; empty: who signed the one in force is not looked at
};

[[nodiscard]] client::result<void> directory_check(const directory_check_options& options,
                                                   const protocol::clock& clock, std::ostream& out);

// The version, everything that changes, and what may be meant but is rarely wise.
void tell(const next_directory& next, const draft& draft, std::ostream& out);

// Sentences as the lines of one refusal.
[[nodiscard]] std::string lines(const std::vector<std::string>& sentences);

}  // namespace admin
