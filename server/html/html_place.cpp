// The steps from character to character; where marks may stand is in html_marks.cpp.
#include "server/html/html_place.hpp"

#include <algorithm>
#include <array>

#include "base/text/ascii.hpp"

namespace html {
namespace {

constexpr std::string_view missing_quote =
    "a double quote is missing before this, or one too many (in a value \"<\" and \">\" are written &lt; and "
    "&gt;)";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
using base::is_letter;
using base::lower;

// Their inside ends at their own end tag and nowhere else.
bool is_raw(std::string_view element) {
    constexpr std::array<std::string_view, 9> names = {"script",  "style",    "textarea",  "title", "iframe",
                                                       "noembed", "noframes", "plaintext", "xmp"};
    return std::ranges::find(names, element) != names.end();
}

}  // namespace

std::string_view html_place::literal(char c) {
    switch (state_) {
        case state::text:
            if (c == '<') state_ = state::tag_open;
            return {};
        case state::tag_open:
        case state::end_tag_open:
            return tag_open(c);
        case state::tag_name:
            return tag_name(c);
        case state::before_attribute:
        case state::boundary:
            return between(c);
        case state::attribute_name:
        case state::after_attribute_name:
            return attribute_name(c);
        case state::before_value:
            return before_value(c);
        case state::double_quoted:
            return double_quoted(c);
        case state::single_quoted:
        case state::unquoted:
            return plain_value(c);
        case state::declaration:
            return declaration(c);
        case state::doctype:
            if (c == '>') state_ = state::text;
            return {};
        case state::comment:
            return comment(c);
        case state::raw:
            return raw(c);
    }
    return {};
}

std::string_view html_place::tag_open(char c) {
    const bool end_tag = state_ == state::end_tag_open;
    if (is_letter(c)) {
        state_ = state::tag_name;
        element_.assign(1, lower(c));
        end_tag_ = end_tag;
        ++tags_;
    } else if (c == '/' && !end_tag) {
        state_ = state::end_tag_open;
    } else if (c == '!' && !end_tag) {
        state_ = state::declaration;
        tail_.clear();
    } else {
        state_ = state::text;
        return "a \"<\" that begins no tag; in text it is written &lt;";
    }
    return {};
}

std::string_view html_place::tag_name(char c) {
    if (is_blank(c) || c == '/' || c == '>') return between(c);
    element_ += lower(c);
    const bool word = is_letter(c) || (c >= '0' && c <= '9') || c == '-';
    return word ? std::string_view() : "this cannot stand in a tag's name";
}

std::string_view html_place::between(char c) {
    if (is_blank(c) || c == '/') {
        state_ = state::before_attribute;
        return {};
    }
    if (c == '>') {
        close_tag();
        return {};
    }
    const bool apart = state_ != state::boundary;
    state_ = state::attribute_name;
    attribute_.clear();
    if (c == '=') return "an attribute without a name";
    const auto fault = attribute_name(c);
    return apart || !fault.empty() ? fault : "white space is missing before an attribute";
}

std::string_view html_place::attribute_name(char c) {
    if (c == '=') {
        state_ = state::before_value;
    } else if (is_blank(c)) {
        state_ = state::after_attribute_name;
    } else if (c == '/' || c == '>' || state_ == state::after_attribute_name) {
        state_ = state::before_attribute;
        return between(c);
    } else if (c == '"' || c == '\'' || c == '<') {
        return missing_quote;
    } else {
        attribute_ += lower(c);
    }
    return {};
}

std::string_view html_place::before_value(char c) {
    if (is_blank(c)) return {};
    address_ = address::nothing;
    if (c == '"') {
        state_ = state::double_quoted;
    } else if (c == '\'') {
        state_ = state::single_quoted;
    } else if (c == '>') {
        close_tag();
        return "an attribute has \"=\" and no value";
    } else {
        state_ = state::unquoted;
        return plain_value(c);
    }
    return {};
}

std::string_view html_place::double_quoted(char c) {
    if (c == '"') {
        state_ = state::boundary;
    } else if (c == '<' || c == '>') {
        state_ = c == '<' ? state::tag_open : state::text;
        return missing_quote;
    } else {
        address_goes_on(c);
    }
    return {};
}

std::string_view html_place::plain_value(char c) {
    const bool quoted = state_ == state::single_quoted;
    if (quoted && c == '\'') {
        state_ = state::boundary;
        return {};
    }
    if (!quoted && (is_blank(c) || c == '>')) {
        state_ = state::before_attribute;
        return between(c);
    }
    if (quoted && (c == '<' || c == '>')) {
        state_ = c == '<' ? state::tag_open : state::text;
        return missing_quote;
    }
    return !quoted && std::string_view("<\"'=`").contains(c) ? missing_quote : std::string_view();
}

std::string_view html_place::declaration(char c) {
    tail_ += lower(c);
    if (tail_ == "--") {
        state_ = state::comment;
    } else if (tail_ == "doctype") {
        state_ = state::doctype;
        tail_.clear();
    } else if (!std::string_view("--").starts_with(tail_) &&
               !std::string_view("doctype").starts_with(tail_)) {
        state_ = c == '>' ? state::text : state::doctype;
        tail_.clear();
        return "behind \"<!\" comes doctype or a comment";
    }
    return {};
}

// `tail_` is its last dashes: two are enough, and those it begins with count (<!--> is a whole comment).
std::string_view html_place::comment(char c) {
    const bool dashes = tail_ == "--";
    if (c == '-') {
        tail_ = dashes || tail_ == "-" ? "--" : "-";
        return {};
    }
    tail_.clear();
    if (dashes && c == '>') state_ = state::text;
    return dashes && c == '!' ? "a comment may not have --! in it" : std::string_view();
}

std::string_view html_place::raw(char c) {
    if (c == '<') {
        tail_ = "<";
        return {};
    }
    if (tail_.empty()) return {};
    if (tail_ == "</" + element_ && (is_blank(c) || c == '/' || c == '>')) {
        tail_.clear();
        end_tag_ = true;
        ++tags_;
        return between(c);
    }
    tail_ += lower(c);
    if (tail_ == "<!--" && element_ == "script") return "a comment in a script can hide its end";
    if (!("</" + element_).starts_with(tail_) && !std::string_view("<!--").starts_with(tail_)) tail_.clear();
    return {};
}

void html_place::close_tag() {
    state_ = !end_tag_ && is_raw(element_) ? state::raw : state::text;
    tail_.clear();
}

// "/a" and "#a" stay with this host whatever comes behind them; "//" and "/\" go to another. "tel:" goes to a
// telephone, and to nothing else.
void html_place::address_goes_on(char c) {
    constexpr std::string_view telephone = "tel:";
    const bool first = address_ == address::nothing;
    if (first) {
        scheme_.clear();
        address_ = c == '/'   ? address::slash
                   : c == '#' ? address::safe
                   : c == 't' ? address::scheme
                              : address::unsafe;
    }
    if (address_ == address::scheme) {
        scheme_ += c;
        if (scheme_ == telephone)
            address_ = address::safe;
        else if (!telephone.starts_with(scheme_))
            address_ = address::unsafe;
    } else if (address_ == address::slash && !first) {
        address_ = c == '/' || c == '\\' || is_blank(c) ? address::unsafe : address::safe;
    }
}

}  // namespace html
