// Everything this room refuses or loses. The first group stops a start or a reload and its texts stand before
// an operator; the second ends one connection and is nobody's news.
#pragma once

#include <string_view>

namespace net {

enum class errc {
    bad_address,      // not a numeric IPv4 or IPv6 address
    address_taken,    // another program listens there
    address_refused,  // the system does not let us listen there
    no_certificate,   // the chain cannot be read or holds no certificate
    no_key,           // the private key cannot be read
    key_of_another,   // certificate and key do not belong together
    tls_refused,      // OpenSSL does not take our settings
    no_endpoint,      // nothing to listen on

    closed,       // the peer closed, orderly or not
    broken,       // TLS failed, or the socket
    interrupted,  // a deadline passed, or the server cut the connection
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace net
