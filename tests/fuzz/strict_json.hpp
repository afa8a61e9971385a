// A second reader of strict JSON (protocol §0), written from the page alone: it only says whether a text is
// one, and builds nothing.
#pragma once

#include <cctype>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/text/utf8.hpp"

class strict_json {
  public:
    static bool accepts(std::string_view text) {
        strict_json reader(text);
        reader.blanks();
        if (!base::is_utf8(text) || !reader.value(0)) return false;
        reader.blanks();
        return reader.rest_.empty();
    }

  private:
    explicit strict_json(std::string_view text) : rest_(text) {}

    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    void blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

    bool value(unsigned depth) {
        if (rest_.starts_with('{')) return depth < 16 && object(depth + 1);
        if (rest_.starts_with('[')) return depth < 16 && array(depth + 1);
        if (rest_.starts_with('"')) return string().has_value();
        return take("true") || take("false") || take("null") || integer();
    }
    bool object(unsigned depth) {
        std::set<std::string> names;
        rest_.remove_prefix(1);
        blanks();
        if (take("}")) return true;
        do {
            blanks();
            const auto name = string();
            if (!name || !names.insert(*name).second) return false;
            blanks();
            if (!take(":")) return false;
            blanks();
            if (!value(depth)) return false;
            blanks();
        } while (take(","));
        return take("}");
    }
    bool array(unsigned depth) {
        rest_.remove_prefix(1);
        blanks();
        if (take("]")) return true;
        do {
            blanks();
            if (!value(depth)) return false;
            blanks();
        } while (take(","));
        return take("]");
    }
    bool integer() {
        (void)take("-");
        if (take("0"))
            return !is_digit() && !rest_.starts_with('.') && !rest_.starts_with('e') &&
                   !rest_.starts_with('E');
        std::uint64_t number = 0;
        std::size_t digits = 0;
        for (; is_digit(); rest_.remove_prefix(1), ++digits)
            if (digits < 18) number = number * 10 + static_cast<std::uint64_t>(rest_[0] - '0');
        const bool fraction = rest_.starts_with('.') || rest_.starts_with('e') || rest_.starts_with('E');
        return digits > 0 && digits < 18 && !fraction && number < std::uint64_t{1} << 53;
    }
    bool is_digit() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }

    // Decoded, with a lone surrogate or U+0000 refused; the escapes of RFC 8259 §7 alone.
    std::optional<std::string> string() {
        if (!take("\"")) return std::nullopt;
        std::string out;
        while (!rest_.empty() && static_cast<unsigned char>(rest_[0]) >= 0x20) {
            const char c = rest_[0];
            rest_.remove_prefix(1);
            if (c == '"') return out;
            if (c != '\\') {
                out += c;
                continue;
            }
            if (rest_.empty()) return std::nullopt;
            const char escape = rest_[0];
            rest_.remove_prefix(1);
            const auto place = std::string_view("\"\\/bfnrt").find(escape);
            if (place != std::string_view::npos) {
                out += "\"\\/\b\f\n\r\t"[place];
                continue;
            }
            if (escape != 'u' || !point(out)) return std::nullopt;
        }
        return std::nullopt;
    }
    std::optional<unsigned> unit() {
        if (rest_.size() < 4) return std::nullopt;
        unsigned out = 0;
        for (const char c : rest_.substr(0, 4)) {
            if (!std::isxdigit(static_cast<unsigned char>(c))) return std::nullopt;
            out = out * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        rest_.remove_prefix(4);
        return out;
    }
    bool point(std::string& out) {
        const auto high = unit();
        if (!high || *high == 0 || (*high >= 0xdc00 && *high < 0xe000)) return false;
        unsigned code = *high;
        if (code >= 0xd800 && code < 0xdc00) {
            if (!take("\\u")) return false;
            const auto low = unit();
            if (!low || *low < 0xdc00 || *low > 0xdfff) return false;
            code = 0x10000 + ((code - 0xd800) << 10) + (*low - 0xdc00);
        }
        const auto add = [&](unsigned bits) { out += static_cast<char>(bits); };
        if (code < 0x80) return add(code), true;
        if (code < 0x800) return add(0xc0 | code >> 6), add(0x80 | (code & 63)), true;
        if (code < 0x10000)
            return add(0xe0 | code >> 12), add(0x80 | (code >> 6 & 63)), add(0x80 | (code & 63)), true;
        return add(0xf0 | code >> 18), add(0x80 | (code >> 12 & 63)), add(0x80 | (code >> 6 & 63)),
               add(0x80 | (code & 63)), true;
    }

    std::string_view rest_;
};
