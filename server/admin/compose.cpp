#include "server/admin/compose.hpp"

#include "crypto/hash.hpp"
#include "crypto/protocol/routing.hpp"
#include "server/admin/routing_files.hpp"

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
    auto bytes = protocol::to_text(table);
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
            return client::refuse("There is no municipality " + code + " in the routing table.",
                                  client::wrong_use);
        place->as_object()[desk.entry.soort == "zorg" ? "zorg" : "regio"] = desk.entry.id;
    }
    table["versie"] = table["versie"].as_int64() + 1;
    table["datum"] = today.text();
    return protocol::to_text(table);
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
