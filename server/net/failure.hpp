// Why a start or a reload failed, and for which address or file of the configuration.
#pragma once

#include <string>

#include "server/net/errc.hpp"

namespace net {

struct failure {
    errc code;
    std::string about;

    // "another program listens on this address: 127.0.0.1:8443"
    [[nodiscard]] std::string sentence() const {
        auto out = std::string(text(code));
        if (!about.empty()) out += ": " + about;
        return out;
    }
};

}  // namespace net
