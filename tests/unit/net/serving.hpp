// A server on a free port of loopback with a small service behind it, for one test.
#pragma once

#include <cstdint>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "server/net/server.hpp"
#include "tests/unit/net/certificate.hpp"
#include "tests/unit/net/client.hpp"

namespace net::tests {

// /echo and /report give the body back, /hello a word, /big some megabytes, /huge more than a system buffers,
// /wait answers at the drain, /stuck never, /throw and /split are bugs, /refused is turned away by admit,
// /admit-throws is a bug there. Bodies up to 100,000 bytes.
class echo final : public service {
  public:
    std::expected<std::size_t, http::response> admit(const http::head& head) override;
    async::task<http::response> answer(http::request request) override;
    bool brings_report(const http::head& head) const override { return head.path == "/report"; }
    void felt(std::size_t context, std::chrono::microseconds delay) override;
    http::response refuse(unsigned status, std::string_view why, std::string_view path) override;

    // Lets what waits on this thread return. One thread only in tests that use it.
    void release();
    std::latch waiting{1};                             // counted down when /wait or /stuck begins
    std::atomic<std::chrono::microseconds> longest{};  // of what was felt

  private:
    // Weak: a timer belongs to an io_context, and this service outlives the server that owns those.
    std::weak_ptr<boost::asio::steady_timer> wait_;
};

class serving {
  public:
    explicit serving(limits limits = {}, bool tls = true, unsigned threads = 1);
    ~serving();

    [[nodiscard]] net::server& server() { return *server_; }
    [[nodiscard]] std::uint16_t port() const { return server_->port(0); }
    [[nodiscard]] client visit(wishes wishes = {}) const { return client(port(), std::move(wishes)); }

    tests::certificate certificate;
    echo service;

  private:
    std::unique_ptr<net::server> server_;
};

// "GET <path>" to our host, with further lines that end in CRLF.
[[nodiscard]] std::string get(const std::string& path, const std::string& lines = {});
[[nodiscard]] std::string post(const std::string& path, const std::string& body,
                               const std::string& lines = {});

}  // namespace net::tests
