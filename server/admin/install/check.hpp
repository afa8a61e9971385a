// `baken admin check`: looks through the whole database, beside the running server or without one, and says
// what is wrong and what to do about it. It changes nothing, and prints ids, never content.
#pragma once

#include <ostream>
#include <string>

#include "client/line/refusal.hpp"
#include "server/store/check.hpp"

namespace admin {

struct checked {
    store::survey survey;
    bool postgres = false;
};

// data: a directory with its bakend.toml. watched: how far it is goes to stderr, line over line. Refused
// where there is no such installation, or its database could not be looked through.
[[nodiscard]] client::result<checked> check(const std::string& data, bool watched);

// For people, or as one JSON object.
void write(const checked& result, bool as_json, std::ostream& out);

}  // namespace admin
