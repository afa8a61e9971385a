// audit-verify: the trails of an installation, held against the keys that could have signed them and against
// what others saw of them.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/trail_shown.hpp"

namespace admin {

struct audit_options {
    std::string data;
    std::vector<std::string> roots;  // files; none: those that the installation's own configuration pins
    std::vector<std::string> desks;  // none: every desk of any version of the directory
    std::vector<std::string> seen;   // "DESK regel=17, hash=…", as a desk's program shows it
    bool json = false;
    bool show = false;  // also each line that the query admits, in words
    protocol::trail_query query;
};

// Writes what each trail is and every fault of it; how many faults there are.
[[nodiscard]] client::result<std::size_t> audit_verify(const audit_options& options, std::ostream& out);

}  // namespace admin
