// loketten.json and routering.json as somebody wrote them, before they are signed. What is signed is read
// with unknown members left aside, because it may come from a later version; here each of them is a typing
// error.
#pragma once

#include <expected>
#include <vector>

#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/json.hpp"
#include "server/guide/data_files.hpp"
#include "server/guide/gemeenten.hpp"

namespace admin {

// Every fault at once.
template <class T>
using held_against = std::expected<T, std::vector<guide::fault>>;

// The desks of schema/loketten.json, without leads.
[[nodiscard]] held_against<std::vector<protocol::desk_entry>> read_default_desks(
    const guide::data_files& schema);

// The object of schema/routering.json: no key and no code in it is unknown.
[[nodiscard]] held_against<protocol::json::object> read_rules(const guide::data_files& schema,
                                                              const guide::gemeenten& gemeenten);

}  // namespace admin
