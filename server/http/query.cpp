// Splits first and decodes afterwards, so that an escaped "&" or "=" is never a separator.
#include "server/http/query.hpp"

#include <string>
#include <utility>

#include "base/text/utf8.hpp"
#include "server/http/hex_digit.hpp"

namespace http {
namespace {

std::expected<std::string, errc> unescape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            out += ' ';
        } else if (text[at] == '%') {
            if (text.size() - at < 3) return std::unexpected(errc::bad_escape);
            const auto high = hex_digit(text[at + 1]);
            const auto low = hex_digit(text[at + 2]);
            if (!high || !low) return std::unexpected(errc::bad_escape);
            out += static_cast<char>(*high * 16 + *low);
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

std::expected<std::string, errc> decode(std::string_view text) {
    auto out = unescape(text);
    if (!out) return out;
    for (const char c : *out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return std::unexpected(errc::control_character);
    if (!base::is_utf8(*out)) return std::unexpected(errc::bad_utf8);
    return out;
}

std::expected<field, errc> decode_pair(std::string_view text) {
    const auto equals = text.find('=');
    auto name = decode(text.substr(0, equals));
    if (!name) return std::unexpected(name.error());
    if (name->empty()) return std::unexpected(errc::empty_name);
    auto value = decode(equals == text.npos ? std::string_view() : text.substr(equals + 1));
    if (!value) return std::unexpected(value.error());
    return field(std::move(*name), std::move(*value));
}

}  // namespace

std::expected<std::vector<field>, errc> parse_query(std::string_view query, std::size_t at_most) {
    std::vector<field> pairs;
    if (query.starts_with('?')) query.remove_prefix(1);
    if (query.empty()) return pairs;
    for (;;) {
        if (pairs.size() == at_most) return std::unexpected(errc::too_many);
        const auto end = query.find('&');
        auto pair = decode_pair(query.substr(0, end));
        if (!pair) return std::unexpected(pair.error());
        pairs.push_back(std::move(*pair));
        if (end == query.npos) return pairs;
        query.remove_prefix(end + 1);
    }
}

}  // namespace http
