// What an officer's program says of a report (inzagen): that it was opened, exported, or does not open
// (api.md, A desk).
#pragma once

#include <string>
#include <string_view>

#include "crypto/protocol/faults.hpp"

namespace inbox {

inline constexpr std::string_view opened = "geopend", exported = "geexporteerd",
                                  unopenable = "niet-te-openen";

struct said {
    crypto::uuid id;   // its own: said again under it, it counts once
    std::string what;  // one of the three
};
// The body, with every fault. A report has no messages yet, so `tot` names none.
[[nodiscard]] said read_said(const protocol::json::object& object, protocol::faults& found);

}  // namespace inbox
