// The data as shipped with one thing changed, in a directory that stands in for it.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "server/admin/guide/guide_check.hpp"
#include "tests/checkout.hpp"
#include "tests/unit/client/scratch.hpp"
#include "tests/unit/guide/shipped_file.hpp"

namespace changed_data {

inline const protocol::day today = *protocol::day::parse("2026-11-22");

// A directory with one file of schema/, in which `from` became `to`.
struct own : scratch {
    own(const std::string& name, const std::string& from, const std::string& to) {
        std::filesystem::create_directories(std::filesystem::path(*this / name).parent_path());
        write(name, shipped::changed_file(name, from, to).text);
    }
    [[nodiscard]] admin::guide_findings found(protocol::day on = today) const {
        return admin::look_through_guide({checkout::schema, path}, on);
    }
};

// Whether a fault of this file says so, and on which line of the file it stands.
inline bool on_a_line(const std::vector<guide::fault>& faults, const std::string& file,
                      const std::string& says) {
    return std::ranges::any_of(faults, [&](const guide::fault& one) {
        return one.line > 0 && one.file.ends_with("/" + file) && one.sentence.starts_with(says);
    });
}

inline std::string all(const std::vector<guide::fault>& faults) {
    std::string out;
    for (const auto& one : faults) out += text(one) + "\n";
    return out;
}

}  // namespace changed_data
