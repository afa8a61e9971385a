// What stands inside of strings is looked at here, sign by sign, because the parser tells a string's fault
// only at its end, which may be sixty thousand characters further on; the rest is the parser's to say.
#include "crypto/protocol/json_fault.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/text/utf8.hpp"
#include "crypto/protocol/json.hpp"

namespace protocol {
namespace {

constexpr std::string_view
    byte_order_mark = "it begins with a byte order mark; save it as UTF-8 without one",
    utf16 = "it is UTF-16; save it as UTF-8", empty = "it is empty",
    not_utf8 = "this is not UTF-8 but perhaps Latin-1 or Windows-1252; save it as UTF-8",
    nul = "there is a NUL byte here; take it out",
    escaped_nul = "\\u0000 has no place in a text; take it out",
    half =
        "there is half a character here, as of an emoji that was cut in two; write the "
        "whole sign or none",
    line_end =
        "a text does not end on its line: its closing quote is missing, or the "
        "line end in it must be written as \\n",
    control =
        "there is a control character in a text; write it as \\u and four digits, or "
        "take it out";

std::string_view sentence_of(json_flaw why) {
    switch (why) {
        case json_flaw::duplicate:
            return "a name is used twice in one object; keep one of them";
        case json_flaw::number:
            return "this number is not a whole one below 9007199254740992; write it so, or as a text in "
                   "quotes";
        case json_flaw::depth:
            return "more than 16 objects and lists are inside one another";
        case json_flaw::incomplete:
            return "it ends too early: a quote, bracket or brace is not closed";
        case json_flaw::behind:
            return "there is something after the end; take it out";
        case json_flaw::text:
        case json_flaw::syntax:
            break;
    }
    return "here or just before it a comma, colon, quote, bracket or brace is missing or too many";
}

struct place {
    std::size_t at;
    std::string_view sentence;
};

bool is_high(unsigned unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low(unsigned unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

// Of "\ud83d" at the front.
std::optional<unsigned> escaped_unit(std::string_view text) {
    if (!text.starts_with("\\u") || text.size() < 6) return std::nullopt;
    unsigned unit = 0;
    const auto [end, fault] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
    if (fault != std::errc() || end != text.data() + 6) return std::nullopt;
    return unit;
}

// The first sign that no string may hold, and what is no UTF-8.
std::optional<place> in_strings(std::string_view text) {
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const auto length = base::utf8_sequence(rest);
        if (length == 0) return place{at, not_utf8};
        const char c = rest.front();
        if (c == '\0') return place{at, nul};
        if (c == '"') inside = !inside;
        if (inside && (c == '\n' || c == '\r')) return place{at, line_end};
        if (inside && static_cast<unsigned char>(c) < 0x20) return place{at, control};
        at += length;
        if (!inside || c != '\\') continue;
        const auto unit = escaped_unit(rest);
        if (unit == 0u) return place{at - 1, escaped_nul};
        if (!unit) {
            ++at;  // what is escaped is no quote
            continue;
        }
        const bool whole = is_high(*unit) && is_low(escaped_unit(rest.substr(6)).value_or(0));
        if ((is_high(*unit) || is_low(*unit)) && !whole) return place{at - 1, half};
        at += whole ? 11 : 5;
    }
    return std::nullopt;
}

json_fault at(std::string_view text, const place& found) {
    json_fault out{1, 1, found.sentence};
    auto before = text.substr(0, found.at);
    while (!before.empty()) {
        const bool ends = before.front() == '\n';
        before.remove_prefix(std::max<std::size_t>(1, base::utf8_sequence(before)));
        out.line += ends;
        out.column = ends ? 1 : out.column + 1;
    }
    return out;
}

}  // namespace

std::optional<json_fault> fault_of_json(std::string_view text) {
    if (text.empty()) return json_fault{1, 1, empty};
    if (text.starts_with("\xef\xbb\xbf")) return json_fault{1, 1, byte_order_mark};
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return json_fault{1, 1, utf16};
    if (text.size() > 1 && (text[0] == '\0') != (text[1] == '\0')) return json_fault{1, 1, utf16};
    const auto stop = strict_stop(text);
    if (!stop.why) return std::nullopt;
    if (const auto found = in_strings(text); found && (found->at <= stop.read || stop.why == json_flaw::text))
        return at(text, *found);
    return at(text, {stop.read, sentence_of(*stop.why)});
}

std::string text(const json_fault& fault) {
    return fmt::format("Line {}, column {}: {}.", fault.line, fault.column, fault.sentence);
}

}  // namespace protocol
