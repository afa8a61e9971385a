#include "server/api/parameters.hpp"

#include <algorithm>
#include <charconv>

#include "server/http/query.hpp"

namespace api {

namespace {

// Of what was only mistyped. Anything else is not sent back.
bool is_a_name(std::string_view text) {
    constexpr std::size_t longest = 40;
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

}  // namespace

parameters::parameters(std::string_view query) {
    auto read = http::parse_query(query);
    if (read)
        given_ = std::move(*read);
    else
        add("", "formaat",
            "The query cannot be read: write it as name=value&name=value in percent-encoded UTF-8.");
}

void parameters::add(std::string_view name, std::string_view code, std::string_view detail) {
    found_.push_back({std::string(name), std::string(code), std::string(detail)});
}

std::optional<std::string> parameters::text(std::string_view name, std::size_t most) {
    asked_.emplace_back(name);
    std::optional<std::string> out;
    for (const auto& [key, value] : given_) {
        if (key != name) continue;
        if (out) add(name, "dubbel", "This parameter is in the query twice.");
        if (value.size() > most) add(name, "lengte", "This value is too long.");
        out = value;
    }
    return out;
}

std::int64_t parameters::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) {
    auto given = text(name);
    if (!given) return otherwise;
    std::int64_t out = 0;
    auto [end, bad] = std::from_chars(given->data(), given->data() + given->size(), out);
    bool whole = bad == std::errc() && end == given->data() + given->size();
    if (whole && least <= out && out <= most) return out;
    add(name, whole ? "waarde" : "formaat",
        "This must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
    return otherwise;
}

bool parameters::boolean(std::string_view name, bool otherwise) {
    auto given = text(name);
    if (!given) return otherwise;
    if (*given != "true" && *given != "false") add(name, "formaat", "This must be true or false.");
    return *given == "true";
}

std::string_view parameters::one_of(std::string_view name, std::span<const std::string_view> codes,
                                    std::string_view otherwise) {
    const auto given = text(name);
    if (!given || given->empty()) return otherwise;
    const auto at = std::ranges::find(codes, *given);
    if (at != codes.end()) return *at;
    std::string all;
    for (const auto code : codes) all += (all.empty() ? "" : ", ") + std::string(code);
    add(name, "onbekende-code", "This must be one of: " + all + ".");
    return otherwise;
}

protocol::faults parameters::finish() {
    for (const auto& [name, value] : given_) {
        if (std::ranges::find(asked_, name) != asked_.end()) continue;
        asked_.push_back(name);  // told once
        add(is_a_name(name) ? std::string_view(name) : "", "onbekend-lid",
            "There is no parameter with this name.");
    }
    return std::move(found_);
}

}  // namespace api
