// The verbs about the root key and the directory, as they stand on the command line: root-keygen, desk-add,
// directory-draft, directory-sign, directory-publish, directory-verify. Knows CLI11, as main does.
#pragma once

#include "server/admin/arguments.hpp"

namespace admin {

void add_directory_verbs(CLI::App& program, verb& chosen);

}  // namespace admin
