// `baken admin declaration`: what a desk's trail says was destroyed, one line a report, and by whose
// decision. It only reads, also beside a running server.
#pragma once

#include <ostream>
#include <string>

#include "client/line/refusal.hpp"

namespace admin {

struct declaration_options {
    std::string data, desk;
    std::string from, to;  // days, inclusive; empty: from the first line, to the last
    bool full = false;     // with what was signed
    bool json = false;
};
// Walks the whole trail of the desk and refuses one whose chain is broken.
[[nodiscard]] client::result<void> declaration(const declaration_options& options, std::ostream& out);

}  // namespace admin
