// The timer sleeps to the earliest time it was ever given and looks at the real deadline when it wakes.
#include "server/net/deadline.hpp"

#include <boost/asio/steady_timer.hpp>

namespace net {
namespace {

using clock = std::chrono::steady_clock;

}  // namespace

// Waits with a weak reference to itself: a timer that has already gone off cannot be called back, so its
// handler may run after the connection is gone.
struct deadline::alarm : std::enable_shared_from_this<deadline::alarm> {
    alarm(const boost::asio::any_io_executor& executor, tls_stream& watched)
        : stream(watched), timer(executor) {}

    void wait_until(clock::time_point time) {
        armed = time;
        timer.expires_at(time);  // cancels the wait before this one
        timer.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            if (error) return;
            if (const auto self = weak.lock()) self->rang();
        });
    }

    void rang() {
        // A wait that was replaced after it had gone off says nothing.
        if (clock::now() < armed) return;
        armed = clock::time_point::max();
        if (due == clock::time_point::max()) return;
        if (clock::now() < due) return wait_until(due);
        due = clock::time_point::max();
        stream.interrupt();
    }

    tls_stream& stream;
    boost::asio::steady_timer timer;
    clock::time_point due = clock::time_point::max();
    clock::time_point armed = clock::time_point::max();
};

deadline::deadline(const boost::asio::any_io_executor& executor, tls_stream& stream)
    : alarm_(std::make_shared<alarm>(executor, stream)) {}

deadline::~deadline() = default;

void deadline::in(std::chrono::milliseconds from_now) {
    alarm_->due = clock::now() + from_now;
    if (alarm_->due < alarm_->armed) alarm_->wait_until(alarm_->due);
}

void deadline::off() { alarm_->due = clock::time_point::max(); }

}  // namespace net
