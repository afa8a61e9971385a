// Walks UTF-8 by the table of RFC 3629, section 4.
#include "web/http/utf8.hpp"

namespace http {
namespace {

// How many bytes a sequence with this first byte has, and what its second may be: there alone overlong forms,
// surrogates and numbers over U+10FFFF can be told from good ones.
struct shape {
    std::size_t length = 0;
    unsigned lowest = 0x80;
    unsigned highest = 0xbf;
};

shape shape_of(unsigned first) {
    if (first < 0x80) return {.length = 1};
    if (first < 0xc2) return {};
    if (first < 0xe0) return {.length = 2};
    if (first == 0xe0) return {.length = 3, .lowest = 0xa0};
    if (first == 0xed) return {.length = 3, .highest = 0x9f};
    if (first < 0xf0) return {.length = 3};
    if (first == 0xf0) return {.length = 4, .lowest = 0x90};
    if (first < 0xf4) return {.length = 4};
    if (first == 0xf4) return {.length = 4, .highest = 0x8f};
    return {};
}

}  // namespace

std::size_t utf8_sequence(std::string_view text) {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t at) {
        return static_cast<unsigned>(static_cast<unsigned char>(text[at]));
    };
    const auto [length, lowest, highest] = shape_of(byte(0));
    if (length == 0 || length > text.size()) return 0;
    if (length > 1 && (byte(1) < lowest || byte(1) > highest)) return 0;
    for (std::size_t at = 2; at < length; ++at)
        if (byte(at) < 0x80 || byte(at) > 0xbf) return 0;
    return length;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace http
