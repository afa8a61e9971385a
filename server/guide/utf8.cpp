// The strict decoder: length by the first byte, then the range that rules out overlong forms and surrogates.
#include "server/guide/utf8.hpp"

#include <cstddef>

namespace guide {
namespace {

struct form {
    std::size_t length;
    char32_t first_bits;
    char32_t least;  // below it the form would be overlong
};

std::optional<form> form_of(unsigned char first) {
    if (first < 0x80) return form{1, first, 0};
    if (first >= 0xC2 && first <= 0xDF) return form{2, first & 0x1Fu, 0x80};
    if (first >= 0xE0 && first <= 0xEF) return form{3, first & 0x0Fu, 0x800};
    if (first >= 0xF0 && first <= 0xF4) return form{4, first & 0x07u, 0x10000};
    return std::nullopt;
}

}  // namespace

std::optional<char32_t> next_code_point(std::string_view& rest) {
    const auto shape = form_of(static_cast<unsigned char>(rest.front()));
    if (!shape || rest.size() < shape->length) return std::nullopt;
    char32_t point = shape->first_bits;
    for (std::size_t i = 1; i < shape->length; ++i) {
        const auto byte = static_cast<unsigned char>(rest[i]);
        if ((byte & 0xC0u) != 0x80u) return std::nullopt;
        point = (point << 6) | (byte & 0x3Fu);
    }
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < shape->least || point > 0x10FFFF || surrogate) return std::nullopt;
    rest.remove_prefix(shape->length);
    return point;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        if (!next_code_point(text)) return false;
    }
    return true;
}

}  // namespace guide
