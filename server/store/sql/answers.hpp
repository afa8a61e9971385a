// What most statements are asked for: a column of numbers, or only whether it was done.
#pragma once

#include <cstdint>
#include <expected>
#include <utility>
#include <vector>

#include "server/store/sql/connection.hpp"

namespace store::sql {

inline std::expected<std::vector<std::int64_t>, errc> numbers(std::expected<rows, errc> found) {
    std::vector<std::int64_t> out;
    auto done = each(std::move(found), [&](const rows& r) { out.push_back(r.integer(0)); });
    if (!done) return std::unexpected(done.error());
    return out;
}

// However many rows it changed.
inline std::expected<void, errc> did(std::expected<int, errc> ran) {
    if (!ran) return std::unexpected(ran.error());
    return {};
}

}  // namespace store::sql
