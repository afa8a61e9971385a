// Where and why a text is not the JSON that this protocol takes, for the person who wrote it or whose program
// did.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace protocol {

struct json_fault {
    std::size_t line = 1, column = 1;  // counted from 1, columns in characters
    std::string_view sentence;         // "this is not UTF-8; …", without a full stop; never what was written
};

// Nothing where parse_json takes the text.
[[nodiscard]] std::optional<json_fault> fault_of_json(std::string_view text);

// "Line 3, column 17: …."
[[nodiscard]] std::string text(const json_fault& fault);

}  // namespace protocol
