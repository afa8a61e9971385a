// What the decoders of this room refuse, each with one plain sentence. The framing guard has refusals of its
// own (guard.hpp), because those carry a status.
#pragma once

#include <string_view>

namespace http {

enum class errc {
    bad_escape,         // "%" without two hexadecimal digits behind it
    bad_utf8,           // what the escapes decode to is not UTF-8
    control_character,  // a control character, plain or escaped
    empty_name,         // "=x", "&&" or a trailing "&"
    too_many,           // more pairs than the caller allows
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace http
