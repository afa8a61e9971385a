// The reasons of schema/codes.json, as this program was shipped with them: a wrong one is told, with those
// that there are in words, before anything is sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace client {

// What a reason is for, as codes.json names it.
inline constexpr std::string_view for_keeping = "bewaren", for_destruction = "vernietiging";

// The sentence for a code that is no such reason, with the list of those that are; empty where it is one.
[[nodiscard]] std::string fault_of_reason(std::string_view code, std::string_view act);

enum class words_of : std::uint8_t { english, dutch };
// One in words; the code itself where this program has none for it.
[[nodiscard]] std::string reason_in_words(std::string_view code, words_of language = words_of::english);

// "afgerond, dubbel or misbruik", for a help.
[[nodiscard]] std::string reasons_for(std::string_view act);

}  // namespace client
