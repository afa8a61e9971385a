// Every template of static/templates, compiled once for every language, with the shapes of what they are
// rendered with. A template that does not fit stops the start.
#pragma once

#include <array>
#include <expected>
#include <map>
#include <string>
#include <string_view>

#include "server/html/page_template.hpp"
#include "server/html/view.hpp"
#include "server/lang/languages.hpp"

namespace pages {

enum class sheet {
    start,
    begin,
    questions,
    check,
    done,
    message,
    where,
    advice,
    help,
    signals,
    complaint,
    practice,
    developers,
    privacy,
    accessibility
};
inline constexpr std::size_t sheets = 15;

[[nodiscard]] html::shape shape_of(sheet sheet);

class book {
  public:
    // Sentences, one a fault.
    [[nodiscard]] static std::expected<book, std::string> compile(
        std::span<const html::template_source> sources, const lang::languages& languages);

    // Appends the sheet in that language.
    void render(sheet sheet, const lang::language& language, const html::view& view, std::string& out) const {
        pages_.at(language.code())[static_cast<std::size_t>(sheet)].render(view, out);
    }

  private:
    std::map<std::string, std::vector<html::page_template>, std::less<>> pages_;
};

}  // namespace pages
