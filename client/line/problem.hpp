// What a server says when it does not do what was asked (RFC 9457 problem+json, api.md), read for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/line/http.hpp"
#include "client/line/refusal.hpp"

namespace client {

struct problem {
    std::string detail;              // one sentence of the server's; empty where it gave none
    std::vector<std::string> codes;  // of `errors`
    std::vector<std::string> lines;  // "location: detail" of each
    [[nodiscard]] bool has(std::string_view code) const;
};

// Of any answer; what cannot be read is left empty.
[[nodiscard]] problem read_problem(const answer& answer);

// A sentence for an answer that is no success: what it was that failed ("The report was not stored"), then
// what the server says of it.
[[nodiscard]] refusal refused(std::string_view what, const answer& answer);

}  // namespace client
