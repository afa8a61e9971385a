// The verbs about a store as a whole, as they stand on the command line: backup, backup-keygen, restore,
// destroyed, copy. Knows CLI11, as main does.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace admin {

// chosen: what the verb that was given does; its exit status.
void add_backup_verbs(CLI::App& program, std::function<int()>& chosen);

}  // namespace admin
