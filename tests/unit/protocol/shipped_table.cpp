#include "shipped_table.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "crypto/protocol/json.hpp"
#include "tests/checkout.hpp"

namespace shipped {
namespace {

namespace json = protocol::json;

std::string file(const std::string& name) {
    std::ifstream in(std::string(checkout::schema) + "/" + name);
    std::ostringstream out;
    out << in.rdbuf();
    if (out.str().empty()) throw std::runtime_error(name + " cannot be read");
    return out.str();
}

// The columns of each row behind the header.
std::vector<std::vector<std::string>> rows(const std::string& name) {
    std::istringstream in(file(name));
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream columns(line);
        out.emplace_back();
        for (std::string one; std::getline(columns, one, '\t');) out.back().push_back(one);
    }
    out.erase(out.begin());
    return out;
}

country build() {
    std::map<std::string, std::string> region;
    for (const auto& row : rows("places/regios.tsv")) region[row.at(0)] = row.at(2);
    auto rules = protocol::parse_object(file("routering.json")).value();
    json::object places;
    std::vector<std::string> codes;
    std::map<std::string, std::string, std::less<>> desk;
    for (const auto& row : rows("places/gemeenten.tsv")) {
        codes.push_back(row.at(0));
        desk[row.at(0)] = region.at(row.at(4));
        places[row.at(0)] = json::object{{"regio", region.at(row.at(4))}, {"zorg", "zorg"}};
    }
    rules["datum"] = "2026-11-01";
    rules["gemeenten"] = std::move(places);

    protocol::gids gids;
    const auto desks = protocol::parse_object(file("loketten.json")).value();
    for (const auto& one : desks.at("loketten").as_array()) {
        protocol::desk_entry entry;
        entry.id = one.at("id").as_string();
        entry.soort = one.at("soort").as_string();
        entry.opsporing = one.at("opsporing").as_bool();
        if (one.at("achtervang").is_string())
            entry.achtervang = std::string(one.at("achtervang").as_string());
        gids.loketten.push_back(std::move(entry));
    }
    return {protocol::routing_table::read(protocol::to_text(rules)).value(), std::move(gids),
            std::move(codes), std::move(desk)};
}

}  // namespace

const country& land() {
    static const country out = build();
    return out;
}

}  // namespace shipped
