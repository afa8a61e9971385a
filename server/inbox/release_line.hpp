// What both trails say when the fallback desk of an urgent report gets its key (protocol §3). Nobody signs
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/encoding.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/store/rows.hpp"

namespace inbox {

// hour: that was kept to (since 1970-01-01T00Z); nothing where the first desk said that it cannot open it.
[[nodiscard]] std::string release_line(const store::head& previous, const crypto::uuid& report,
                                       std::string_view first, std::string_view fallback,
                                       std::optional<std::int64_t> hour, protocol::day today);

}  // namespace inbox
