#include "client/line/errc.hpp"

namespace client {

std::string_view text(errc error) {
    switch (error) {
        case errc::bad_address:
            return "The server's address must be https://host or https://host:port (or http://….onion), "
                   "nothing more.";
        case errc::unreachable:
            return "The server cannot be reached; check the address and the network, or try again later.";
        case errc::proxy:
            return "The proxy that the environment names does not answer; start it or correct the variable.";
        case errc::untrusted:
            return "The server's certificate is not trusted; name the right file with --cacert, or do not go "
                   "on.";
        case errc::tls:
            return "No TLS 1.2 or newer could be agreed with the server; is this its address?";
        case errc::bad_cacert:
            return "The file of --cacert cannot be read or holds no certificate; name another.";
        case errc::timed_out:
            return "The server did not answer in time; try again later.";
        case errc::too_large:
            return "The server's answer is larger than 32 MiB and was thrown away; tell the administrator.";
        case errc::broken:
            return "The connection ended before the answer was whole; try again.";
        case errc::interrupted:
            return "Stopped.";
        case errc::bad_answer:
            return "The server's answer is not one that this interface has; is this the address of Baken?";
        case errc::no_trail_head:
            return "The server's answer does not say how far the desk's audit trail goes; do not trust it.";
    }
    return "Unknown fault.";
}

std::string_view code(errc error) {
    if (may_pass(error)) return "try-later";
    if (error == errc::untrusted || error == errc::tls || error == errc::no_trail_head) return "not-trusted";
    return error == errc::interrupted ? "interrupted" : "failed";
}

bool may_pass(errc error) {
    return error == errc::unreachable || error == errc::timed_out || error == errc::broken ||
           error == errc::proxy;
}

}  // namespace client
