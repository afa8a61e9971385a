#include "server/net/pulse.hpp"

namespace net {
namespace {

constexpr std::chrono::milliseconds between{20};

}  // namespace

void pulse::beat() {
    if (running_) return;
    running_ = true;
    due_ = now_() + between;
    timer_.expires_after(between);
    timer_.async_wait([this](boost::system::error_code error) {
        running_ = false;
        if (error) return;
        told_(std::chrono::duration_cast<std::chrono::microseconds>(now_() - due_));
    });
}

}  // namespace net
