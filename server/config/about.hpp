// Who runs an installation (the keys about-… of bakend.toml): what its pages say of it, in the operator's
// words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/protocol/calendar.hpp"

namespace config {

class reader;

struct about {
    std::string name, controller, contact, security;
    std::optional<protocol::day> day;
};

[[nodiscard]] about read_about(reader& r);

// The keys that nobody filled in, in the order of the table.
[[nodiscard]] std::vector<std::string> missing(const about& of);

}  // namespace config
