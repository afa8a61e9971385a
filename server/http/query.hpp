// application/x-www-form-urlencoded (WHATWG URL, section 5), read strictly: a query of ours is made by a form
// or a program, so what is not well-formed is refused instead of guessed at.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>
#include <vector>

#include "server/http/errc.hpp"
#include "server/http/message.hpp"

namespace http {

inline constexpr std::size_t most_pairs = 32;

// "?a=b&c=d" (head.query as it is; the "?" may be missing) to its pairs, in order, decoded: "+" is a space,
// %XX a byte, the whole valid UTF-8 without control characters. A name without "=" has an empty value; an
// empty query has no pairs. A name that stands twice is kept twice: the caller decides.
[[nodiscard]] std::expected<std::vector<field>, errc> parse_query(std::string_view query,
                                                                  std::size_t at_most = most_pairs);

}  // namespace http
