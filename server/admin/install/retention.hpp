// `baken admin retention`: which reports come to their end when and why, or why not. It only reads, also
// beside a running server.
#pragma once

#include <ostream>
#include <string>

#include "client/line/refusal.hpp"

namespace admin {

struct retention_options {
    std::string data;
    int within = 30;  // days ahead
    bool json = false;
};
[[nodiscard]] client::result<void> retention(const retention_options& options, std::ostream& out);

}  // namespace admin
