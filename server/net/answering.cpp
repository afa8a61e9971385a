// The second half of a connection's request: what is held in memory meanwhile, the answer, the goodbye.
#include <chrono>
#include <string.h>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/watch/log.hpp"
#include "server/net/connection.hpp"

namespace net {
namespace {

constexpr http::refusal our_fault{500, "something went wrong here"};

// While others make room for what we hold.
constexpr std::chrono::milliseconds look_again{10};

// Copying a string leaves the old one behind; what was sent is wiped where it lies, and its memory given
// back: a slow reader's answer is held once, not twice.
void wipe(std::string& bytes) {
    ::explicit_bzero(bytes.data(), bytes.size());
    std::string().swap(bytes);
}

}  // namespace

async::task<bool> connection::hold(budget::share& held, std::size_t bytes) {
    const auto until = std::chrono::steady_clock::now() + terms_.limits.patience;
    const auto executor = co_await boost::asio::this_coro::executor;
    for (;;) {
        const auto answer = held.grow_to(bytes);
        if (answer == budget::answer::held) co_return true;
        if (answer == budget::answer::refused || cut_ || std::chrono::steady_clock::now() >= until)
            co_return false;
        boost::asio::steady_timer soon(executor, look_again);
        const auto [ignored] = co_await soon.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        static_cast<void>(ignored);
    }
}

std::function<void()> connection::ender() {
    return [self = weak_from_this(), executor = executor_] {
        boost::asio::post(executor, [self] {
            if (const auto alive = self.lock()) alive->cut();
        });
    };
}

http::response connection::refusal_of(http::refusal refusal, std::string_view path) const {
    http::response response;
    try {
        response = terms_.served->refuse(refusal.status, refusal.why, path);
    } catch (...) {
        watch::fault("a refusal could not be worded");
        response = {};
        response.status = refusal.status;
    }
    return response;
}

http::response connection::bug(std::string_view path) const {
    watch::fault("a request met a bug of ours and was answered with 500");
    auto response = refusal_of(our_fault, path);
    response.close = true;
    return response;
}

async::task<connection::after> connection::refuse(http::refusal refusal, bool head_only, std::string path) {
    deadline_.off();
    stream_.resume();
    auto response = refusal_of(refusal, path);
    co_return co_await reply(std::move(response), head_only, after::linger);
}

async::task<connection::after> connection::reply(http::response response, bool head_only, after wanted) {
    if (wanted == after::next && response.close) wanted = after::close;
    // A peer that may still be sending must not lose this answer to a reset (RFC 9112 §9.6): its bytes may be
    // under way or with the kernel, where nobody sees them here.
    if (wanted == after::close || (wanted != after::drop && leaving())) wanted = after::linger;
    if (response.whole && !head_only && wanted == after::next) {
        const bool sent = co_await send(*response.whole);
        co_return sent ? wanted : after::drop;
    }
    std::string bytes;
    try {
        bytes = http::finish(response, head_only, wanted == after::next);
    } catch (...) {
        wanted = after::close;
        bytes = http::finish(bug({}), head_only, false);
    }
    wipe(response.body);
    const bool sent = co_await send(bytes);
    wipe(bytes);
    co_return sent ? wanted : after::drop;
}

async::task<bool> connection::send(std::string_view bytes) {
    const auto gone = stream_.write_now(bytes);
    bool sent = gone.has_value();
    if (!sent || *gone == bytes.size()) co_return sent;
    place_.move(crowd::state::owing);
    deadline_.in(terms_.limits.write);
    budget::share held(terms_.memory, budget::use::other, ender());
    sent = co_await hold(held, bytes.size());
    if (sent) {
        const auto done = co_await stream_.write_all(bytes.substr(*gone));
        sent = done.has_value();
    }
    deadline_.off();
    co_return sent;
}

async::task<void> connection::say_goodbye(bool linger) {
    // What a reporter typed does not wait for the peer: erasing leaves the bytes where they were.
    http::wiping_bytes().swap(in_);
    place_.move(crowd::state::owing);
    deadline_.in(terms_.limits.closing);
    stream_.resume();
    co_await stream_.shutdown(linger);
    deadline_.off();
}

}  // namespace net
