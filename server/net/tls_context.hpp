// One OpenSSL context with everything a visitor's TLS may and may not do: 1.3, or 1.2 with ECDHE and an
// AEAD; nothing that links two visits (no ticket, no session cache, no 0-RTT), no compression, no
// renegotiation, HTTP/1.1 only. Every thread has its own, because a shared one makes them wait for each
// other's reference counts.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "server/net/failure.hpp"

struct ssl_ctx_st;

namespace net {

struct tls_files {
    std::string chain;  // PEM, the server's certificate first
    std::string key;    // PEM, not encrypted
};

class tls_context {
  public:
    [[nodiscard]] static std::expected<tls_context, failure> load(const tls_files& files);

    // Unix seconds after which no visitor takes the certificate.
    [[nodiscard]] std::int64_t ends() const;

    // Lives as long as this; a connection keeps its own reference.
    [[nodiscard]] ssl_ctx_st* native() const { return context_.get(); }

  private:
    struct release {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, release> context_;
};

}  // namespace net
