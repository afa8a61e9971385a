// The files under schema/wegwijzer/ as they are read: tables of entries, each key with its line, so that
// whoever edits them is told where a fault stands. What the keys mean is not known here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/protocol/calendar.hpp"
#include "server/domain_files/fault.hpp"

namespace guide {

struct field;

// What stands below one [[name]], or between { and }.
struct entry {
    std::size_t line = 0;
    std::vector<field> fields;

    // Null where there is no such key.
    [[nodiscard]] const field* find(std::string_view key) const;
};

struct field {
    std::string key;
    std::size_t line = 0;
    // A list holds texts, or entries; an empty one counts as texts. Nothing: of a kind that no key here takes
    // (a fraction, a time, a list of several kinds).
    std::variant<std::monostate, bool, std::int64_t, std::string, protocol::day, std::vector<std::string>,
                 entry, std::vector<entry>>
        value;
};

// The file's own entry. A file that is missing, is not UTF-8 or is not TOML 1.0 adds one fault and is empty.
[[nodiscard]] entry read_entries(const std::filesystem::path& file, std::vector<fault>& faults);

}  // namespace guide
