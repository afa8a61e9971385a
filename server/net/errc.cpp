// The sentences of this room's errors.
#include "server/net/errc.hpp"

namespace net {

std::string_view text(errc error) {
    switch (error) {
        case errc::bad_address:
            return "not a numeric IPv4 or IPv6 address";
        case errc::address_taken:
            return "another program listens on this address";
        case errc::address_refused:
            return "the system does not let this program listen on this address";
        case errc::no_certificate:
            return "the file cannot be read or holds no certificate in PEM";
        case errc::no_key:
            return "the file cannot be read or holds no private key in PEM";
        case errc::key_of_another:
            return "the private key does not belong to the certificate";
        case errc::tls_refused:
            return "the TLS library does not accept the settings";
        case errc::no_endpoint:
            return "there is no address to listen on";
        case errc::closed:
            return "the other side closed the connection";
        case errc::broken:
            return "the connection broke";
        case errc::interrupted:
            return "the connection was cut";
    }
    return "an unknown fault";
}

}  // namespace net
