// A blocking client on OpenSSL, plain and literal: it sends the bytes it is given. Every wait ends after ten
// seconds, so a server that hangs fails a test instead of stopping it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/ssl.h>

#include "server/net/descriptor.hpp"

namespace net::tests {

struct wishes {
    int lowest = TLS1_2_VERSION;
    int highest = TLS1_3_VERSION;
    std::string ciphers = {};    // TLS 1.2; empty: OpenSSL's
    std::string groups = {};     // in order of preference; empty: OpenSSL's
    std::string protocols = {};  // ALPN as on the wire; empty: none
    SSL_SESSION* resume = nullptr;
    bool tls = true;
};

class client {
  public:
    explicit client(std::uint16_t port, wishes wishes = {});

    [[nodiscard]] bool connected() const { return connected_; }  // the handshake succeeded
    bool send(std::string_view bytes);
    // One answer: its header and as much body as it announces (none where `head_only`); empty when the
    // server closed.
    [[nodiscard]] std::string answer(bool head_only = false);
    // Everything until the server closes.
    [[nodiscard]] std::string rest();
    // Whether the server closes now, saying nothing more.
    [[nodiscard]] bool ended() { return rest().empty() && closed_; }
    // Closes in mid-air.
    void leave() { socket_ = descriptor(); }

    [[nodiscard]] SSL* native() const { return ssl_.get(); }
    [[nodiscard]] int tickets() const { return tickets_; }
    [[nodiscard]] std::vector<unsigned char> peer_certificate() const;

  private:
    bool more();

    descriptor socket_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
    std::string in_;
    int tickets_ = 0;
    bool connected_ = false;
    bool closed_ = false;
};

// The status of an answer, 0 where it is none.
[[nodiscard]] unsigned status(std::string_view answer);
[[nodiscard]] std::string_view body(std::string_view answer);

}  // namespace net::tests
