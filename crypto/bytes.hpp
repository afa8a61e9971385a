// Views of bytes and fixed blocks of them: the vocabulary of this room. Nothing here is secret; secrets
// are plain.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace crypto {

using bytes = std::vector<std::uint8_t>;
using byte_view = std::span<const std::uint8_t>;

template <std::size_t N>
using block = std::array<std::uint8_t, N>;

// The bytes of a text, and a text over bytes: views of the same memory.
inline byte_view as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(byte_view view) {
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}

// A copy as a block, or nothing unless the length is exactly N.
template <std::size_t N>
std::optional<block<N>> to_block(byte_view view) {
    if (view.size() != N) return std::nullopt;
    block<N> out;
    std::copy(view.begin(), view.end(), out.begin());
    return out;
}

}  // namespace crypto
