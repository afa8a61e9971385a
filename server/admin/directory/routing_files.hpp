// loketten.json and routering.json as somebody wrote them, before they are signed. What is signed is read
// with unknown members left aside, because it may come from a later version; here each of them is a typing
// error.
#pragma once

#include <expected>
#include <vector>

#include "crypto/protocol/documents.hpp"
#include "server/domain_files/data_files.hpp"
#include "server/domain_files/json_file.hpp"
#include "server/places/gemeenten.hpp"

namespace admin {

// Every fault at once.
template <class T>
using held_against = std::expected<T, std::vector<guide::fault>>;

// The desks of schema/loketten.json, without leads.
struct desks_read {
    guide::json_file file;
    std::vector<protocol::desk_entry> desks;  // in its order
};
[[nodiscard]] held_against<desks_read> read_default_desks(const guide::data_files& schema);

// schema/routering.json: no key and no code in it is unknown.
[[nodiscard]] held_against<guide::json_file> read_rules(const guide::data_files& schema,
                                                        const guide::gemeenten& gemeenten);

}  // namespace admin
