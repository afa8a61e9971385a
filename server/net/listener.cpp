// Sockets by the system's own calls: Asio's acceptor would ask for every visitor's address.
#include "server/net/listener.hpp"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>

namespace net {
namespace {

using boost::asio::ip::tcp;

constexpr int backlog = 4096;  // the kernel takes less where somaxconn is less

std::string words(const endpoint& where) {
    const bool six = where.address.find(':') != std::string::npos;
    return (six ? "[" + where.address + "]" : where.address) + ":" + std::to_string(where.port);
}

std::unexpected<failure> failed(errc code, const endpoint& where) {
    return std::unexpected(failure{code, words(where)});
}

bool switch_on(const descriptor& socket, int level, int option) {
    const int on = 1;
    return ::setsockopt(socket.number(), level, option, &on, sizeof on) == 0;
}

std::expected<descriptor, failure> bound(const endpoint& where, bool share) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(where.address, error);
    if (error) return failed(errc::bad_address, where);
    const tcp::endpoint at(address, where.port);
    descriptor socket(
        ::socket(at.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    if (!socket || !switch_on(socket, SOL_SOCKET, SO_REUSEADDR)) return failed(errc::address_refused, where);
    if (share && !switch_on(socket, SOL_SOCKET, SO_REUSEPORT)) return failed(errc::address_refused, where);
    if (address.is_v6() && !switch_on(socket, IPPROTO_IPV6, IPV6_V6ONLY))
        return failed(errc::address_refused, where);
    if (::bind(socket.number(), at.data(), static_cast<socklen_t>(at.size())) != 0)
        return failed(errno == EADDRINUSE ? errc::address_taken : errc::address_refused, where);
    return socket;
}

}  // namespace

std::expected<void, failure> probe(const endpoint& where) {
    const auto socket = bound(where, false);
    if (!socket) return std::unexpected(socket.error());
    return {};
}

std::expected<descriptor, failure> listen_on(const endpoint& where) {
    auto socket = bound(where, true);
    if (!socket) return socket;
    // Accepted connections inherit it: an answer is one write and must not wait for an acknowledgement.
    if (!switch_on(*socket, IPPROTO_TCP, TCP_NODELAY)) return failed(errc::address_refused, where);
    if (::listen(socket->number(), backlog) != 0)
        return failed(errno == EADDRINUSE ? errc::address_taken : errc::address_refused, where);
    return socket;
}

std::uint16_t port_of(const descriptor& socket) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(socket.number(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &storage, sizeof six);
        return ntohs(six.sin6_port);
    }
    sockaddr_in four{};
    std::memcpy(&four, &storage, sizeof four);
    return ntohs(four.sin_port);
}

}  // namespace net
