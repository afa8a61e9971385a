// What the national administrator signs: the routing table and the directory, made from the domain's data or
// from the version before. Values in, values out.
#pragma once

#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/json.hpp"
#include "server/places/gemeenten.hpp"

namespace admin {

// The desks of schema/loketten.json, without leads.
[[nodiscard]] client::result<std::vector<protocol::desk_entry>> default_desks(
    const guide::data_files& schema);

// A routing table as people edit it: indented, a rule and a municipality a line, in their order. These are
// the bytes that are hashed and signed.
[[nodiscard]] std::string write_table(const protocol::json::object& table);
// The same table in that form; what cannot be read stays as it is.
[[nodiscard]] std::string for_editing(const std::string& table);

// The first routing table: the rules of schema/routering.json, and every municipality with its region's desk.
[[nodiscard]] client::result<std::string> first_table(const guide::data_files& schema,
                                                      const guide::gemeenten& gemeenten, protocol::day today);

// A desk to be added. opsporing follows its kind.
struct new_desk {
    protocol::desk_entry entry;
    std::vector<std::string> gemeenten;  // whose region desk (kind zorg: care desk) it becomes
};
[[nodiscard]] bool investigates(std::string_view soort);

// The table with these municipalities moved to the desk, as its next version; the same bytes where
// there are none.
[[nodiscard]] client::result<std::string> next_table(const std::string& current, const new_desk& desk,
                                                     protocol::day today);

// The directory that follows `current` with this table, unsigned: versie, vorige, datum, tot, routering
// are set.
[[nodiscard]] protocol::gids next_gids(const protocol::gids& current, const std::string& table,
                                       protocol::day today);
[[nodiscard]] protocol::gids first_gids(std::vector<protocol::desk_entry> desks,
                                        const crypto::sign_public& log_key, const std::string& table,
                                        protocol::day today);

}  // namespace admin
