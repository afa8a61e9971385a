// The tables as shipped, read here a second time and in the plainest way: what the guide answers is held
// against the lines of the files, not against the guide's own reading of them.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "server/places/gemeenten.hpp"
#include "tests/checkout.hpp"

namespace shipped {

inline const std::filesystem::path& schema() {
    static const std::filesystem::path path = checkout::schema;
    return path;
}

inline std::vector<std::string> parts(const std::string& line, char separator) {
    std::vector<std::string> out{""};
    for (const char c : line) {
        if (c == separator) {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

// The rows behind the header of schema/places/<name>.
inline std::vector<std::vector<std::string>> rows(const std::string& name) {
    std::ifstream in(schema() / "places" / name);
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with('#')) out.push_back(parts(line, '\t'));
    }
    if (out.empty()) throw std::runtime_error(name + " cannot be read");
    out.erase(out.begin());
    return out;
}

inline const guide::gemeenten& guide() {
    static const guide::gemeenten loaded = [] {
        auto read = guide::gemeenten::load(schema());
        if (read) return std::move(*read);
        std::string all;
        for (const auto& fault : read.error()) all += text(fault) + "\n";
        throw std::runtime_error(all);
    }();
    return loaded;
}

}  // namespace shipped
