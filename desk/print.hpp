// What reaches the terminal. Texts of reporters, and of a server that may lie, pass through escaped(): no
// control character, no invisible change of direction, so that what is seen is what is there. Secrets are
// written straight from their memory, past every buffer.
#pragma once

#include <string>
#include <string_view>

namespace desk {

// C0 (but newline and tab), DEL, C1, bidi controls and marks, line separators, tags and other invisible
// orders are shown as \uXXXX, as in JSON (so escaped JSON is still the same JSON); bytes that are not
// UTF-8 as \xNN.
[[nodiscard]] std::string escaped(std::string_view text);

// The same for one line: newline and tab too are shown as escapes.
[[nodiscard]] std::string escaped_line(std::string_view text);

// All of it to standard output or standard error; false where it cannot be written (a closed pipe, a
// full disk).
[[nodiscard]] bool print(std::string_view text);
bool print_error(std::string_view text);

// Progress, on standard error and only where that is a terminal.
void progress(std::string_view text);

}  // namespace desk
