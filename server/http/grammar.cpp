// No <cctype> here: its answers depend on the locale, and a char above 127 is undefined behaviour for it.
#include "server/http/grammar.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"

namespace http {
namespace {

using base::is_digit;
bool is_alpha(char c) { return base::is_letter(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

bool is_tchar(char c) {
    return is_digit(c) || is_alpha(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, is_digit);
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, [](char c) {
        return is_digit(c) || is_alpha(c) || c == '-' || c == '.' || c == '_';
    });
}

// "[" and "]" with what an IPv6 address is made of; whether it is one is decided by the list of our names.
bool is_literal(std::string_view text) {
    if (text.size() < 4 || text.size() > 47 || !text.starts_with('[') || !text.ends_with(']')) return false;
    return std::ranges::all_of(text.substr(1, text.size() - 2),
                               [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}

// Whether no element of a comma-separated list is such.
template <class Predicate>
bool none_of_list(std::string_view list, Predicate is_such) {
    for (;;) {
        const auto comma = list.find(',');
        if (is_such(trimmed(list.substr(0, comma)))) return false;
        if (comma == list.npos) return true;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_tchar); }

bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_visible(c) || c == ' ' || c == '\t'; });
}

bool is_origin_form(std::string_view text) {
    if (!text.starts_with('/')) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (!is_visible(c) || c == '"' || c == '#' || c == '<' || c == '>' || c == '\\') return false;
        if (c == '%' && (text.size() - at < 3 || !is_hex(text[at + 1]) || !is_hex(text[at + 2])))
            return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text) { return base::lower(text); }

std::optional<std::size_t> content_length(std::string_view text) {
    if (text.empty() || text.size() > 18 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    std::size_t length = 0;
    for (const char c : text) length = length * 10 + static_cast<std::size_t>(c - '0');
    return length;
}

std::optional<std::string> authority(std::string_view host) {
    auto name = host;
    // The colon of a port stands behind the bracket of an IPv6 address, those inside belong to it.
    const auto bracket = host.rfind(']');
    const auto colon = host.find(':', bracket == host.npos ? 0 : bracket);
    if (colon != host.npos) {
        if (!is_port(host.substr(colon + 1))) return std::nullopt;
        name = host.substr(0, colon);
    }
    if (!is_name(name) && !is_literal(name)) return std::nullopt;
    if (host.substr(name.size()) == ":443") return lower(name);
    return lower(host);
}

bool is_token_list(std::string_view text) {
    return none_of_list(text,
                        [](std::string_view element) { return !element.empty() && !is_token(element); });
}

bool lists(std::string_view list, std::string_view lower_case_token) {
    return !none_of_list(list, [&](std::string_view element) { return lower(element) == lower_case_token; });
}

}  // namespace http
