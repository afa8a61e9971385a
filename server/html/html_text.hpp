// Text as it stands in HTML, between tags or in a double-quoted attribute (also in a textarea or a title):
// the five characters that could end either are written as character references. Every other byte stays what
// it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace html {

void append_html_text(std::string& to, std::string_view text);
// How many bytes that appends.
[[nodiscard]] std::size_t html_text_size(std::string_view text);

}  // namespace html
