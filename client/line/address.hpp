// Where a server is: scheme, host and port, in the one spelling that requests are signed over (protocol §7).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "client/line/errc.hpp"

namespace client {

class address {
  public:
    // https://host[:port][/]; http only for a .onion name, whose circuit is encrypted and proves the
    // name. User names, paths, queries and fragments are refused (bad_address): nothing secret can
    // stand in an address.
    [[nodiscard]] static std::expected<address, errc> parse(std::string_view url);

    // "https://localhost:8443": what a target is put behind.
    [[nodiscard]] const std::string& origin() const { return origin_; }
    // "localhost:8443": lower case, without the scheme's default port.
    [[nodiscard]] const std::string& authority() const { return authority_; }

  private:
    std::string origin_, authority_;
};

}  // namespace client
