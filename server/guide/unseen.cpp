#include "server/guide/unseen.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "server/guide/utf8.hpp"

namespace guide {

namespace {

// Behind ASCII: those of Latin-1 (what Windows-1252 becomes when it is taken for it), and ends of lines.
bool is_control(char32_t point) {
    return (point >= 0x80 && point <= 0x9F) || point == 0x2028 || point == 0x2029;
}

}  // namespace

bool is_unseen(char32_t point) {
    const auto within = [&](char32_t low, char32_t high) { return point >= low && point <= high; };
    return point == 0xAD || within(0x200B, 0x200F) || within(0x202A, 0x202E) || within(0x2060, 0x206F) ||
           point == 0xFEFF;
}

std::optional<std::string> unseen_in(std::string_view text) {
    while (!text.empty()) {
        const auto point = next_code_point(text);
        if (!point) return std::nullopt;
        if (is_unseen(*point) || is_control(*point))
            return fmt::format("U+{:04X}", static_cast<std::uint32_t>(*point));
    }
    return std::nullopt;
}

}  // namespace guide
