// The options of one verb as CLI11 reads them: what every verb's reader works with. Only units named
// …arguments.cpp include it.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "client/arguments.hpp"

namespace desk {

using words = std::vector<std::string>;

// Wrong use, with its mend.
[[nodiscard]] leaflet wrong(std::string sentence);

// The options of one verb, what they fill, and what of it cannot be right whatever the server says.
struct form {
    CLI::App app;
    std::function<std::string()> fault = [] { return std::string(); };
    form(std::string_view name, std::string_view duty, std::string_view example);
};

void ask_for_server(CLI::App& app, place_flags& place);
void ask_for_desk(CLI::App& app, place_flags& place);
// A report's id, or several, or their beginnings (whole_ids.hpp); what is none, for form::fault.
void ask_for_id(CLI::App& app, std::string& id);
void ask_for_ids(CLI::App& app, std::vector<std::string>& ids);
[[nodiscard]] std::string fault_of_ids(const std::vector<std::string>& ids);
// Where a beginning is not enough: what it is typed for cannot be undone.
[[nodiscard]] std::string fault_of_whole_id(const std::string& id);

void ask_for_json(CLI::App& app, bool& json, const char* what = "one JSON object");

[[nodiscard]] std::expected<void, leaflet> fill(form& form, const words& arguments);
template <class Order>
std::expected<order, leaflet> filled(form& form, Order& out, const words& arguments) {
    if (auto ok = fill(form, arguments); !ok) return std::unexpected(ok.error());
    return order(std::move(out));
}

using reader = std::expected<order, leaflet> (*)(form&, const words&);

}  // namespace desk
