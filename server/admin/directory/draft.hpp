// The draft of a directory: what is carried from the server to the machine that holds the root key, edited by
// a person on the way. A directory with vorige.jws and routering.vorige.json (the directory in force and its
// table, exact bytes; absent before the first), routering.json and loketten.json.
#pragma once

#include <string>
#include <string_view>

#include "client/line/refusal.hpp"

namespace admin {

struct draft {
    std::string vorige;        // the token in force; empty: there is none yet
    std::string table_before;  // the table that it signs; empty likewise
    std::string table;  // exact bytes of the table to be signed: those of routering.json, or of the one
                        // before where the two say the same
    std::string desks;  // desks_file.hpp
};

// A new directory, whole or not at all: a draft that lost its vorige.jws would be signed as a first one.
[[nodiscard]] client::result<void> write_draft(const std::string& path, const draft& draft);

// ", line 12, column 7" of the first place that is not strict JSON; "" where the text is.
[[nodiscard]] std::string fault_place(std::string_view json);

// Refused naming every file that is missing or cannot be read.
[[nodiscard]] client::result<draft> read_draft(const std::string& path);

}  // namespace admin
