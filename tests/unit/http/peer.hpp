// Boost.Beast's request parser as a second reader of the same bytes. It is laxer than the guard
//, so what the guard lets through Beast must take too, and understand alike.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace peer {

struct reading {
    std::string method;
    std::string target;
    std::size_t content_length = 0;
    bool keep_alive = false;
    std::vector<http::field> fields;  // names in lower case

    friend bool operator==(const reading&, const reading&) = default;
};

// What Beast makes of a whole header; an empty method where it refuses or wants more.
[[nodiscard]] reading read(std::string_view raw_head);

// The same of what the guard let through.
[[nodiscard]] reading of(const http::head& head);

}  // namespace peer
