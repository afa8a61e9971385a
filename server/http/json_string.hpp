// A JSON string (RFC 8259, section 7), written so that no reader can take it for anything else: everything
// outside visible ASCII that could end a string or a line is escaped, and what is not UTF-8 becomes U+FFFD.
#pragma once

#include <string>
#include <string_view>

namespace http {

// Appends `text` with its quotes.
void append_json_string(std::string& to, std::string_view text);

}  // namespace http
