// Translators may repeat a slot or move it, never lose or add one.
#include "server/html/template_phrase.hpp"

#include <algorithm>

#include "server/html/template_marks.hpp"

namespace html {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool take_blanks(std::string_view& text) {
    const auto end = std::min(text.find_first_not_of(blanks), text.size());
    text.remove_prefix(end);
    return end > 0;
}

std::optional<std::string> take_quoted(std::string_view& text) {
    if (!text.starts_with('"')) return std::nullopt;
    std::string out;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == '"') {
            text.remove_prefix(at + 1);
            return out;
        }
        const bool escaped =
            text[at] == '\\' && at + 1 < text.size() && std::string_view("\"\\").contains(text[at + 1]);
        out += text[escaped ? ++at : at];
    }
    return std::nullopt;
}

bool has_slot(const std::vector<phrase_part>& parts, const phrase_part& part) {
    return !part.slot || std::ranges::find(parts, part) != parts.end();
}

}  // namespace

std::optional<template_phrase> read_phrase(std::string_view source) {
    take_blanks(source);
    auto context = take_quoted(source);
    if (!context || context->empty() || !take_blanks(source)) return std::nullopt;
    auto text = take_quoted(source);
    if (!text || text->empty()) return std::nullopt;
    if (take_blanks(source) && source.starts_with('"')) {
        const auto note = take_quoted(source);
        if (!note || note->empty()) return std::nullopt;
        take_blanks(source);
    }
    if (!source.empty()) return std::nullopt;
    return template_phrase{.context = std::move(*context), .text = std::move(*text)};
}

std::optional<std::vector<phrase_part>> phrase_parts(std::string_view phrase) {
    std::vector<phrase_part> out;
    while (!phrase.empty()) {
        const auto words = phrase.substr(0, phrase.find_first_of("{}"));
        if (!words.empty()) out.push_back({.slot = false, .text = words});
        phrase.remove_prefix(words.size());
        if (phrase.empty()) break;
        const auto end = phrase.find('}');
        if (phrase.front() == '}' || end == phrase.npos) return std::nullopt;
        const auto name = phrase.substr(1, end - 1);
        if (!is_slot_name(name)) return std::nullopt;
        out.push_back({.slot = true, .text = name});
        phrase.remove_prefix(end + 1);
    }
    return out;
}

bool same_slots(const std::vector<phrase_part>& one, const std::vector<phrase_part>& other) {
    const auto in = [](const std::vector<phrase_part>& parts) {
        return [&parts](const phrase_part& part) { return has_slot(parts, part); };
    };
    return std::ranges::all_of(one, in(other)) && std::ranges::all_of(other, in(one));
}

}  // namespace html
