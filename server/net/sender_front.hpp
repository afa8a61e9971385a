// Of a visitor's address the front part, which a whole house or street shares: the first 24 bits of an IPv4
// address, the first 56 of an IPv6 one. Read from the system where a request needs it, handed on at once,
// kept nowhere.
#pragma once

#include <array>
#include <cstdint>
#include <span>

struct sockaddr;

namespace net {

class sender_front {
  public:
    sender_front() = default;
    explicit sender_front(const sockaddr& address);
    // Of the peer of this socket; empty where the system does not say.
    [[nodiscard]] static sender_front of(int socket);
    ~sender_front();
    sender_front(const sender_front&) = delete;
    sender_front& operator=(const sender_front&) = delete;

    // A byte for the kind, and the front.
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {bytes_.data(), size_}; }

  private:
    void take(std::uint8_t kind, std::span<const std::uint8_t> front);

    std::array<std::uint8_t, 8> bytes_{};
    std::size_t size_ = 0;
};

}  // namespace net
