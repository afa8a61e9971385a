// The one timer of a connection. Deadlines are absolute: what must be done by then, however many bytes
// trickle in. Moving it later costs nothing (the timer wakes early, sees that and sleeps on), so a busy
// connection touches no timer.
#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "server/net/tls_stream.hpp"

namespace net {

class deadline {
  public:
    // Interrupts `stream` when it passes; `stream` outlives this.
    deadline(const boost::asio::any_io_executor& executor, tls_stream& stream);
    deadline(const deadline&) = delete;
    deadline& operator=(const deadline&) = delete;
    ~deadline();

    void in(std::chrono::milliseconds from_now);
    void off();

  private:
    struct alarm;
    std::shared_ptr<alarm> alarm_;
};

}  // namespace net
