// Where in HTML the end of a template's literal text stands, as a browser reads it (HTML, section 13.2.5), in
// a narrow reading: what a browser would mend or guess at is a fault here. It decides where slots and
// sections may stand.
//
// Each step gives a sentence where it is a fault, or nothing; after a fault the reading goes on with the most
// likely intention, so that one mistake is not reported at every line behind it.
#pragma once

#include <string>
#include <string_view>

namespace html {

class html_place {
  public:
    [[nodiscard]] std::string_view literal(char c);
    // A text of which nothing is known, escaped.
    [[nodiscard]] std::string_view slot();
    // A translated phrase, escaped.
    [[nodiscard]] std::string_view phrase();
    // The next slot stands right behind the "/" that an address begins with: a text that is empty or begins
    // with another slash would make it the address of another host.
    [[nodiscard]] bool begins_path() const;
    // What stands here is shown as it is, and may have an element of its own around it.
    [[nodiscard]] bool between_tags() const { return state_ == state::text; }
    // A section begins here, which may be left out, or `repeated`.
    [[nodiscard]] std::string_view enter(bool repeated);
    // It ends here; `entered` is how this stood behind enter().
    [[nodiscard]] std::string_view leave(const html_place& entered);
    // The page ends here.
    [[nodiscard]] std::string_view end() const;

  private:
    enum class state {
        text,
        tag_open,      // behind "<"
        end_tag_open,  // behind "</"
        tag_name,
        before_attribute,
        boundary,  // in a tag, where white space must come before an attribute
        attribute_name,
        after_attribute_name,
        before_value,
        double_quoted,
        single_quoted,
        unquoted,
        declaration,  // behind "<!"
        doctype,
        comment,
        raw,  // the inside of an element that has no tags in it: script, style, textarea, title …
    };
    // What an address begins with, as far as it is known.
    enum class address { nothing, slash, scheme, safe, unsafe };

    std::string_view tag_open(char c);
    std::string_view tag_name(char c);
    std::string_view between(char c);
    std::string_view attribute_name(char c);
    std::string_view before_value(char c);
    std::string_view double_quoted(char c);
    std::string_view plain_value(char c);
    std::string_view declaration(char c);
    std::string_view comment(char c);
    std::string_view raw(char c);
    std::string_view value();
    void close_tag();
    void address_goes_on(char c);
    [[nodiscard]] bool in_tag() const;
    [[nodiscard]] bool in_address() const;
    [[nodiscard]] std::string_view why_not() const;

    state state_ = state::text;
    address address_ = address::nothing;
    std::string scheme_;  // what of "tel:" stands there already
    bool end_tag_ = false;
    unsigned tags_ = 0;      // so far: which tag this is
    std::string element_;    // lower case
    std::string attribute_;  // lower case
    std::string
        tail_;  // what was read of the end of a comment, of a declaration's begin, or of a raw element's end
};

}  // namespace html
