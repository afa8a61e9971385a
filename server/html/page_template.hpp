// Page templates: HTML with slots, sections, includes and phrases, checked whole when it is compiled, so that
// what can go wrong stops the start and not a visitor. Always escaped; there is no raw form.
//
//   {{name}}                         the text `name`, escaped
//   {{#name}} … {{/name}}            once for every item of the list `name`, or once where the flag `name` is
//   set
//   {{^name}} … {{/name}}            where the list is empty, or the flag is not set
//   {{>kop.html}}                    another template, as if it stood here
//   {{_ "context" "English text"}}   a phrase, translated when compiled; {name} inside it is a slot, or,
//   where none has that name, the template name.html: a number stays a link wherever a language puts it;
//   a third text is a note for translators
//   {{! a remark }}                  nothing
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/html/view.hpp"

namespace html {

struct template_source {
    std::string_view name;  // "kop.html"
    std::string_view text;
};

// What is wrong in a template, and where.
struct template_fault {
    std::string name;
    std::size_t line = 0;  // from 1; 0: the page as a whole
    std::string sentence;
};
[[nodiscard]] std::string text(const template_fault& fault);

// The translation of a phrase. What it gives is text, not HTML: it is escaped like everything else.
struct translated {
    std::string text;
    std::string language = {};  // as of `spoken`

    translated(std::string text, std::string language = {})
        : text(std::move(text)), language(std::move(language)) {}
};
using translation = std::function<translated(std::string_view context, std::string_view phrase)>;

class page_template {
  public:
    // Every include resolved, every phrase translated, every name bound to `shape`. Faults (all of them, up
    // to 50): a name that the scope or those around it do not have, or of another kind; a name of `shape`
    // that is used nowhere (a shape that two lists share counts as one); a list within itself; a section that
    // is not closed, or closed in another place of the HTML than it was opened in (inside a tag against
    // between tags); a slot in a script, a style, a comment, a tag's name, an attribute's name or an
    // attribute without double quotes; a slot at the beginning of an attribute that holds an address (href,
    // src, action, formaction …): it must follow a literal beginning with "/" or "#"; an include that is not
    // there or that includes itself; a translation whose slots are not those of the phrase; a double quote
    // missing; HTML that a browser would have to guess at; anything else between {{ and }}.
    // Line breaks and indentation between tags are kept as they are; a line that holds nothing but section
    // marks, includes and remarks is left out.
    [[nodiscard]] static std::expected<page_template, std::vector<template_fault>> compile(
        std::span<const template_source> sources, std::string_view name, shape shape,
        const translation& translate);

    // Appends the page to `out`. A text, or flag, or list of the shape that `view` was not given is our bug:
    // std::logic_error (a list that may be empty is given with view::list), and so are a view of another
    // shape, and a text right behind the "/" that an address begins with which is empty or begins with a
    // slash: that would be the address of another host. `out` is then as it was.
    void render(const view& view, std::string& out) const;

    page_template(page_template&&) noexcept;
    page_template& operator=(page_template&&) noexcept;
    ~page_template();

  private:
    struct program;
    explicit page_template(std::unique_ptr<program> program);
    std::unique_ptr<program> program_;
};

}  // namespace html
