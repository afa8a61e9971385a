// The few productions of RFC 8941 that signatures need.
#include "crypto/structured_field.hpp"

#include <algorithm>
#include <utility>

#include "base/text/ascii.hpp"
#include "crypto/encoding.hpp"

namespace crypto {
namespace {

using base::is_digit;
bool is_lower(char c) { return base::is_small(c); }
bool is_alpha(char c) { return base::is_letter(c); }
bool is_key_char(char c) { return is_lower(c) || is_digit(c) || std::string_view("_-.*").contains(c); }
bool is_token_char(char c) {
    return is_alpha(c) || is_digit(c) || std::string_view("!#$%&'*+-.^_`|~:/").contains(c);
}

// How many characters at the front are of this sort.
std::size_t run(std::string_view text, bool (*is_of_sort)(char)) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, is_of_sort) - text.begin());
}

}  // namespace

std::string_view field_reader::take_first(std::size_t count) {
    const auto first = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return first;
}

bool field_reader::take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
}

std::optional<std::string_view> field_reader::key() {
    if (rest_.empty() || (!is_lower(rest_.front()) && rest_.front() != '*')) return std::nullopt;
    return take_first(run(rest_, is_key_char));
}

std::optional<std::string> field_reader::string() {
    if (!take("\"")) return std::nullopt;
    std::string out;
    while (!rest_.empty()) {
        char c = take_first(1).front();
        if (c == '"') return out;
        if (c == '\\') {
            if (rest_.empty()) return std::nullopt;
            c = take_first(1).front();
            if (c != '"' && c != '\\') return std::nullopt;
        }
        if (c < 0x20 || c > 0x7e) return std::nullopt;
        out += c;
    }
    return std::nullopt;
}

std::optional<std::int64_t> field_reader::integer() {
    const bool negative = take("-");
    const auto digits = take_first(run(rest_, is_digit));
    if (digits.empty() || digits.size() > 15) return std::nullopt;
    // One spelling for each number: no leading zero, no minus zero.
    if (digits.front() == '0' && (digits.size() > 1 || negative)) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return negative ? -value : value;
}

std::optional<std::string_view> field_reader::token() {
    if (rest_.empty() || (!is_alpha(rest_.front()) && rest_.front() != '*')) return std::nullopt;
    return take_first(run(rest_, is_token_char));
}

std::optional<bytes> field_reader::byte_sequence() {
    if (!take(":")) return std::nullopt;
    const auto end = rest_.find(':');
    if (end == std::string_view::npos) return std::nullopt;
    auto decoded = from_b64(take_first(end));
    if (!decoded || !take(":")) return std::nullopt;
    return std::move(*decoded);
}

std::optional<field_item> field_reader::item() {
    if (rest_.empty()) return std::nullopt;
    if (rest_.front() == '"') {
        auto text = string();
        if (!text) return std::nullopt;
        return field_item(std::move(*text));
    }
    if (rest_.front() == '-' || is_digit(rest_.front())) {
        const auto number = integer();
        if (!number) return std::nullopt;
        return field_item(*number);
    }
    const auto word = token();
    if (!word) return std::nullopt;
    return field_item(field_token{*word});
}

}  // namespace crypto
