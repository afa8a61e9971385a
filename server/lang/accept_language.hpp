// What a browser says of its reader's languages, and which of ours that is. Values in, values out; a visitor
// writes this header, so what is read of it is bounded and what cannot be read is passed over.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lang {

inline constexpr std::size_t max_accept_language = 4096;  // bytes; the ranges that end within them are read
inline constexpr std::size_t max_language_ranges = 64;

struct language_range {
    std::string tag;      // lower case: "nl-be", or "*"
    unsigned weight = 0;  // thousandths; 0 is "not this one"
};

// The ranges of an Accept-Language (RFC 9110 §12.5.4, basic ranges of RFC 4647 §2.1), the heaviest first,
// equals in the order they were written. A range or weight that breaks the grammar is left out.
[[nodiscard]] std::vector<language_range> read_accept_language(std::string_view accept_language);

// Lookup (RFC 4647 §3.4) among codes of which there is at least one: the place of the first code that equals
// a range, or the range cut short from its end; else one of its language, in the script that the range means
// if there is one ("zh-CN", which Chinese browsers send, means zh-Hans), in another if not, because its
// readers are served better by that than by a language they did not ask for; for "*" the first code that
// nobody refused. A range of weight 0 refuses the codes it names and those that begin with it. Who asks for
// languages and gets none of them ("pl", "pl, *;q=0.1") gets `for_strangers`, where that is among the codes
// and not refused; else 0 where nothing fits.
[[nodiscard]] std::size_t look_up(std::span<const language_range> ranges,
                                  std::span<const std::string_view> codes,
                                  std::string_view for_strangers = {});

}  // namespace lang
