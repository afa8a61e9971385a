#include "server/admin/directory/compose.hpp"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/hash.hpp"
#include "crypto/protocol/routing.hpp"
#include "server/admin/directory/routing_files.hpp"

namespace admin {
namespace {

namespace json = protocol::json;

// Every fault, a line each.
std::unexpected<client::refusal> refused(const std::vector<guide::fault>& faults) {
    std::string all;
    for (const auto& one : faults) all += (all.empty() ? "" : "\n") + text(one);
    return client::refuse(std::move(all));
}

json::object copy(const json::object& from) { return json::object(from, json::storage_ptr()); }

std::string hash(const std::string& bytes) { return crypto::hash_text(crypto::as_bytes(bytes)); }

}  // namespace

std::string write_table(const json::object& table) {
    std::string out = "{";
    std::string_view between = "\n";
    for (const auto& member : table) {
        const auto name = protocol::to_text(json::value(member.key()));
        const auto* list = member.value().if_array();
        const auto* map = member.value().if_object();
        std::vector<std::string> lines;
        if (list)
            for (const auto& one : *list) lines.push_back(protocol::to_text(one));
        if (map)
            for (const auto& one : *map)
                lines.push_back(fmt::format("{}: {}", protocol::to_text(json::value(one.key())),
                                            protocol::to_text(one.value())));
        const auto value = lines.empty() ? protocol::to_text(member.value())
                                         : fmt::format("{}\n    {}\n  {}", list ? '[' : '{',
                                                       fmt::join(lines, ",\n    "), list ? ']' : '}');
        out += fmt::format("{}  {}: {}", std::exchange(between, ",\n"), name, value);
    }
    return out + "\n}\n";
}

std::string for_editing(const std::string& table) {
    auto read = protocol::parse_object(table);
    return read ? write_table(*read) : table;
}

bool investigates(std::string_view soort) {
    return soort == "politie" || soort == "arbeid" || soort == "grens";
}

client::result<std::vector<protocol::desk_entry>> default_desks(const guide::data_files& schema) {
    auto desks = read_default_desks(schema);
    if (!desks) return refused(desks.error());
    return std::move(desks->desks);
}

client::result<std::string> first_table(const guide::data_files& schema, const guide::gemeenten& gemeenten,
                                        protocol::day today) {
    const auto rules = read_rules(schema, gemeenten);
    if (!rules) return refused(rules.error());
    auto table = copy(rules->object);
    json::object places;
    for (const auto& gemeente : gemeenten.all())
        places[gemeente.code] = json::object{{"regio", gemeente.loket}, {"zorg", "zorg"}};
    table["datum"] = today.text();
    table["gemeenten"] = std::move(places);
    auto bytes = write_table(table);
    if (auto read = protocol::routing_table::read(bytes); !read)
        return client::refuse((schema / "routering.json").string() + ": " +
                              std::string(protocol::text(read.error())));
    return bytes;
}

client::result<std::string> next_table(const std::string& current, const new_desk& desk,
                                       protocol::day today) {
    if (desk.gemeenten.empty()) return current;
    auto read = protocol::parse_object(current);
    if (!read) return client::refuse(std::string(protocol::text(read.error())));
    auto table = copy(*read);
    auto& places = table["gemeenten"].as_object();
    for (const auto& code : desk.gemeenten) {
        auto* place = places.if_contains(code);
        if (!place)
            return client::refuse(
                "The routing table does not have municipality " + code + "; write its code, such as GM0363.",
                client::wrong_use);
        place->as_object()[desk.entry.soort == "zorg" ? "zorg" : "regio"] = desk.entry.id;
    }
    table["versie"] = table["versie"].as_int64() + 1;
    table["datum"] = today.text();
    return write_table(table);
}

protocol::gids next_gids(const protocol::gids& current, const std::string& table, protocol::day today) {
    protocol::gids out = current;
    out.versie = current.versie + 1;
    out.vorige = current.hash;
    out.datum = today;
    out.tot = today + protocol::gids_days;
    out.routering = hash(table);
    return out;
}

protocol::gids first_gids(std::vector<protocol::desk_entry> desks, const crypto::sign_public& log_key,
                          const std::string& table, protocol::day today) {
    protocol::gids out;
    out.versie = 1;
    out.datum = today;
    out.tot = today + protocol::gids_days;
    out.logboek = log_key;
    out.routering = hash(table);
    out.loketten = std::move(desks);
    return out;
}

}  // namespace admin
