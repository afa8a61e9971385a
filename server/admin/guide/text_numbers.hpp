// Telephone numbers that stand in the texts of the guide, where nobody verifies them: each must be that of an
// organisation or of a help entry that visitors see, so that a number that changed is found everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/domain_files/data_files.hpp"
#include "server/guide/handbook.hpp"

namespace admin {

struct text_number {
    std::string dialled;  // in the Netherlands, "08002000", "0334481186", "116111"; "+4420…" from elsewhere
    std::string written;  // as it stands in the text
    bool operator==(const text_number&) const = default;
};

// In the order of the text, as people write them: with spaces, hyphens, full stops, slashes or parentheses
// between the digits. Not three digits alone (112), nothing in an address on the web, and no days or hours.
[[nodiscard]] std::vector<text_number> numbers_in(std::string_view text);

// Adds one fault for each number in a text of schema/wegwijzer/ that visitors see of nobody on this day.
void look_at_numbers(const guide::data_files& schema, const guide::handbook& handbook, protocol::day today,
                     std::vector<guide::fault>& faults);

}  // namespace admin
