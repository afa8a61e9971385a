// Which word was probably meant, where one was typed that is none.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace client {

// Those of `words` that a typed word was probably meant to be (distance at most two, and less than its
// length).
[[nodiscard]] std::vector<std::string_view> close_to(std::string_view typed,
                                                     std::span<const std::string_view> words);

// "a, b and c", with that last word between the last two.
[[nodiscard]] std::string listed(std::span<const std::string_view> words, std::string_view last);

}  // namespace client
