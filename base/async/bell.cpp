#include "base/async/bell.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace async {

namespace asio = boost::asio;

std::unique_ptr<bell::listening> bell::listen(std::string name, asio::any_io_executor executor) {
    auto one = std::make_shared<ear>(executor);
    std::lock_guard lock(mutex_);
    one->rung = closed_.load();
    auto at = ears_.emplace(std::move(name), std::move(one));
    return std::make_unique<listening>(*this, at);
}

void bell::wake(const std::shared_ptr<ear>& one) {
    if (one->rung.exchange(true)) return;
    // A timer may be touched on its own executor only.
    asio::post(one->executor, [one] { one->timer.cancel(); });
}

void bell::ring(std::string_view name) {
    std::lock_guard lock(mutex_);
    auto [from, to] = ears_.equal_range(name);
    for (; from != to; ++from) wake(from->second);
}

void bell::ring_all() {
    std::lock_guard lock(mutex_);
    for (const auto& [name, one] : ears_) wake(one);
}

void bell::close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    for (const auto& [name, one] : ears_) wake(one);
}

bell::listening::~listening() {
    std::lock_guard lock(owner_.mutex_);
    owner_.ears_.erase(at_);
}

void bell::listening::end() {
    ear_->ended = true;
    wake(ear_);
}

task<bool> bell::listening::wait(std::chrono::milliseconds most) {
    auto until = std::chrono::steady_clock::now() + most;
    // Again, because the cancel of a ring that an earlier wait already answered may come late and end
    // this one.
    while (!ear_->rung && !ear_->ended && !owner_.closed() && std::chrono::steady_clock::now() < until) {
        ear_->timer.expires_at(until);
        // Rung between the check and here: the cancel is posted to this executor, so it comes after the
        // wait began.
        co_await ear_->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    bool rung = ear_->rung.exchange(false);
    co_return rung || owner_.closed();
}

}  // namespace async
