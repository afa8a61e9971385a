// Listening sockets. Each thread has its own on the same address (SO_REUSEPORT), so the kernel spreads the
// visitors and no thread hands connections to another.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "server/net/descriptor.hpp"
#include "server/net/failure.hpp"

namespace net {

struct endpoint {
    std::string address;     // numeric: "127.0.0.1", "::1", "::" (IPv6 only; add "0.0.0.0" for both)
    std::uint16_t port = 0;  // 0: any free one, see server::port
    bool tls = true;         // false: plain HTTP, for loopback and an onion service only
};

// Whether nobody listens there: binds without SO_REUSEPORT and lets go again. With it two processes of one
// user would share a port, each getting half of the visitors, and nobody would notice.
[[nodiscard]] std::expected<void, failure> probe(const endpoint& where);

// A non-blocking socket that listens there.
[[nodiscard]] std::expected<descriptor, failure> listen_on(const endpoint& where);

// The port a listening socket got; 0 where it cannot be told.
[[nodiscard]] std::uint16_t port_of(const descriptor& socket);

}  // namespace net
