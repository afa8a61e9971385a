// Names are looked for one by one: a shape has a few dozen at most, and each is given once a page.
#include "server/html/view.hpp"

#include <stdexcept>
#include <string>

namespace html {

view::view(html::shape shape) : shape_(shape), values_(shape.size()) {}

view& view::text(std::string_view name, std::string_view value) { return text(name, spoken{.text = value}); }

view& view::text(std::string_view name, const spoken& value) {
    auto& given = named(name, slot_kind::text);
    given.text = value.text;
    given.language = value.language;
    return *this;
}

view& view::flag(std::string_view name, bool value) {
    named(name, slot_kind::flag).flag = value;
    return *this;
}

view& view::list(std::string_view name) {
    named(name, slot_kind::list);
    return *this;
}

view& view::item(std::string_view name) {
    auto& list = named(name, slot_kind::list);
    const auto place = static_cast<std::size_t>(&list - values_.data());
    return list.items.emplace_back(shape_[place].inside);
}

view::value& view::named(std::string_view name, slot_kind kind) {
    for (std::size_t place = 0; place < shape_.size(); ++place) {
        if (shape_[place].name != name) continue;
        if (shape_[place].kind != kind)
            throw std::logic_error("the shape has this name as another kind: " + std::string(name));
        values_[place].given = true;
        return values_[place];
    }
    throw std::logic_error("the shape does not have this name: " + std::string(name));
}

}  // namespace html
