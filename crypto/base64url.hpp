// Reading base64url without a branch or a table that the text could steer: it may be a secret. What is wrong
// with a text is gathered, and judged by who asked; encoding.hpp is what everybody else uses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace crypto {

struct base64url_read {
    std::size_t size = 0;  // of what was written; follows from the text's length alone
    unsigned faults =
        0;  // 0: none. Else letters outside the alphabet, unused bits that are set, a length ≡ 1 mod 4
};

// An upper bound of what a text decodes to.
[[nodiscard]] constexpr std::size_t decoded_room(std::string_view text) { return text.size() / 4 * 3 + 3; }

// out has decoded_room(text). Every letter is looked at, whatever an earlier one was. tests/constant_time
// holds it to what it says.
[[nodiscard]] base64url_read read_base64url(std::string_view text, std::span<std::uint8_t> out);

}  // namespace crypto
