#include "client/escaped.hpp"

#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace client {
namespace {

struct range {
    char32_t first, last;
};

// Unicode 14: Cc, Bidi_Control, the line and paragraph separators, interlinear annotation, the byte order
// mark and the tag characters; and the invisible operators and soft hyphen, which change nothing that a
// reader could see.
constexpr range shown[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x061c, 0x061c},
    {0x180e, 0x180e}, {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e},
    {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

bool is_shown(char32_t point) {
    for (auto [first, last] : shown)
        if (point >= first && point <= last) return true;
    return false;
}

void append_escape(std::string& out, char32_t point) {
    if (point < 0x10000) {
        out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
        return;
    }
    auto rest = static_cast<std::uint32_t>(point) - 0x10000;
    out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (rest >> 10), 0xdc00 + (rest & 0x3ff));
}

std::string escape(std::string_view text, std::string_view kept) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto read = first_point(text);
        if (!read) {
            out += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(text[0]));
            text.remove_prefix(1);
            continue;
        }
        auto piece = text.substr(0, read->size);
        if (is_shown(read->point) && kept.find(piece) == std::string_view::npos)
            append_escape(out, read->point);
        else
            out += piece;
        text.remove_prefix(read->size);
    }
    return out;
}

}  // namespace

std::optional<code_point> first_point(std::string_view text) {
    auto lead = static_cast<std::uint8_t>(text[0]);
    if (lead < 0x80) return code_point{lead, 1};
    std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || size > text.size()) return std::nullopt;
    char32_t point = lead & (0x7fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        auto next = static_cast<std::uint8_t>(text[i]);
        if ((next & 0xc0) != 0x80) return std::nullopt;
        point = point << 6 | (next & 0x3fu);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (point < least[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return std::nullopt;
    return code_point{point, size};
}

std::string escaped(std::string_view text) { return escape(text, "\n\t"); }
std::string escaped_line(std::string_view text) { return escape(text, ""); }

}  // namespace client
