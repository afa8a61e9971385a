// The list of municipalities that Statistics Netherlands publishes beside its addresses (gem<year>.csv):
// number and name, so that a report can say what a number is called.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain_files/fault.hpp"

namespace guide {

// By number. text: the whole file, UTF-8 or Latin-1 (older years); file: its name, for faults.
[[nodiscard]] std::map<unsigned, std::string> municipality_names(std::string_view text,
                                                                 const std::string& file,
                                                                 std::vector<fault>& faults);

}  // namespace guide
