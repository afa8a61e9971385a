// What reaches the terminal. Texts of reporters, and of a server that may lie, pass through escaped().
// Secrets are written straight from their memory, past every buffer.
#pragma once

#include <string>
#include <string_view>

#include "client/here/escaped.hpp"

namespace desk {

using client::escaped;
using client::escaped_line;

// All of it to standard output or standard error; false where it cannot be written (a closed pipe, a
// full disk).
[[nodiscard]] bool print(std::string_view text);
bool print_error(std::string_view text);

// "baken: " and the sentence, escaped, to standard error; cut to its width where that is a terminal, so that
// no word of a server's begins at the left edge.
void print_sentence(std::string_view sentence);

// Progress, on standard error and only where that is a terminal.
void progress(std::string_view text);

}  // namespace desk
