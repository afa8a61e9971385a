// Wakes coroutines that wait for something to arrive under a name (a desk's inbox). Listen first, then look,
// then wait: what rings in between is not missed. May be rung from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/async/task.hpp"

namespace async {

class bell {
  public:
    class listening;

    // From now on this listener hears `name`. executor: the listener's own; wait() must run on it.
    [[nodiscard]] std::unique_ptr<listening> listen(std::string name, boost::asio::any_io_executor executor);
    void ring(std::string_view name);
    void ring_all();
    // Wakes everybody, now and for good: no later wait waits.
    void close();
    [[nodiscard]] bool closed() const { return closed_; }

  private:
    struct ear {
        explicit ear(boost::asio::any_io_executor on) : executor(on), timer(on) {}
        boost::asio::any_io_executor executor;
        boost::asio::steady_timer timer;
        std::atomic<bool> rung = false;
        std::atomic<bool> ended = false;
    };
    static void wake(const std::shared_ptr<ear>& one);

    std::mutex mutex_;
    std::atomic<bool> closed_ = false;
    std::multimap<std::string, std::shared_ptr<ear>, std::less<>> ears_;
};

class bell::listening {
  public:
    listening(bell& owner, std::multimap<std::string, std::shared_ptr<ear>, std::less<>>::iterator at)
        : owner_(owner), at_(at), ear_(at->second) {}
    ~listening();
    listening(const listening&) = delete;
    listening& operator=(const listening&) = delete;

    // Returns when rung (or already rung since the last wait), or after `most`. True when rung.
    [[nodiscard]] task<bool> wait(std::chrono::milliseconds most);
    // Ends its wait, now and for good, from any thread.
    void end();
    [[nodiscard]] bool ended() const { return ear_->ended; }

  private:
    bell& owner_;
    std::multimap<std::string, std::shared_ptr<ear>, std::less<>>::iterator at_;
    std::shared_ptr<ear> ear_;
};

}  // namespace async
