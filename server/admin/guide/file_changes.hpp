// What two versions of the domain's data say differently, file by file and entry by entry: also what decides
// no way and no step, such as a telephone number.
#pragma once

#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "server/domain_files/data_files.hpp"

namespace admin {

// Lines for people, in the order of guide::read_files; empty where no file says anything else. A file in
// which only comments or the layout differ has a line in `unsaid`.
struct file_changes {
    std::vector<std::string> lines, unsaid;
};
[[nodiscard]] client::result<file_changes> compare_files(const guide::data_files& before,
                                                         const guide::data_files& after);

}  // namespace admin
