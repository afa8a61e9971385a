// A trail for people: which of its lines are asked for, and what each says in words. What is shown was judged
// elsewhere (audit.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/protocol/trail.hpp"

namespace protocol {

// What is empty asks nothing.
struct trail_query {
    std::string report;  // the beginning of `object`
    std::string member;  // the beginning of `lid`
    std::string what;    // a code of `handeling`, or the first of its words
    std::optional<day> from, to;

    [[nodiscard]] bool asks_anything() const {
        return !report.empty() || !member.empty() || !what.empty() || from || to;
    }
    [[nodiscard]] bool admits(const trail_line& line) const;
};

// Why these cannot be asked for, a sentence with its mend; empty where they can. member: an id, its beginning
// of at least four signs, or who else a line names (beheerder:…, loket:…).
[[nodiscard]] std::string fault_of(const trail_query& query);

// "opened report", as the object follows; the code itself where it is a later program's.
[[nodiscard]] std::string_view words_of(std::string_view code);

// Who did it, where that is no member: "the lead key 3f2a…", "desk zorg", "the server". Empty for a member.
[[nodiscard]] std::string actor_in_words(std::string_view lid);

struct shown_object {
    std::string_view object;     // without what follows
    std::string_view refusal{};  // the status with which the request was refused; empty: it was done
};
[[nodiscard]] shown_object split_object(std::string_view object);

// One line, without its end. who: what the member is called, or their id.
[[nodiscard]] std::string in_words(const trail_line& line, std::string_view who);

}  // namespace protocol
