// One connection of the load generator: TLS 1.3 by OpenSSL on a non-blocking descriptor, one request at a
// time. The answer's status and length are read, its bytes are deciphered and thrown away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/bench/load/order.hpp"

struct ssl_st;
struct ssl_ctx_st;

namespace load {

// What every line has in common: how to reach the server, with no session that is taken up again.
class target {
  public:
    explicit target(std::uint16_t port);
    target(const target&) = delete;
    ~target();
    [[nodiscard]] ssl_st* session(int descriptor) const;
    // A socket that connects, from one loopback address after another: the ports of one would run out.
    [[nodiscard]] int socket();

  private:
    std::uint16_t port_;
    std::uint32_t next_ = 0;
    ssl_ctx_st* context_;
};

class line {
  public:
    enum class event { nothing, ready, answered, over, broken };

    line(target& to, int epoll);
    line(const line&) = delete;
    ~line();

    // Goes on as far as the socket allows.
    [[nodiscard]] event step();
    // Only when ready. due: from when the request is timed.
    void send(std::string_view request, clock::time_point due);
    // From when a handshake, or a visitor's request, is timed; else from its making.
    void arrive(clock::time_point due) { due_ = due; }
    // Says goodbye; over when the server did too.
    void leave();

    [[nodiscard]] unsigned status() const { return status_; }
    [[nodiscard]] std::size_t received() const { return received_; }
    [[nodiscard]] clock::time_point due() const { return due_; }
    // Whether the server ended the connection with its last answer.
    [[nodiscard]] bool closing() const { return closing_; }
    std::size_t number = 0;  // its owner's

  private:
    enum class stage { handshake, ready, send, head, body, leaving, gone };
    [[nodiscard]] bool waits(int result);
    void want(std::uint32_t events);
    [[nodiscard]] event write();
    [[nodiscard]] event read();
    // False: the header is not whole yet.
    [[nodiscard]] bool read_head();
    [[nodiscard]] event finished();

    int epoll_;
    int descriptor_;
    ssl_st* ssl_;
    stage stage_ = stage::handshake;
    std::uint32_t wanted_ = 0;
    std::string_view rest_;  // of the request
    std::string head_;
    std::size_t left_ = 0;  // of the body
    std::size_t received_ = 0;
    unsigned status_ = 0;
    bool closing_ = false, broken_ = false;
    clock::time_point due_ = clock::now();
};

}  // namespace load
