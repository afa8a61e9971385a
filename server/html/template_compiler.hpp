// Compiles a template and everything it includes: names to places, phrases to text, and every rule of
// page_template.hpp on the way. One is used for one page.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/html/html_place.hpp"
#include "server/html/page_template.hpp"
#include "server/html/template_marks.hpp"
#include "server/html/template_program.hpp"

namespace html {

inline constexpr std::size_t most_template_faults = 50;

class template_compiler {
  public:
    template_compiler(std::span<const template_source> sources, shape shape, const translation& translate);

    // The whole page. What it gives is good only where there are no faults.
    [[nodiscard]] template_program page(std::string_view name);
    [[nodiscard]] std::vector<template_fault>& faults() { return faults_; }

  private:
    // Where a compiled mark stands: in which template, at which line.
    struct place {
        std::string_view name;
        std::size_t line = 0;
    };
    struct section {
        std::string_view name;
        place opened;
        std::size_t step = 0;  // of the program; its end is known at {{/name}}
        bool list = false;     // it has a scope of its own
        bool placed = true;    // it may begin where it does
        html_place html;       // as it was behind the opening
    };
    // A name as the scopes have it.
    struct bound {
        const slot* what = nullptr;
        slot_place at;
    };

    void source(std::string_view name, const place& includer, bool in_phrase = false);
    void mark(const template_mark& mark, const place& at);
    void literal(std::string_view text, place at);
    void add(std::string_view bytes);
    void text(std::string_view name, const place& at);
    void open(const template_mark& mark, const place& at);
    void close(std::string_view name, const place& at);
    void end_section();
    void phrase(std::string_view source, const place& at);
    [[nodiscard]] const template_source* piece_of(std::string_view name) const;
    [[nodiscard]] bound bind(std::string_view name, const place& at);
    [[nodiscard]] bool is_open(const bound& list) const;
    void unused(shape shape, const std::string& around, const place& whole);
    void fault(const place& at, std::string sentence);
    void fault_if(const place& at, std::string_view sentence);

    std::span<const template_source> sources_;
    shape shape_;
    const translation& translate_;
    template_program program_;
    html_place html_;
    std::vector<shape> scopes_;  // outermost first
    std::vector<slot_place>
        open_lists_;                 // the list that made each scope but the first; `up` from the outermost
    std::vector<section> sections_;  // open ones, of all templates that are being included
    std::vector<std::string_view> within_;  // the templates that are being included
    std::vector<const slot*> used_;
    std::vector<template_fault> faults_;
    std::size_t section_end_ =
        0;  // the step that a section ended before last: what is there is not joined to
};

}  // namespace html
