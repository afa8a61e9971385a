// What directory-sign makes and POST /v1/sleutelgids takes: a signed directory with its table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/line/http.hpp"
#include "client/line/refusal.hpp"

namespace admin {

struct signed_directory {
    std::string token;
    std::string table;  // exact bytes
};

// {"gids":jws,"routering":b64u}
[[nodiscard]] std::string write_body(const signed_directory& directory);
// name: for the refusal.
[[nodiscard]] client::result<signed_directory> read_body(std::string_view text, const std::string& name);

// Posts it. In force when this returns, also where it was already.
[[nodiscard]] client::result<void> post(client::http& line, const signed_directory& directory);

// The newest directory that the server shows, with its table, nothing verified. Nothing where it has none.
[[nodiscard]] client::result<std::optional<signed_directory>> fetch_newest(client::http& line);

}  // namespace admin
