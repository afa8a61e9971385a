// How long ready work waits on one thread: how much too late a short timer goes off. The kernel hands out
// what is ready in the order in which it became so, hence a timer waits as long as a request that arrives
// then. It runs only while there are requests, so an idle server sleeps.
#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace net {

class pulse {
  public:
    using clock = std::chrono::steady_clock;

    // `told` must outlive the io_context's last run. now: what is measured with.
    pulse(boost::asio::io_context& io, std::function<void(std::chrono::microseconds delay)> told,
          std::function<clock::time_point()> now = clock::now)
        : timer_(io), told_(std::move(told)), now_(std::move(now)) {}

    // For each request, on the thread of the io_context.
    void beat();

  private:
    boost::asio::steady_timer timer_;
    std::function<void(std::chrono::microseconds delay)> told_;
    std::function<clock::time_point()> now_;
    clock::time_point due_{};
    bool running_ = false;
};

}  // namespace net
