#include "server/pages/padding.hpp"

#include <algorithm>
#include <string_view>

namespace pages {

void pad(std::string& html) {
    constexpr std::string_view open = "<!--", close = "-->";
    const auto least = html.size() + open.size() + close.size();
    const auto wanted = std::max((least + page_step - 1) / page_step * page_step, least_page);
    html += open;
    html.append(wanted - least, ' ');
    html += close;
}

}  // namespace pages
