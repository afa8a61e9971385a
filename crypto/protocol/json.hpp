// Strict JSON (protocol §0) over Boost.JSON: what that library lets pass (duplicate names, fractions, U+0000)
// is refused here. Values live in memory that is wiped when it goes, because reports pass through it.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "crypto/plain.hpp"
#include "crypto/protocol/errc.hpp"

namespace protocol {

namespace json = boost::json;

inline constexpr std::int64_t integer_limit = std::int64_t{1}
                                              << 53;  // integers are below it, in absolute value
inline constexpr unsigned depth_limit = 16;

// UTF-8 without BOM, no duplicate name at any depth, no lone surrogate, no U+0000, integers only and below
// 2^53, depth ≤ 16, nothing behind the value; bad_json otherwise.
[[nodiscard]] std::expected<json::value, errc> parse_json(std::string_view text);

// Why parse_json refuses a text: what stands in a string (json_fault.hpp finds it), a name twice, a number,
// too many levels, an end too early, something behind the end, or anything else.
enum class json_flaw { text, duplicate, number, depth, incomplete, behind, syntax };
struct json_stop {
    std::size_t read = 0;          // bytes before what is refused; all of them where the text is taken
    std::optional<json_flaw> why;  // nothing: it is taken
};
[[nodiscard]] json_stop strict_stop(std::string_view text);
[[nodiscard]] inline std::size_t strict_until(std::string_view text) { return strict_stop(text).read; }

// As parse_json, and an object.
[[nodiscard]] std::expected<json::object, errc> parse_object(std::string_view text);

// Compact, members in the order in which they were put in.
[[nodiscard]] std::string to_text(const json::value& value);
// The same into wiped memory, for what will be sealed.
[[nodiscard]] crypto::plain to_plain(const json::value& value);

// Storage for values that hold plaintext: wiped before it is freed.
[[nodiscard]] json::storage_ptr wiping_storage();

}  // namespace protocol
