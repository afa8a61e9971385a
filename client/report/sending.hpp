// One sealed report on its way to the server: sent until it is answered, and what the answer means for who
// sent it.
#pragma once

#include <optional>
#include <string>

#include "client/line/http.hpp"
#include "client/line/refusal.hpp"

namespace desk {

// What `report submit` exits with besides 0, client::failed (the draft is wrong) and client::wrong_use.
inline constexpr int try_later = 3, not_trusted = 4, perhaps_stored = 5;

enum class verdict {
    stored,       // now
    before,       // these bytes were stored by an earlier try
    keys_passed,  // refused: sealed to keys that are not in force; these bytes are never stored any more
    other_bytes,  // the id is taken by other bytes, or what it was is destroyed
};
struct sent {
    verdict said;
    std::optional<std::string> day;  // of receipt, where the server gave one
    bool unanswered_before = false;  // an earlier try of this run may have been stored
};

// Five tries. A refusal with code "perhaps-stored" where a try was sent and never answered, and none was
// refused for what it is; `kept`: the file in which the same bytes wait, for the sentence; empty: they are
// lost.
[[nodiscard]] client::result<sent> send_sealed(client::http& line, const std::string& body,
                                               const std::string& kept);

// "perhaps-stored", with what to do next.
[[nodiscard]] client::refusal may_be_stored(std::string sentence, const std::string& kept);

}  // namespace desk
