// Copies what lies between two of the characters in one go: most texts hold none of them.
#include "server/html/html_text.hpp"

namespace html {
namespace {

constexpr std::string_view escaped = "&<>\"'";

std::string_view reference(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        default:
            return "&#39;";
    }
}

}  // namespace

void append_html_text(std::string& to, std::string_view text) {
    for (auto at = text.find_first_of(escaped); at != text.npos; at = text.find_first_of(escaped)) {
        to += text.substr(0, at);
        to += reference(text[at]);
        text.remove_prefix(at + 1);
    }
    to += text;
}

std::size_t html_text_size(std::string_view text) {
    auto size = text.size();
    for (const char c : text)
        if (escaped.contains(c)) size += reference(c).size() - 1;
    return size;
}

}  // namespace html
