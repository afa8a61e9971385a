// Draws small numbers from the front of the input; zeros when it is used up.
#pragma once

#include "crypto/bytes.hpp"

struct draws {
    crypto::byte_view rest;
    unsigned next(unsigned below) {
        if (rest.empty()) return 0;
        const unsigned out = rest[0] % below;
        rest = rest.subspan(1);
        return out;
    }
};
