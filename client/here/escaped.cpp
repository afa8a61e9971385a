#include "client/here/escaped.hpp"

#include <cstdint>

#include <fmt/format.h>

#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"

namespace client {
namespace {

// Controls, and what nobody sees; but not what chooses the shape of a sign or joins two, without which words
// of many languages cannot be read.
bool is_shown(char32_t point) {
    return base::is_control(point) ||
           (base::is_unseen(point) && !base::is_joiner(point) && !base::is_variation(point));
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
        const auto before = text;
        const auto point = base::take_point(text);
        if (!point) {
            out += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(text[0]));
            text.remove_prefix(1);
            continue;
        }
        const auto piece = before.substr(0, before.size() - text.size());
        if (is_shown(*point) && kept.find(piece) == std::string_view::npos)
            append_escape(out, *point);
        else
            out += piece;
    }
    return out;
}

}  // namespace

std::string escaped(std::string_view text) { return escape(text, "\n\t"); }
std::string escaped_line(std::string_view text) { return escape(text, ""); }

}  // namespace client
