// A second reader of application/x-www-form-urlencoded (WHATWG URL §5.1), written from the page alone: bytes
// in, pairs of bytes out, nothing repaired and nothing refused.
#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace percent {

inline bool is_hex(char c) {
    return std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos;
}

inline std::string decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.size() >= 3 && text[0] == '%' && is_hex(text[1]) && is_hex(text[2])) {
            out += static_cast<char>(std::stoi(std::string(text.substr(1, 2)), nullptr, 16));
            text.remove_prefix(3);
            continue;
        }
        out += text[0] == '+' ? ' ' : text[0];
        text.remove_prefix(1);
    }
    return out;
}

// A "%" that no two digits follow.
inline bool broken(std::string_view text) {
    for (auto at = text.find('%'); at != text.npos; at = text.find('%', at + 1))
        if (text.size() - at < 3 || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return true;
    return false;
}

// Pieces between "&", the empty ones left out; the name ends at the first "=".
inline std::vector<std::pair<std::string, std::string>> pairs(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> out;
    std::istringstream pieces{std::string(text)};
    for (std::string piece; std::getline(pieces, piece, '&');) {
        if (piece.empty()) continue;
        const auto equals = std::min(piece.find('='), piece.size());
        out.emplace_back(decoded(piece.substr(0, equals)),
                         decoded(piece.substr(std::min(equals + 1, piece.size()))));
    }
    return out;
}

}  // namespace percent
