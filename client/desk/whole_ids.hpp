// Ids of reports that were typed in part: the one report whose id begins so, by the list that the server
// shows the desk, or a refusal. Never a guess.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/line/session.hpp"

namespace desk {

inline constexpr std::size_t shortest_beginning = 4;

// Whether this may begin a report's id: four characters or more of one, in lower case, its dashes where they
// stand.
[[nodiscard]] bool is_beginning(std::string_view text);

// The whole ids, in this order, each once. Asks the server for the desk's list only where one is not whole.
// Refused where a beginning fits no report of the desk, or several: those are named.
[[nodiscard]] client::result<std::vector<std::string>> whole_ids(client::session& session,
                                                                 const std::vector<std::string>& typed);
[[nodiscard]] client::result<std::string> whole_id(client::session& session, const std::string& typed);

// The same once the list is known.
struct listed_report {
    std::string id, ontvangen, status;
};
[[nodiscard]] client::result<std::vector<std::string>> whole_ids_among(
    const std::vector<listed_report>& reports, const std::vector<std::string>& typed, std::string_view desk);

}  // namespace desk
