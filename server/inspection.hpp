// `bakend --check`: everything that a start would read, looked at beside a running server too, and what was
// seen of each. What is not in the list was not looked at.
#pragma once

#include <string>
#include <vector>

#include "server/config/config.hpp"

struct inspected {
    std::string what;                 // "certificate"
    std::string saw;                  // where it lies and what it is; empty where faults say it
    std::vector<std::string> notes;   // sentences: somebody should do something
    std::vector<std::string> faults;  // sentences: a start would be refused, or something would not work
};

// Reads only.
[[nodiscard]] std::vector<inspected> inspect(const config::config& config);

// The list as lines for people; of a fault only that there is one: its sentence goes to standard error.
[[nodiscard]] std::string shown(const std::vector<inspected>& all);
