// Text as a form or a query carries it (WHATWG URL §5), every byte escaped.
#pragma once

#include <string>
#include <string_view>

inline void escape(std::string& to, std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        to += '%';
        to += digits[byte >> 4];
        to += digits[byte & 15];
    }
}
