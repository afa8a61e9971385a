#include "server/net/sender_front.hpp"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

namespace net {

sender_front::sender_front(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        const auto* at = reinterpret_cast<const std::uint8_t*>(&four.sin_addr);
        take(4, {at, 3});
        ::explicit_bzero(&four, sizeof four);
    } else if (address.sa_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &address, sizeof six);
        // IPv4 through an IPv6 socket is that IPv4.
        if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr))
            take(4, {six.sin6_addr.s6_addr + 12, 3});
        else
            take(6, {six.sin6_addr.s6_addr, 7});
        ::explicit_bzero(&six, sizeof six);
    }
}

sender_front::~sender_front() { ::explicit_bzero(bytes_.data(), bytes_.size()); }

void sender_front::take(std::uint8_t kind, std::span<const std::uint8_t> front) {
    bytes_[0] = kind;
    std::ranges::copy(front, bytes_.begin() + 1);
    size_ = front.size() + 1;
}

sender_front sender_front::of(int socket) {
    struct wiped {
        sockaddr_storage storage{};
        ~wiped() { ::explicit_bzero(&storage, sizeof storage); }
    } peer;
    socklen_t size = sizeof peer.storage;
    auto* address = reinterpret_cast<sockaddr*>(&peer.storage);
    if (::getpeername(socket, address, &size) != 0) return {};
    return sender_front(*address);
}

}  // namespace net
