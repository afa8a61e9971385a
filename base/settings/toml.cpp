#include "base/settings/toml.hpp"

#include <fmt/format.h>

#include "base/text/utf8.hpp"

namespace settings {
namespace {

bool is_comment(std::string_view line) {
    auto first = line.find_first_not_of(" \t");
    return first != std::string_view::npos && line[first] == '#';
}

// What toml++ says of a fault quotes the text, line ends and all: here it becomes one line.
std::string one_line(std::string_view description) {
    std::string out;
    for (const char c : description) {
        if (c == '\n')
            out += "\\n";
        else
            out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
    return out;
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

std::expected<std::string, fault> escaped_toml(std::string_view utf8) {
    std::string out;
    std::size_t number = 0;
    while (!utf8.empty()) {
        ++number;
        auto line = utf8.substr(0, utf8.find('\n'));
        utf8.remove_prefix(line.size());
        bool quoted = !is_comment(line) && line.contains('\'');
        while (!line.empty()) {
            if (is_ascii(line[0])) {
                out += line[0];
                line.remove_prefix(1);
                continue;
            }
            if (quoted)
                return std::unexpected(
                    fault{number, "write this text in double quotes: it holds a character beyond ASCII"});
            const auto point = base::take_point(line);
            if (!point) return std::unexpected(fault{number, "this is not UTF-8"});
            out += *point < 0x10000 ? fmt::format("\\u{:04x}", static_cast<unsigned>(*point))
                                    : fmt::format("\\U{:08x}", static_cast<unsigned>(*point));
        }
        if (!utf8.empty()) {
            out += '\n';
            utf8.remove_prefix(1);
        }
    }
    return out;
}

std::expected<toml::table, fault> parse_toml(std::string_view utf8) {
    auto text = escaped_toml(utf8);
    if (!text) return std::unexpected(text.error());
    try {
        return toml::parse(*text);
    } catch (const toml::parse_error& error) {
        return std::unexpected(fault{error.source().begin.line, one_line(error.description())});
    }
}

}  // namespace settings
