// loketten.json of a draft: the desks of the next directory as a person edits them, and the log key.
#pragma once

#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/documents.hpp"

namespace admin {

struct desks_file {
    crypto::sign_public logboek{};
    std::vector<protocol::desk_entry> loketten;
};

// {"logboek":…,"loketten":[…]}, a member a line, in the order of protocol §2.
[[nodiscard]] std::string write_desks(const desks_file& file);

// Refused with every fault at once, a sentence each: what is not strict JSON, a member that is missing,
// unknown or of the wrong kind; a desk twice, or without a lead; a lead key that is weak or stands twice; a
// fallback that is not there, or is the desk itself.
[[nodiscard]] std::expected<desks_file, std::vector<std::string>> read_desks(std::string_view text);

// The ids in such a text, whatever else is wrong with it; nothing where it is not strict JSON.
[[nodiscard]] std::optional<std::set<std::string>> desk_ids(std::string_view text);

// What may be meant, and is rarely wise: fewer than two leads; opsporing that does not follow the kind.
[[nodiscard]] std::vector<std::string> doubts(const desks_file& file);

// What may stand as a name that people read: 1 to 100 bytes of UTF-8 that somebody can see, without control
// characters and signs that nobody sees (base/text/signs.hpp: joiners where a script or picture needs them
// are allowed). A sentence without a full stop; empty where it may.
[[nodiscard]] std::string fault_of_desk_name(std::string_view name);

}  // namespace admin
