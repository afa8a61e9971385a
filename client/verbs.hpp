// The words of the command line: which verbs there are, and which one was probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace desk {

struct verb_name {
    std::string_view group, verb, duty, example{};
};

// Every verb, in the order of the help.
[[nodiscard]] std::span<const verb_name> verbs();

// The help of the program (group empty) or of one group.
[[nodiscard]] std::string overview(std::string_view group);

// The sentence for a word that is no verb: the close ones, or else all.
[[nodiscard]] std::string unknown_verb(std::string_view group, std::string_view typed);

}  // namespace desk
