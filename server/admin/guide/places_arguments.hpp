// places-import as it stands on the command line. Knows CLI11, as main does.
#pragma once

#include "server/admin/arguments.hpp"

namespace admin {

// chosen: what the verb that was given does; its exit status.
void add_places_import(CLI::App& program, verb& chosen);

}  // namespace admin
