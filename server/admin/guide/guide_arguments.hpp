// The verbs about the data of the guide, as they stand on the command line: guide-check, guide-diff. Knows
// CLI11, as main does.
#pragma once

#include "server/admin/arguments.hpp"

namespace admin {

void add_guide_verbs(CLI::App& program, verb& chosen);

}  // namespace admin
