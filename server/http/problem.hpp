// Errors as application/problem+json (RFC 9457), naming all faults of an input at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace http {

// One fault of an input; `code` comes from the closed list in the OpenAPI document.
struct fault {
    std::string in;        // "body", "query", "path" or "header"
    std::string location;  // JSON pointer into the body, or the name
    std::string code;
    std::string detail;
};

// The answer: type, status, title, detail and, where there are faults, errors. Nothing in it is escaped by
// the caller. `detail` is left away where it is empty.
[[nodiscard]] response problem(unsigned status, std::string_view title, std::string_view detail,
                               const std::vector<fault>& faults = {}, std::string_view type = "about:blank");

}  // namespace http
