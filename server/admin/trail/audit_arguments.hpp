// audit-verify as it stands on the command line. Knows CLI11, as main does.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace admin {

// chosen: what the verb that was given does; its exit status.
void add_audit_verify(CLI::App& program, std::function<int()>& chosen);

}  // namespace admin
