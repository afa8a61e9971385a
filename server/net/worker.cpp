// Lets visitors in, counts them, and ends: by itself once the last one has gone after a drain began.
#include "server/net/worker.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/watch/log.hpp"
#include "server/net/connection.hpp"

namespace net {
namespace {

// While nobody can make room: how soon to look again.
constexpr std::chrono::milliseconds full_house{10};
constexpr std::chrono::minutes between_reports{1};

// What accept says of a visitor who left while waiting, not of us (accept(2), "Error handling").
bool is_visitors(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ECONNABORTED ||
           error == EPROTO || error == ENETDOWN || error == ENOPROTOOPT || error == EHOSTDOWN ||
           error == ENONET || error == EHOSTUNREACH || error == EOPNOTSUPP || error == ENETUNREACH ||
           error == EPERM;
}

}  // namespace

worker::worker(std::size_t index, terms& terms, std::optional<tls_context> context)
    : index_(index),
      terms_(terms),
      tls_(std::move(context)),
      guard_(boost::asio::make_work_guard(io_)),
      patience_(io_),
      pulse_(io_, [this](std::chrono::microseconds delay) { terms_.served->felt(index_, delay); }) {}

worker::~worker() {
    stop();
    join();
}

void worker::listen(descriptor socket, bool tls) {
    boost::asio::posix::stream_descriptor listening(io_, socket.number());
    static_cast<void>(socket.release());
    doors_.push_back(door{std::move(listening), tls});
}

void worker::start() {
    for (auto& door : doors_) {
        boost::asio::co_spawn(io_, keep(door), [](std::exception_ptr error) {
            if (error) watch::fault("a listener ended; restart the server");
        });
    }
    thread_ = std::thread([this] { run(); });
}

void worker::run() {
    for (;;) {
        try {
            io_.run();
            return;
        } catch (...) {
            watch::fault("an exception reached the top of a thread");
        }
    }
}

void worker::join() {
    if (thread_.joinable()) thread_.join();
}

async::task<void> worker::pause(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(io_, time);
    const auto [ignored] = co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    static_cast<void>(ignored);
}

async::task<void> worker::make_room() {
    while (terms_.connections.load(std::memory_order_relaxed) >= terms_.limits.connections &&
           !terms_.draining) {
        if (auto* idle = crowd_.longest_idle()) {
            idle->retire();
            co_await boost::asio::post(io_, boost::asio::use_awaitable);  // it closes before this comes back
            continue;
        }
        // Nobody here rests. On another thread somebody may; who only waits for something to arrive loses
        // nothing by asking again; then those who keep us waiting.
        terms_.relieve(index_);
        if (!terms_.served->give_way())
            if (auto* owing = crowd_.longest_owing(crowd::clock::now() - terms_.limits.grace)) owing->cut();
        co_await pause(full_house);
    }
}

async::task<void> worker::keep(door& door) {
    // Made before it is needed: then there may be no memory for it.
    boost::asio::steady_timer later(io_);
    while (!terms_.draining) {
        try {
            const auto [closed] =
                co_await door.socket.async_wait(boost::asio::posix::descriptor_base::wait_read,
                                                boost::asio::as_tuple(boost::asio::use_awaitable));
            if (closed) co_return;  // by a drain
            co_await make_room();
            if (!door.socket.is_open()) co_return;
            if (let_in(door)) continue;
            report_exhaustion();
            later.expires_after(terms_.limits.pause);
            const auto [ignored] =
                co_await later.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
            static_cast<void>(ignored);
        } catch (...) {
            // No memory even to wait.
            report_exhaustion();
            std::this_thread::sleep_for(full_house);
        }
    }
}

// False where there is no descriptor or no memory for a visitor: an exception there is that visitor's end,
// and the next one's turn, never the listener's.
bool worker::let_in(door& door) {
    try {
        // Nobody's address is asked for.
        descriptor socket(
            ::accept4(door.socket.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket) return is_visitors(errno);
        welcome(std::move(socket), door.tls);
        return true;
    } catch (...) {
        return false;
    }
}

void worker::welcome(descriptor socket, bool tls) {
    const auto* context = tls && tls_ ? &*tls_ : nullptr;
    auto fresh =
        std::make_shared<connection>(io_.get_executor(), std::move(socket), context, terms_, crowd_, pulse_);
    auto life = connection::live(std::move(fresh));
    terms_.connections.fetch_add(1, std::memory_order_relaxed);
    try {
        boost::asio::co_spawn(io_, std::move(life), [this](std::exception_ptr error) { ended(error); });
    } catch (...) {
        terms_.connections.fetch_sub(1, std::memory_order_relaxed);
        throw;
    }
}

void worker::ended(std::exception_ptr error) {
    terms_.connections.fetch_sub(1, std::memory_order_relaxed);
    if (error) watch::fault("a connection ended by an exception");
    stop_when_empty();
}

void worker::report_exhaustion() {
    const auto now = std::chrono::steady_clock::now();
    auto last = terms_.exhausted.load(std::memory_order_relaxed);
    const bool lately = last != std::chrono::steady_clock::time_point{} && now - last < between_reports;
    // Only one thread says it.
    if (lately || !terms_.exhausted.compare_exchange_strong(last, now)) return;
    watch::fault("no visitor can be let in: descriptors or memory have run out");
}

void worker::trust(tls_context context) {
    boost::asio::post(io_, [this, fresh = std::move(context)]() mutable { tls_ = std::move(fresh); });
}

void worker::relieve() {
    boost::asio::post(io_, [this] {
        if (auto* idle = crowd_.longest_idle()) idle->retire();
    });
}

void worker::drain() {
    boost::asio::post(io_, [this] { begin_drain(); });
}

void worker::begin_drain() {
    drains_ = true;
    for (auto& door : doors_) {
        boost::system::error_code ignored;
        door.socket.close(ignored);
    }
    // Retiring changes nothing in these lists: each connection moves when its own wait ends.
    crowd_.each([](connection& one) { one.retire(); });
    if (terms_.at_drain) terms_.at_drain(index_);
    patience_.expires_after(terms_.limits.drain);
    patience_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        crowd_.each([](connection& one) { one.cut(); });
        // What sits in a service's answer cannot be cut; it is destroyed with the io_context.
        boost::asio::post(io_, [this] { stop(); });
    });
    stop_when_empty();
}

void worker::stop_when_empty() {
    if (drains_ && crowd_.empty()) stop();
}

}  // namespace net
