// The mark of a restore or copy into a database that is not complete: while it is there, no server opens it.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "server/store/sql/connection.hpp"

namespace store {

struct unfinished {
    std::string work;      // "restore", "copy"
    std::string from;      // a backup's id; the hash of a directory's first version
    std::string standing;  // of a copy: what its source held when it began
};

}  // namespace store

namespace store::sql {

[[nodiscard]] std::expected<std::optional<unfinished>, errc> read_unfinished(connection& db);
[[nodiscard]] std::expected<void, errc> write_unfinished(connection& db, const unfinished& mark);
[[nodiscard]] std::expected<void, errc> remove_unfinished(connection& db);

}  // namespace store::sql
