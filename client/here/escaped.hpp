// Texts of reporters, and of a server that may lie, as a terminal may show them: no control character, no
// invisible change of direction, so that what is seen is what is there.
#pragma once

#include <string>
#include <string_view>

namespace client {

// C0 (but newline and tab), DEL, C1, bidi controls and marks, line separators, tags and other invisible
// orders are shown as \uXXXX, as in JSON (so escaped JSON is still the same JSON); bytes that are not
// UTF-8 as \xNN.
[[nodiscard]] std::string escaped(std::string_view text);

// The same for one line: newline and tab too are shown as escapes.
[[nodiscard]] std::string escaped_line(std::string_view text);

}  // namespace client
