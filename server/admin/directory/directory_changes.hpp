// What a directory, or a routing table, changes against the one before it: in words, for whoever signs it and
// for whoever replays it. Values in, values out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/documents.hpp"

namespace admin {

struct change {
    std::string what;                  // "desk zorg added"
    std::vector<std::string> details;  // a line each: what it was and what it is
};

// before: nothing for the first. Empty where nothing but the term changed.
[[nodiscard]] std::vector<change> changes(const protocol::gids* before, const protocol::gids& now);

// Of the first table: what it holds; municipalities that are routed alike are counted.
[[nodiscard]] std::vector<std::string> table_whole(std::string_view table);

// Between two tables that routing_table::read takes; empty where only spaces differ.
[[nodiscard]] std::vector<std::string> table_changes(std::string_view before, std::string_view now);

}  // namespace admin
