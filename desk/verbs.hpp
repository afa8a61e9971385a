// The words of the command line: which verbs there are, and which one was probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace desk {

struct verb_name {
    std::string_view group, verb, duty;
};

// Every verb, in the order of the help.
[[nodiscard]] std::span<const verb_name> verbs();

// Insertions, deletions, replacements and swaps of neighbours that make one word the other.
[[nodiscard]] std::size_t typing_distance(std::string_view a, std::string_view b);

// Those of `words` that a typed word was probably meant to be (distance at most two, and less than its
// length).
[[nodiscard]] std::vector<std::string_view> close_to(std::string_view typed,
                                                     std::span<const std::string_view> words);

// The help of the program (group empty) or of one group.
[[nodiscard]] std::string overview(std::string_view group);

// The sentence for a word that is no verb: the close ones, or else all.
[[nodiscard]] std::string unknown_verb(std::string_view group, std::string_view typed);

}  // namespace desk
