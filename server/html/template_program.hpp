// What a compiled template is: literal bytes, and the steps that put them and a view's texts one behind the
// other. Every name is already a place, so rendering looks nothing up.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/html/view.hpp"

namespace html {

// Around words in another language than the page's; the language stands between the first two.
inline constexpr std::string_view language_begins = "<span lang=\"";
inline constexpr std::string_view language_goes_on = "\" dir=\"auto\">";
inline constexpr std::string_view language_ends = "</span>";

// A name: `up` lists outwards from the innermost one, and the place in the shape there.
struct slot_place {
    std::size_t up = 0;
    std::size_t place = 0;
};

struct template_step {
    enum class kind {
        literal,  // the bytes from `begin` to `end` of the literals
        text,
        words,    // a text between tags: it says its language where that is not the page's
        segment,  // a text right behind the "/" that an address begins with
        each,     // the steps up to `end` for every item
        none,     // the steps up to `end` where there is no item
        when,     // … where the flag is set
        unless,   // … where it is not
    };
    kind what = kind::literal;
    slot_place slot;
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct template_program {
    html::shape shape;
    std::string literals;
    std::vector<template_step> steps;

    // Literals that follow each other are one, unless `apart`: where a section begins or ends between them.
    void add_literal(std::string_view bytes, bool apart);
    // See page_template::render.
    void render(const view& view, std::string& out) const;
};

}  // namespace html
