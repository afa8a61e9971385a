// `baken admin copy`: an installation's store into another database, of whichever engine. Nobody serves from
// either meanwhile; broken off, the same command goes on where it was.
#pragma once

#include <cstdint>
#include <string>

#include "client/line/refusal.hpp"
#include "server/admin/backup/damages.hpp"

namespace admin {

struct copied {
    std::int64_t rows = 0;   // of every table
    std::int64_t found = 0;  // reports
    damages damaged;         // of the source, copied as they are
    std::string notes;       // what went before: a copy that was broken off
};
// from, to: sqlite:FILE or postgresql://…
[[nodiscard]] client::result<copied> copy(const std::string& from, const std::string& to);

// The path or address that store::open takes; a refusal for what is neither.
[[nodiscard]] client::result<std::string> place_of(const std::string& text);

}  // namespace admin
