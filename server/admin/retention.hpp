// `baken admin retention` and `declaration`: which reports come to their end when and why, or why not; and
// what a desk's trail says was destroyed. Both only read, also beside a running server.
#pragma once

#include <ostream>
#include <string>

#include "client/refusal.hpp"

namespace admin {

struct retention_options {
    std::string data;
    int within = 30;  // days ahead
    bool json = false;
};
[[nodiscard]] client::result<void> retention(const retention_options& options, std::ostream& out);

struct declaration_options {
    std::string data, desk;
    std::string from, to;  // days, inclusive; empty: from the first line, to the last
};
// Walks the whole trail of the desk and refuses one whose chain is broken.
[[nodiscard]] client::result<void> declaration(const declaration_options& options, std::ostream& out);

}  // namespace admin
