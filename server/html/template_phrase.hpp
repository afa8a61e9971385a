// A phrase of a template: {{_ "context" "English text"}}, in which \" and \\ stand for a quote and a
// backslash, and {name} for a slot. A third text is a note for translators, which no page has. It is looked
// for in the same spelling by what collects the phrases for translators (static/locale/extract.py).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace html {

struct template_phrase {
    std::string context;
    std::string text;
};
// Of what stands behind {{_, nothing where it is spelled otherwise.
[[nodiscard]] std::optional<template_phrase> read_phrase(std::string_view source);

struct phrase_part {
    bool slot = false;
    std::string_view text;  // of the phrase: its words, or the name of a slot

    bool operator==(const phrase_part&) const = default;
};
// In order; nothing where a brace is not one of {name}.
[[nodiscard]] std::optional<std::vector<phrase_part>> phrase_parts(std::string_view phrase);

// Whether both have the same slots, in any order and number.
[[nodiscard]] bool same_slots(const std::vector<phrase_part>& one, const std::vector<phrase_part>& other);

}  // namespace html
