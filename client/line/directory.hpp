// The directory as this machine may believe it: fetched, verified down from the pinned roots, held against
// what was seen before, and with the routing table that it signs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/here/profile.hpp"
#include "client/here/state.hpp"
#include "client/line/http.hpp"
#include "client/line/refusal.hpp"
#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/routing.hpp"

namespace client {

// The paths of the public directory, in one place.
[[nodiscard]] std::string gids_path(std::int64_t versie);
[[nodiscard]] std::string stand_path(std::string_view desk, std::int64_t versie);

// GET that retries what may pass; any status but 2xx is a refusal that begins with `what`.
[[nodiscard]] result<answer> fetch(http& line, std::string target, std::string_view what);

struct published {
    protocol::directory directory;
    std::vector<std::string> stands;  // every stand token it came with, also those that do not count
    std::vector<std::string> keys;    // every epoch key token it came with, for directory::take
    protocol::routing_table table;
};

// GET /v1/sleutelgids with what was skipped, then GET /v1/routering. Every refusal is the sentence of
// protocol::errc; of a directory that no pinned root signed, who did and who is trusted.
[[nodiscard]] result<published> fetch_directory(http& line, const state& memory, const pinned_roots& roots,
                                                protocol::day today);

// That version of a desk's stand; nothing where the server does not give it. Not verified.
[[nodiscard]] std::optional<std::string> fetch_stand(http& line, std::string_view desk, std::int64_t versie);

// This verified directory and every one before it, newest first: each is vouched for by the hash in its
// successor, whoever signed it.
[[nodiscard]] result<std::vector<protocol::gids>> fetch_history(http& line, const protocol::gids& newest);

// Whether this directory was once in force: seen here, or an ancestor by hash of one that was (its tokens are
// then fetched and remembered). A report may be routed by an older directory than any this machine saw.
[[nodiscard]] result<bool> was_published(http& line, const state& memory,
                                         const protocol::directory_mark& mark);

}  // namespace client
