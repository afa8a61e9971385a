// Why a server does not believe who signed (401). Its answer has one text for nearly every reason; what is
// public says more: whether the desk has a standing in force. Each is a sentence with its mend, in lower case
// and without a full stop, as it follows what failed.
#pragma once

#include <string>
#include <string_view>

#include "client/line/directory.hpp"
#include "client/line/http.hpp"
#include "crypto/protocol/calendar.hpp"

namespace client {

// Whether it is the clock that the server does not believe, which it says before it looks up any key.
[[nodiscard]] bool is_other_time(const answer& answer);

// now: this machine's clock; shown: what the server says of its own.
[[nodiscard]] std::string told_other_time(std::int64_t now, std::string_view shown);

// lead: signed with a lead key.
[[nodiscard]] std::string why_not_believed(const published& published, std::string_view desk, bool lead,
                                           protocol::day today);

}  // namespace client
