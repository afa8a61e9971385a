// Any bytes as a query of the interface: values keep to their bounds, faults name known codes only, and where
// there is no fault, the values are those that a second reader finds, each given once.
#include "server/api/parameters.hpp"

#include <algorithm>
#include <regex>

#include "tests/fuzz/percent.hpp"
#include "tests/fuzz/target.hpp"

namespace {

constexpr std::string_view codes[] = {"formaat", "dubbel", "lengte", "waarde", "onbekend-lid"};
constexpr std::string_view names[] = {"na", "aantal", "metBody"};

// What may be sent back of a name that nobody asked for.
bool is_plain(std::string_view text) {
    static const std::regex plain("[A-Za-z_-]{0,40}");
    return std::regex_match(text.begin(), text.end(), plain);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    api::parameters query(text);
    const auto cursor = query.text("na", 20);
    const auto number = query.number("aantal", 50, 1, 200);
    const bool yes = query.boolean("metBody", false);
    const auto found = query.finish();
    must(number >= 1 && number <= 200);
    for (const auto& one : found) {
        must(std::ranges::find(codes, one.code) != std::end(codes) && one.detail.ends_with('.'));
        const bool known = std::ranges::find(names, one.location) != std::end(names);
        must(one.location.empty() || known != (one.code == "onbekend-lid"));
        must(known || is_plain(one.location));
    }
    if (!found.empty()) return 0;

    const auto pairs = percent::pairs(text.starts_with('?') ? text.substr(1) : text);
    const auto given = [&](std::string_view name) -> std::optional<std::string> {
        const auto at = std::ranges::find(pairs, name, &std::pair<std::string, std::string>::first);
        return at == pairs.end() ? std::nullopt : std::optional(at->second);
    };
    for (const auto& [name, value] : pairs) {
        must(std::ranges::find(names, name) != std::end(names));
        must(std::ranges::count(pairs, name, &std::pair<std::string, std::string>::first) == 1);
    }
    must(cursor == given("na") && (!cursor || cursor->size() <= 20));
    static const std::regex whole("0*(1?[0-9]?[0-9]|200)");
    const auto aantal = given("aantal");
    must(aantal ? std::regex_match(*aantal, whole) && std::stol(*aantal) == number : number == 50);
    must(given("metBody").value_or("false") == (yes ? "true" : "false"));
    return 0;
}
