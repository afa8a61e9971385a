// Telephone numbers that stand in the texts of the guide, where nobody verifies them: each must be that of an
// organisation or of a help entry, so that a number that changed is found everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/guide/data_files.hpp"
#include "server/guide/handbook/handbook.hpp"

namespace admin {

// As dialled, "08002000" or "+31334481186": what begins with 0 or +, is as long as a number (ten digits;
// eight behind 080 and 090, so that no date is one), and has no more than three signs between two digits.
[[nodiscard]] std::vector<std::string> numbers_in(std::string_view text);

// Adds one fault for each number in a text of schema/wegwijzer/ that nobody in the handbook has.
void look_at_numbers(const guide::data_files& schema, const guide::handbook& handbook,
                     std::vector<guide::fault>& faults);

}  // namespace admin
