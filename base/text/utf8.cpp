#include "base/text/utf8.hpp"

#include <iterator>

#include <boost/locale/utf.hpp>

namespace base {

namespace utf = boost::locale::utf;
using bytes = utf::utf_traits<char>;

std::optional<char32_t> take_point(std::string_view& rest) {
    const auto* at = rest.data();
    const auto point = bytes::decode(at, rest.data() + rest.size());
    if (!utf::is_valid_codepoint(point)) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(at - rest.data()));
    return point;
}

std::size_t utf8_sequence(std::string_view text) {
    const auto before = text.size();
    return take_point(text) ? before - text.size() : 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!take_point(text)) return false;
    return true;
}

void append_utf8(std::string& to, char32_t point) { bytes::encode(point, std::back_inserter(to)); }

}  // namespace base
