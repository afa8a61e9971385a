// Patterns are cut into segments once; a path is walked without being copied, apart from the parameters
// it yields.
#include "server/http/pattern.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace http {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

bool is_parameter(std::string_view text) {
    return !text.empty() && text != "." && text != ".." && std::ranges::all_of(text, is_unreserved);
}

// The first segment of "/a/b", with `path` left at "/b".
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

}  // namespace

pattern::pattern(std::string_view text) : text_(text) {
    if (!text.starts_with('/')) throw std::logic_error("a pattern begins with a slash: " + text_);
    while (!text.empty()) {
        auto part = take_segment(text);
        const bool parameter = part.starts_with('{') && part.ends_with('}') && part.size() > 2;
        if (!parameter && part.find_first_of("{}%") != part.npos)
            throw std::logic_error("a pattern has whole segments as parameters: " + text_);
        segments_.push_back(
            {.literal = parameter ? std::string() : std::string(part), .parameter = parameter});
    }
}

std::optional<std::vector<std::string>> pattern::match(std::string_view path) const {
    std::vector<std::string> parameters;
    for (const auto& segment : segments_) {
        if (!path.starts_with('/')) return std::nullopt;
        const auto part = take_segment(path);
        if (!segment.parameter) {
            if (part != segment.literal) return std::nullopt;
            continue;
        }
        if (!is_parameter(part)) return std::nullopt;
        parameters.emplace_back(part);
    }
    if (!path.empty()) return std::nullopt;
    return parameters;
}

bool pattern::covers(const pattern& other) const {
    return std::ranges::equal(segments_, other.segments_, [](const segment& mine, const segment& theirs) {
        if (!mine.parameter) return !theirs.parameter && mine.literal == theirs.literal;
        return theirs.parameter || is_parameter(theirs.literal);
    });
}

std::string_view name(method method) {
    switch (method) {
        case method::get:
            return "GET";
        case method::head:
            return "HEAD";
        case method::post:
            return "POST";
        case method::patch:
            return "PATCH";
        case method::del:
            return "DELETE";
        case method::options:
            return "OPTIONS";
        case method::other:
            break;
    }
    return "";
}

std::string allow(const std::vector<method>& methods) {
    static constexpr std::array order = {method::get,   method::head, method::post,
                                         method::patch, method::del,  method::options};
    std::string out;
    for (const auto one : order) {
        const auto served = one == method::head ? method::get : one;
        if (one != method::options && std::ranges::find(methods, served) == methods.end()) continue;
        if (!out.empty()) out += ", ";
        out += name(one);
    }
    return out;
}

}  // namespace http
