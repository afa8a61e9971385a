// Makes an installation: a data directory with configuration, certificate, log key, database and, for a
// demonstration, a root key, the default desks and their people. It appears whole or not at all.
#pragma once

#include <cstdint>
#include <string>

#include "client/line/refusal.hpp"

namespace admin {

struct init_options {
    std::string data;
    std::uint16_t port = 8443;
    std::string schema;  // the directory of the domain's data
    std::string store;   // sqlite:FILE or postgresql://…, an empty one; empty: a file in the data directory
    std::string root;    // file with the public root key; empty: a demonstration with a root key of its own
};

struct installation_made {
    bool published =
        false;  // its database holds a directory: a demonstration, or a further server of another's
};
// Refused where the directory holds anything already.
[[nodiscard]] client::result<installation_made> init(const init_options& options);

// What an installation lacks that was made so, a line each: nobody decided it yet.
[[nodiscard]] std::string left_to_do(const init_options& options, const installation_made& made);

}  // namespace admin
