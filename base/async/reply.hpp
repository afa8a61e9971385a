// What another thread owes a waiting coroutine: one answer, given from anywhere, taken on the coroutine's own
// executor, and not waited for longer than the coroutine has patience. A thread that hangs (a disk that does
// not answer) so holds up nobody but those who asked it, and those not for ever.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/async/task.hpp"

namespace async {

template <class T>
class reply {
  public:
    struct slot {
        std::mutex mutex;  // held while the answer is posted: see the end of answered()
        boost::asio::any_io_executor executor;
        boost::asio::steady_timer* timer = nullptr;  // of who waits; null once nobody does
        std::optional<T> value;
    };

    explicit reply(std::shared_ptr<slot> to) : to_(std::move(to)) {}

    // From any thread, once. Dropped where nobody waits any more.
    void give(T value) {
        const auto to = std::exchange(to_, nullptr);
        std::lock_guard lock(to->mutex);
        if (to->timer == nullptr) return;
        to->value = std::move(value);
        // A timer may be touched on its own executor only.
        boost::asio::post(to->executor, [to] {
            if (to->timer != nullptr) to->timer->cancel();
        });
    }

  private:
    std::shared_ptr<slot> to_;
};

// Calls start(reply<T>), which must not throw after it handed the reply on, and waits until somebody gives
// it; nothing where nobody did within `patience`. The executor must be that of an io_context run by one
// thread.
template <class T, class Start>
[[nodiscard]] task<std::optional<T>> answered(Start start, std::chrono::milliseconds patience) {
    using slot = typename reply<T>::slot;
    auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, patience);
    auto to = std::make_shared<slot>();
    to->executor = executor;
    to->timer = &timer;
    // Also when the coroutine is destroyed where it waits. The lock makes sure that whoever gives the answer
    // has left our executor, so that its context may end with this coroutine.
    struct leaving {
        slot& at;
        ~leaving() {
            std::lock_guard lock(at.mutex);
            at.timer = nullptr;
        }
    };
    const leaving leaving{*to};
    start(reply<T>(to));
    const auto [ignored] = co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    static_cast<void>(ignored);
    std::optional<T> value;
    {
        std::lock_guard lock(to->mutex);
        value = std::move(to->value);
    }
    co_return value;
}

}  // namespace async
