// The interface as published, and our own sources, for tests that hold one against the other.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

#include "tests/checkout.hpp"

namespace sources {

inline std::string text(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string out{std::istreambuf_iterator<char>(in), {}};
    if (out.empty()) FAIL("cannot read " << file.string());
    return out;
}

inline const boost::json::object& openapi() {
    static const auto value =
        boost::json::parse(text(std::filesystem::path(checkout::schema) / "openapi.json"));
    return value.as_object();
}

// What the document says of one route, by its path in the server's table: that of the document stands below
// its base.
inline const boost::json::object& described(std::string_view route) {
    const std::string_view base = openapi().at("servers").at(0).at("url").as_string();
    if (!route.starts_with(base)) FAIL(route << " is not below " << base);
    return openapi().at("paths").at(route.substr(base.size())).as_object();
}

// An element, or what its $ref names.
inline const boost::json::object& resolved(const boost::json::value& value) {
    const auto& object = value.as_object();
    const auto* ref = object.if_contains("$ref");
    if (!ref) return object;
    const boost::json::value* at = &value;
    std::string path = ref->as_string().c_str();
    at = nullptr;
    const boost::json::object* here = &openapi();
    for (std::size_t from = 2; from < path.size();) {
        auto to = path.find('/', from);
        auto name = path.substr(from, to == std::string::npos ? to : to - from);
        at = &here->at(name);
        here = &at->as_object();
        from = to == std::string::npos ? path.size() : to + 1;
    }
    return *here;
}

// The text of every source of these directories, not of those below them.
inline std::string code(std::initializer_list<const char*> rooms) {
    std::string out;
    auto root = std::filesystem::path(checkout::schema).parent_path();
    for (const auto* room : rooms)
        for (const auto& entry : std::filesystem::directory_iterator(root / room))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
                out += text(entry.path());
    return out;
}

}  // namespace sources
