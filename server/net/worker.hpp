// One thread of the server: its io_context, its listening sockets, its connections. Everything but the
// constructor, start, drain, trust, stop and join runs on that thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <optional>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/async/task.hpp"
#include "server/net/crowd.hpp"
#include "server/net/descriptor.hpp"
#include "server/net/pulse.hpp"
#include "server/net/terms.hpp"
#include "server/net/tls_context.hpp"

namespace net {

class worker {
  public:
    // `context` is this thread's own; null where no endpoint wants TLS. `terms` outlives it.
    worker(std::size_t index, terms& terms, std::optional<tls_context> context);
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;
    ~worker();

    [[nodiscard]] boost::asio::io_context& context() { return io_; }
    // Before start: visitors queue in the kernel until then.
    void listen(descriptor socket, bool tls);
    void start();
    // From any thread.
    void drain();
    void relieve();  // closes the longest idle connection
    void trust(tls_context context);
    void stop() { io_.stop(); }
    void join();

  private:
    struct door {
        boost::asio::posix::stream_descriptor socket;
        bool tls;
    };

    void run();
    async::task<void> keep(door& door);
    async::task<void> pause(std::chrono::milliseconds time);
    async::task<void> make_room();
    [[nodiscard]] bool let_in(door& door);
    void welcome(descriptor socket, bool tls);
    void ended(std::exception_ptr error);
    void begin_drain();
    void stop_when_empty();
    void report_exhaustion();

    const std::size_t index_;
    terms& terms_;
    std::optional<tls_context> tls_;
    // Before the io_context, because its end destroys the connections that are left.
    crowd crowd_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    std::list<door> doors_;
    // Of a drain. Not terms_.draining: that is set earlier, and whoever leaves in between must not end the
    // thread before at_drain was called on it.
    bool drains_ = false;
    boost::asio::steady_timer patience_;
    pulse pulse_;
    std::thread thread_;
};

}  // namespace net
