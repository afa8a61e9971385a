// The sentences of this room's errors.
#include "server/http/errc.hpp"

namespace http {

std::string_view text(errc error) {
    switch (error) {
        case errc::bad_escape:
            return "a percent sign without two hexadecimal digits behind it";
        case errc::bad_utf8:
            return "not valid UTF-8";
        case errc::control_character:
            return "a control character";
        case errc::empty_name:
            return "a value without a name";
        case errc::too_many:
            return "too many values";
    }
    return "an unknown fault";
}

}  // namespace http
