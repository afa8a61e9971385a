// How far apart two words lie on a keyboard, for whoever was typed a word that is none: a verb at a terminal,
// a place on a page.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace base {

// No guess is worth making beyond it.
inline constexpr std::size_t furthest = 3;

// Insertions, deletions, replacements and swaps of neighbours that make one word the other, none of which
// touches a letter twice (optimal string alignment), counted in bytes; nothing where they are more than
// `most` (at most `furthest`). Costs (2 * most + 1) steps for each letter of the shorter word, fewer the less
// they are alike, and no memory.
[[nodiscard]] std::optional<std::size_t> distance(std::string_view a, std::string_view b, std::size_t most);

}  // namespace base
