// The framing guard: decides over the raw bytes of a request header, before anything else looks at them, and
// hands on only what every HTTP/1.1 implementation reads alike (RFC 9112). Whatever two readers could take
// differently is refused, not repaired; after a refusal the connection must close.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace http {

inline constexpr std::size_t longest_method = 16;    // bytes
inline constexpr std::size_t longest_target = 4096;  // bytes
inline constexpr std::size_t most_fields = 64;

// A status (400, 411, 414, 417, 421, 431, 501, 505) and one fixed sentence that repeats nothing of the
// request.
struct refusal {
    unsigned status;
    std::string_view why;
};

// Looks for the empty line that ends a header. Returns the header's size including that line, 0 while it is
// incomplete, or a refusal as soon as a line cannot be one of ours (bare CR or LF, a control character):
// nobody has to wait for the end of what is refused anyway. `already` bytes were looked at by earlier calls.
[[nodiscard]] std::expected<std::size_t, refusal> header_size(std::string_view received,
                                                              std::size_t already = 0);

// `raw_head` is everything up to and including the first empty line, `names` the authorities this server
// answers to: lower case, without ":443", with any other port ("localhost:8443", "[::1]:8443").
//
// Passes: lines that end in CRLF; `METHOD SP target SP HTTP/1.1`, the target in origin form (or `OPTIONS *`),
// visible ASCII without `"#<>\`, well-formed escapes; fields whose name is a token directly followed by a
// colon and whose value is visible ASCII, spaces and tabs; exactly one Host, one of `names` (also with the
// dot of the root behind its name); at most one
// Content-Length, 1 to 18 digits, which POST, PUT and PATCH must have. Refuses: 400 anything else in syntax,
// Host or Content-Length; 411 no Content-Length; 414 a target over `longest_target`; 417 any Expect but
// 100-continue; 421 a Host that is not ours; 431 over `most_fields`; 501 any Transfer-Encoding; 505 any
// version but HTTP/1.1. Upgrade is ignored.
[[nodiscard]] std::expected<head, refusal> guard(std::string_view raw_head,
                                                 const std::vector<std::string>& names);

}  // namespace http
