// A template's source cut into what stands between {{ and }} and the literal text between them. Lines that
// hold nothing but section marks, includes and remarks are gone, and so are the remarks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace html {

struct template_mark {
    enum class kind {
        literal,  // text: at most one line, with its line end
        slot,     // text: the name
        section,  // {{#name}}
        inverse,  // {{^name}}
        close,    // {{/name}}
        include,  // text: the template's name
        phrase,   // text: what stands behind {{_, see phrase_source
        remark,
    };
    kind what = kind::literal;
    std::string_view text;  // of the source
    std::size_t line = 0;   // from 1
};

struct mark_fault {
    std::size_t line = 0;
    std::string sentence;
};

struct template_marks {
    std::vector<template_mark> marks;
    std::vector<mark_fault> faults;
};

[[nodiscard]] template_marks read_marks(std::string_view source);

// Letters, digits, "-" and "_", not empty.
[[nodiscard]] bool is_slot_name(std::string_view text);

}  // namespace html
