// A strict cursor over a structured HTTP field (RFC 8941). It takes only what RFC 8941 §4.1 would write: no
// optional white space, no leading zeros. So the text of a field is its one serialisation, and can be signed
// over as it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/bytes.hpp"

namespace crypto {

// A token (RFC 8941 §3.3.4): a view into the field, and another type than a string.
struct field_token {
    std::string_view text;
};

using field_item = std::variant<std::int64_t, std::string, field_token>;

// Each read takes what it returns off the front, and gives nothing where something else stands there; after
// that the place is undefined and the field is to be refused.
class field_reader {
  public:
    explicit field_reader(std::string_view field) : rest_(field) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }
    // What was not read yet: a view into the field.
    [[nodiscard]] std::string_view rest() const { return rest_; }
    // Whether this stood there; then it is taken.
    [[nodiscard]] bool take(std::string_view text);

    // A key of a dictionary or parameter, §3.1.2.
    [[nodiscard]] std::optional<std::string_view> key();
    // §3.3.3: printable ASCII, with \" and \\ as its only escapes; the text they stand for.
    [[nodiscard]] std::optional<std::string> string();
    // §3.3.1: at most 15 digits.
    [[nodiscard]] std::optional<std::int64_t> integer();
    // §3.3.5: base64 with padding between colons, strict.
    [[nodiscard]] std::optional<bytes> byte_sequence();
    // An integer, a string or a token.
    [[nodiscard]] std::optional<field_item> item();

  private:
    std::optional<std::string_view> token();
    std::string_view take_first(std::size_t count);

    std::string_view rest_;
};

}  // namespace crypto
