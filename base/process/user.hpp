// Who this process is to the file system, for sentences about files that it may not use.
#pragma once

#include <string>

namespace process {

// The name of the effective user, or "number 1000" where nobody has given it one.
[[nodiscard]] std::string user_name();

// " by user NAME" where errno says that this user may not, "" otherwise: "FILE cannot be read by user
// nobody".
[[nodiscard]] std::string by_whom(int error);

}  // namespace process
