// A file of schema/ as it was shipped, and the same with one thing changed.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "tests/checkout.hpp"

namespace shipped {

// name: "wegwijzer/hulp.toml".
inline std::string file(const std::string& name) {
    std::ifstream in(std::string(checkout::schema) + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The first `from` in it, which must be there, became `to`; where that began.
struct change {
    std::string text;
    std::size_t at;
};
inline change changed_file(const std::string& name, const std::string& from, const std::string& to) {
    change out{file(name), 0};
    out.at = out.text.find(from);
    REQUIRE(out.at != std::string::npos);
    out.text.replace(out.at, from.size(), to);
    return out;
}

}  // namespace shipped
