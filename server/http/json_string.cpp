// Escapes more than RFC 8259 asks for: "<", ">" and "&" too, so that a browser that takes an answer for HTML
// against all our headers finds no markup, and U+2028/2029, which end a line in older JavaScript.
#include "server/http/json_string.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"

namespace http {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

void append_unit(std::string& to, unsigned unit) {
    static constexpr char digits[] = "0123456789abcdef";
    to += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) to += digits[(unit >> shift) & 0xf];
}

void append_ascii(std::string& to, char c) {
    switch (c) {
        case '"':
            to += "\\\"";
            return;
        case '\\':
            to += "\\\\";
            return;
        case '\n':
            to += "\\n";
            return;
        case '\r':
            to += "\\r";
            return;
        case '\t':
            to += "\\t";
            return;
        default:
            break;
    }
    const auto unit = static_cast<unsigned char>(c);
    if (unit < 0x20 || unit == 0x7f || c == '<' || c == '>' || c == '&')
        append_unit(to, unit);
    else
        to += c;
}

}  // namespace

void append_json_string(std::string& to, std::string_view text) {
    to += '"';
    while (!text.empty()) {
        const auto length = base::utf8_sequence(text);
        const auto sequence = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0)
            to += replacement;
        else if (length == 1)
            append_ascii(to, sequence.front());
        else if (sequence == "\xe2\x80\xa8" || sequence == "\xe2\x80\xa9")
            append_unit(to, sequence.back() == '\xa8' ? 0x2028 : 0x2029);
        else
            to += sequence;
        text.remove_prefix(sequence.size());
    }
    to += '"';
}

}  // namespace http
