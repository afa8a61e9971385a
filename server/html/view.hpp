// What a template is rendered with: named texts, flags and lists, as a shape declares them. A view holds
// views of text, never copies, so what a reporter wrote stays in the one place where it is wiped; the texts
// must outlive the rendering.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

namespace html {

enum class slot_kind { text, flag, list };

// One name; `inside` declares the items of a list.
struct slot {
    std::string_view name;
    slot_kind kind = slot_kind::text;
    std::span<const slot> inside = {};
};
// A text that may be in another language than its page: between tags it then stands in a <span> that says so.
struct spoken {
    std::string_view text;
    std::string_view language = {};  // BCP 47; empty: the page's own

    operator std::string_view() const { return text; }
};
using shape = std::span<const slot>;  // constants of the program: a shape outlives every view of it

class view {
  public:
    explicit view(html::shape shape);

    // Each throws std::logic_error for a name that the shape does not have, or has as another kind: our bug.
    // The last value given counts.
    view& text(std::string_view name, std::string_view value);
    view& text(std::string_view name, const spoken& value);
    view& flag(std::string_view name, bool value = true);
    // The list is given, and empty until an item is added.
    view& list(std::string_view name);
    // A new item at the end of a list (given by that, too). The reference holds as long as this view.
    view& item(std::string_view name);

    [[nodiscard]] html::shape shape() const { return shape_; }

    // By place in the shape, for rendering. What was not given: nothing / null.
    struct value {
        bool given = false;
        bool flag = false;
        std::string_view text, language;
        std::deque<view> items;
    };
    [[nodiscard]] const value& at(std::size_t place) const { return values_[place]; }

  private:
    value& named(std::string_view name, slot_kind kind);

    html::shape shape_;
    std::vector<value> values_;
};

}  // namespace html
