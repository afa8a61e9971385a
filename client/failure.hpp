// What is said of a failure: a sentence for people on standard error, and with --json one object for machines
// on standard output, whatever the verb.
#pragma once

#include <string>
#include <vector>

#include "client/line/refusal.hpp"

namespace desk {

// Whether --json is among them; those of `admin` are another program's.
[[nodiscard]] bool wants_json(const std::vector<std::string>& arguments);

// {"error":{"code","sentence","exit"}} on one line; code as client::code_of has it.
[[nodiscard]] std::string failure_json(const client::refusal& refusal);

// Says it; the exit status.
[[nodiscard]] int failed(const client::refusal& refusal, bool json);

}  // namespace desk
