#include "web/net/pulse.hpp"

namespace net {
namespace {

constexpr std::chrono::milliseconds between{20};

}  // namespace

void pulse::beat() {
    if (running_) return;
    running_ = true;
    timer_.expires_after(between);
    timer_.async_wait([this](boost::system::error_code error) {
        running_ = false;
        if (error) return;
        const auto late = std::chrono::steady_clock::now() - timer_.expiry();
        told_(std::chrono::duration_cast<std::chrono::microseconds>(late));
    });
}

}  // namespace net
