// The small grammars of a request header, byte by byte (RFC 9110, RFC 9112, RFC 3986), in the narrow reading
// of the framing guard.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace http {

// RFC 9110, section 5.6.2; not empty.
[[nodiscard]] bool is_token(std::string_view text);
// Visible ASCII, spaces and tabs.
[[nodiscard]] bool is_field_value(std::string_view text);
// Origin form: begins with "/", visible ASCII without `"#<>\`, every "%" followed by two hexadecimal digits.
[[nodiscard]] bool is_origin_form(std::string_view text);
// Without the spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
// ASCII only, whatever the locale.
[[nodiscard]] std::string lower(std::string_view text);
// One to 18 digits.
[[nodiscard]] std::optional<std::size_t> content_length(std::string_view text);
// A Host in lower case without ":443"; nothing where it is neither a name, an IPv4 address nor a bracketed
// IPv6 address, with a port or without.
[[nodiscard]] std::optional<std::string> authority(std::string_view host);
// A comma-separated list of tokens; empty elements are allowed (RFC 9110, section 5.6.1).
[[nodiscard]] bool is_token_list(std::string_view text);
// Whether such a list holds this token, in any case.
[[nodiscard]] bool lists(std::string_view list, std::string_view lower_case_token);

}  // namespace http
