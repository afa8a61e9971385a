#include "base/municipalities/went_up.hpp"

#include <algorithm>

#include "went_up_municipalities.hpp"

namespace municipalities {
namespace {

// Splits off the first field; the table is ours, so it has four on each line.
std::string_view take_field(std::string_view& line) {
    const auto field = line.substr(0, line.find('\t'));
    line.remove_prefix(std::min(field.size() + 1, line.size()));
    return field;
}

}  // namespace

std::optional<successor> went_up_in(std::string_view code) {
    if (!code.starts_with("GM")) return std::nullopt;  // the lines of the table, not its head
    auto rest = embedded::went_up_municipalities()[0].text;
    while (!rest.empty()) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (take_field(line) != code) continue;
        successor out;
        for (auto* field : {&out.name, &out.into, &out.since}) *field = take_field(line);
        return out;
    }
    return std::nullopt;
}

}  // namespace municipalities
