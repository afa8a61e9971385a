// The sentences of this room's errors.
#include "server/places/errc.hpp"

namespace guide {

std::string_view text(errc error) {
    switch (error) {
        case errc::bad_postcode:
            return "a postcode is four digits, with or without two letters behind them";
    }
    return "unknown error";
}

}  // namespace guide
