// The verbs about a store as a whole, as they stand on the command line: backup, backup-keygen, restore,
// destroyed, copy. Knows CLI11, as main does.
#pragma once

#include "server/admin/arguments.hpp"

namespace admin {

void add_backup_verbs(CLI::App& program, verb& chosen);

}  // namespace admin
