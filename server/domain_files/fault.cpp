// A fault as the line an operator reads.
#include "server/domain_files/fault.hpp"

#include <map>

#include <fmt/format.h>

namespace guide {

void append(std::vector<fault>& to, const std::vector<fault>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

std::string text(const fault& fault) {
    if (fault.line == 0) return fmt::format("{}: {}", fault.file, fault.sentence);
    return fmt::format("{}:{}: {}", fault.file, fault.line, fault.sentence);
}

std::vector<fault> shortened(const std::vector<fault>& all) {
    constexpr std::size_t most = 20;
    std::map<std::string, std::size_t> of_file;
    for (const auto& one : all) ++of_file[one.file];
    std::vector<fault> out;
    std::map<std::string, std::size_t> seen;
    for (const auto& one : all) {
        const auto number = ++seen[one.file], count = of_file[one.file];
        if (number <= most)
            out.push_back(one);
        else if (number == most + 1)
            out.push_back({one.file, 0,
                           fmt::format("and {} more fault{}", count - most, count - most == 1 ? "" : "s")});
    }
    return out;
}

}  // namespace guide
