// Where slots, phrases and sections may stand, and what is known of the place behind a section that may be
// left out.
#include <algorithm>
#include <array>

#include "server/html/html_place.hpp"

namespace html {
namespace {

// Attributes that hold one address. Those that hold several, or a script, or a style, take no slots at all.
constexpr std::array<std::string_view, 10> addresses = {
    "action", "background", "cite", "data", "formaction", "href", "manifest", "poster", "src", "xlink:href"};
constexpr std::array<std::string_view, 5> never = {"imagesrcset", "ping", "srcdoc", "srcset", "style"};

bool takes_slots(std::string_view attribute) {
    return !attribute.starts_with("on") && std::ranges::find(never, attribute) == never.end();
}

}  // namespace

std::string_view html_place::slot() {
    if (state_ == state::double_quoted) return value();
    const auto fault = why_not();
    if (state_ == state::tag_open || state_ == state::end_tag_open) state_ = state::tag_name;
    if (state_ == state::before_value) state_ = state::unquoted;
    return fault;
}

std::string_view html_place::phrase() {
    if (state_ == state::double_quoted && in_address()) return "an address is not translated";
    return slot();
}

// A slot in a double-quoted attribute.
std::string_view html_place::value() {
    if (!takes_slots(attribute_))
        return "a slot in an attribute that holds a script, a style or several addresses";
    if (!in_address()) return {};
    const bool safe = address_ == address::slash || address_ == address::safe;
    address_ = safe ? address::safe : address::unsafe;
    return safe
               ? std::string_view()
               : "a slot in an address must stand behind a literal that begins with \"/\", \"#\" or \"tel:\"";
}

bool html_place::begins_path() const {
    return state_ == state::double_quoted && in_address() && address_ == address::slash;
}

std::string_view html_place::enter(bool repeated) {
    // The second time round the address has begun already, and not as it is read here.
    if (repeated && address_ != address::safe) address_ = address::unsafe;
    if (!in_tag()) return why_not();
    const bool apart = state_ == state::before_attribute || state_ == state::after_attribute_name;
    state_ = apart ? state::before_attribute : state::boundary;
    return {};
}

std::string_view html_place::leave(const html_place& entered) {
    const bool tags = in_tag() && entered.in_tag();
    const bool same_state = tags || state_ == entered.state_;
    const bool same_tag = state_ == state::text || tags_ == entered.tags_;
    const bool same_value = state_ != state::double_quoted || attribute_ == entered.attribute_;
    if (!same_state || !same_tag || !same_value || !tail_.empty())
        return "a section ends in another place of the HTML than it begins in";
    if (tags) {
        const bool apart = state_ == state::before_attribute || state_ == state::after_attribute_name;
        state_ = apart ? entered.state_ : state::boundary;
    }
    const bool half = address_ == address::scheme && scheme_ != entered.scheme_;
    if (address_ != entered.address_ || half) address_ = address::unsafe;
    return {};
}

std::string_view html_place::end() const {
    return state_ == state::text ? std::string_view()
                                 : "the page ends inside a tag, a comment, a script or a style";
}

bool html_place::in_tag() const {
    return state_ == state::tag_name || state_ == state::before_attribute || state_ == state::boundary ||
           state_ == state::attribute_name || state_ == state::after_attribute_name;
}

bool html_place::in_address() const { return std::ranges::find(addresses, attribute_) != addresses.end(); }

// Why no mark may stand here; nothing where it may.
std::string_view html_place::why_not() const {
    switch (state_) {
        case state::text:
        case state::double_quoted:
            return {};
        case state::raw:
            if (!tail_.empty()) return "a mark behind what may be the beginning of an end tag";
            if (element_ == "textarea" || element_ == "title") return {};
            return "a mark in a script, a style or another element that takes no text";
        case state::tag_open:
        case state::end_tag_open:
        case state::tag_name:
            return "a mark in a tag's name";
        case state::before_attribute:
        case state::boundary:
        case state::attribute_name:
        case state::after_attribute_name:
            return "a mark in an attribute's name";
        case state::before_value:
        case state::single_quoted:
        case state::unquoted:
            return "a mark in an attribute without double quotes";
        case state::declaration:
        case state::doctype:
        case state::comment:
            return "a mark in a comment or a doctype";
    }
    return {};
}

}  // namespace html
