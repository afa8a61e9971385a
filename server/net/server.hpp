// The server: one io_context and one thread per core, each with its own listening sockets (SO_REUSEPORT),
// nothing shared between them but a counter. Life: open → (contexts) → start → drain → join. It ignores
// SIGPIPE for the whole program, because OpenSSL writes with write(2). Of a visitor's address it asks for
// nothing, but for the front part of who writes (sender_front.hpp).
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "server/net/failure.hpp"
#include "server/net/limits.hpp"
#include "server/net/listener.hpp"
#include "server/net/service.hpp"
#include "server/net/terms.hpp"
#include "server/net/tls_context.hpp"

namespace net {

class worker;

// How many threads a server asked for `wanted` runs: 0 is one for each core.
[[nodiscard]] unsigned thread_count(unsigned wanted);

struct options {
    std::vector<endpoint> listen;
    tls_files tls;                   // not read where no endpoint wants it
    std::vector<std::string> names;  // the authorities we answer to, see http::guard
    net::limits limits = {};
    unsigned threads = 0;  // 0: one per core
};

class server {
  public:
    // Reads the certificate, probes every address without SO_REUSEPORT (with it two processes would share a
    // port and nobody would notice), then binds and listens. Nothing is accepted before start.
    [[nodiscard]] static std::expected<std::unique_ptr<server>, failure> open(options options);

    server(const server&) = delete;
    server& operator=(const server&) = delete;
    ~server();  // drains without patience, joins

    // One per thread; they live as long as the server. A coroutine of a service runs on one of them and finds
    // it with co_await boost::asio::this_coro::executor.
    [[nodiscard]] std::vector<boost::asio::io_context*> contexts();
    // The port that listen[index] got.
    [[nodiscard]] std::uint16_t port(std::size_t index) const;

    // Called once on every thread when draining begins (with the index into contexts), so that a service can
    // let its waiting answers return at once. To be set before start. Must not throw.
    void at_drain(std::function<void(std::size_t context)> hook);

    // Spawns the threads. An answer that a drain had to cut is destroyed with the server, so `service` must
    // outlive it; and what a service keeps of Asio (timers, sockets) belongs to the contexts, so that must go
    // before the server does: own it in the answer's coroutine, not in the service.
    void start(service& service);

    // From any thread, at once, more than once: stops accepting, closes idle connections, lets running
    // answers finish and close, and cuts what is left after limits.drain.
    void drain();
    // Waits until every thread has ended, so for a drain.
    void join();

    [[nodiscard]] bool draining() const { return terms_.draining.load(std::memory_order_acquire); }
    // Open connections at this moment.
    [[nodiscard]] std::size_t connections() const {
        return terms_.connections.load(std::memory_order_relaxed);
    }

    // Reads the same certificate files again. New connections use them; where they are bad the old ones stay.
    // Both are logged. From any thread.
    std::expected<void, failure> reload_certificate();

  private:
    explicit server(options options);
    [[nodiscard]] std::expected<void, failure> listen();

    options options_;
    terms terms_;
    std::vector<std::uint16_t> ports_;
    std::vector<std::unique_ptr<worker>> workers_;
};

}  // namespace net
