// TOML of a program's own settings, through toml++ 3.3 without its trap: a character beyond ASCII outside a
// text or comment makes that version reach __builtin_unreachable. Read only by the units that know toml++.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include <toml++/toml.h>

namespace settings {

struct fault {
    std::size_t line;  // from 1
    std::string sentence;
};

// Characters beyond ASCII may stand in comments and in texts with double quotes; a line that has one and a
// single quote is refused, because there the two cannot be told apart from here.
[[nodiscard]] std::expected<toml::table, fault> parse_toml(std::string_view utf8);

// The text with every character beyond ASCII as \uXXXX or \UXXXXXXXX, which TOML reads back in a text with
// double quotes and refuses elsewhere; comments may hold anything.
[[nodiscard]] std::expected<std::string, fault> escaped_toml(std::string_view utf8);

}  // namespace settings
