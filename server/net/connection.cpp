// The life of a connection, read from top to bottom: live, receive_header, serve, fulfil, reply.
#include "server/net/connection.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/watch/log.hpp"
#include "server/net/sender_front.hpp"

namespace net {
namespace {

constexpr http::refusal silence{0, ""};
constexpr http::refusal slow_header{408, "the header did not arrive in time"};
constexpr http::refusal slow_body{408, "the body did not arrive in time"};
constexpr http::refusal large_body{413, "the body is too large"};
constexpr http::refusal long_target{414, "the address is too long"};
constexpr http::refusal large_header{431, "the header is too large"};
constexpr http::refusal no_memory{503, "too many large requests are under way"};

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

// A body's buffer grows with what arrives, not with what was announced.
constexpr std::size_t first_room = 64 * 1024;

// Whether the request line is longer than any of ours can be: more will not mend it.
bool endless_target(std::string_view received) {
    constexpr auto longest_line = http::longest_method + http::longest_target + 11;
    return received.size() > longest_line && received.substr(0, longest_line + 1).find('\r') == received.npos;
}

}  // namespace

connection::connection(const boost::asio::any_io_executor& executor, descriptor socket,
                       const tls_context* context, terms& terms, crowd& crowd, pulse& pulse)
    : executor_(executor),
      terms_(terms),
      pulse_(pulse),
      stream_(executor, std::move(socket), context),
      deadline_(executor, stream_),
      place_(crowd, *this) {}

std::string_view connection::received() const {
    return {reinterpret_cast<const char*>(in_.data()), in_.size()};
}

void connection::retire() {
    retired_ = true;
    if (place_.rests()) stream_.interrupt();
}

void connection::cut() {
    cut_ = true;
    stream_.interrupt();
}

async::task<void> connection::live(std::shared_ptr<connection> self) {
    self->deadline_.in(self->terms_.limits.handshake);
    const auto shaken = co_await self->stream_.handshake();
    if (!shaken) co_return;
    self->deadline_.in(self->terms_.limits.head);
    auto next = after::next;
    while (next == after::next) {
        // Most connections are here most of the time: a wait without a buffer, and with no frame below it.
        if (self->rests()) {
            const auto ready = co_await self->stream_.readable();
            if (!ready) {
                next = self->end_of_silence();
                break;
            }
        }
        const auto header = co_await self->receive_header();
        if (header)
            next = co_await self->serve(*header);
        else if (header.error().status == 0)
            next = self->end_of_silence();
        else
            next = co_await self->refuse(header.error(), self->received().starts_with("HEAD "));
    }
    if (next == after::drop || self->cut_)
        self->stream_.abort();
    else
        co_await self->say_goodbye(next == after::linger);
}

bool connection::rests() {
    if (fresh_ || !in_.empty() || leaving() || stream_.holds()) return false;
    http::wiping_bytes().swap(in_);
    deadline_.in(terms_.limits.idle);
    place_.move(crowd::state::idle);
    return true;
}

// A request that crosses with a drain gets no answer, but an orderly end.
connection::after connection::end_of_silence() const {
    return terms_.draining ? after::linger : after::close;
}

async::task<connection::or_refusal<std::size_t>> connection::receive_header() {
    const auto& limits = terms_.limits;
    bool timed = fresh_;  // the first header's time runs since the handshake
    place_.move(in_.empty() ? crowd::state::idle : crowd::state::owing);
    if (in_.empty()) {
        if (leaving()) co_return std::unexpected(silence);
        http::wiping_bytes().swap(in_);
        if (!fresh_) deadline_.in(limits.idle);
    }
    fresh_ = false;
    for (std::size_t seen = 0;;) {
        const auto size = http::header_size(received(), seen);
        if (!size || *size != 0) co_return size;
        seen = in_.size();
        if (endless_target(received())) co_return std::unexpected(long_target);
        if (seen >= limits.head_bytes) co_return std::unexpected(large_header);
        // The first byte ends the idle time. A header that comes in one piece never touches the timer.
        if (seen != 0 && !timed) deadline_.in(limits.head);
        timed = timed || seen != 0;
        const auto got = co_await stream_.read_some(in_, limits.head_bytes - seen);
        place_.move(crowd::state::owing);
        if (got) continue;
        const bool late = got.error() == errc::interrupted && !cut_ && !in_.empty();
        co_return std::unexpected(late ? slow_header : silence);
    }
}

async::task<connection::after> connection::serve(std::size_t header_size) {
    deadline_.off();
    place_.move(crowd::state::working);
    pulse_.beat();
    const auto raw = received().substr(0, header_size);
    const bool head_only = raw.starts_with("HEAD ");
    auto head = http::guard(raw, terms_.names);
    in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(header_size));
    if (!head) co_return co_await refuse(head.error(), head_only);
    auto considered = consider(*head);
    if (!considered) {
        const bool unread = head->content_length != 0;
        const auto wanted = unread ? after::linger : head->keep_alive ? after::next : after::close;
        co_return co_await reply(std::move(considered.error()), head_only, wanted);
    }
    const auto next = co_await fulfil(std::move(*head), head_only);
    // Whoever sends many requests at once waits his turn between them.
    const auto executor = co_await boost::asio::this_coro::executor;
    if (next == after::next && !in_.empty()) co_await boost::asio::post(executor, boost::asio::use_awaitable);
    co_return next;
}

async::task<connection::after> connection::fulfil(http::head head, bool head_only) {
    const auto size = head.content_length;
    const bool keep_alive = head.keep_alive;
    if (head.expects_continue && in_.size() < size) {
        const bool sent = co_await send(go_on);
        if (!sent) co_return after::drop;
    }
    http::request request;
    request.head = std::move(head);
    http::response response;
    {
        const auto use =
            terms_.served->brings_report(request.head) ? budget::use::report : budget::use::other;
        budget::share held(terms_.memory, use, ender());
        auto body = co_await receive_body(size, held);
        if (!body && body.error().status == 0) co_return after::close;
        if (!body) co_return co_await refuse(body.error(), head_only, request.head.path);
        request.body = std::move(*body);
        response = co_await answer(std::move(request));
    }
    co_return co_await reply(std::move(response), head_only, keep_alive ? after::next : after::close);
}

async::task<connection::or_refusal<http::wiping_bytes>> connection::receive_body(std::size_t size,
                                                                                 budget::share& held) {
    const auto& limits = terms_.limits;
    const auto here = static_cast<std::ptrdiff_t>(std::min(in_.size(), size));
    http::wiping_bytes body;
    body.reserve(std::min(size, std::max(first_room, in_.size())));
    body.insert(body.end(), in_.begin(), in_.begin() + here);
    in_.erase(in_.begin(), in_.begin() + here);
    if (body.size() < size) {
        place_.move(crowd::state::owing);
        deadline_.in(limits.body + std::chrono::seconds(size / limits.body_bytes_per_second));
    }
    while (body.size() < size) {
        const auto got = co_await stream_.read_some(body, size - body.size());
        if (got && held.grow_to(body.size()) == budget::answer::held) continue;
        if (got) {
            const bool may = co_await hold(held, body.size());
            if (!may) co_return std::unexpected(cut_ ? silence : no_memory);
            continue;
        }
        const bool late = got.error() == errc::interrupted && !cut_;
        co_return std::unexpected(late ? slow_body : silence);
    }
    deadline_.off();
    held.owes(false);
    place_.move(crowd::state::working);
    co_return body;
}

std::expected<void, http::response> connection::consider(http::head& head) {
    try {
        if (head.method == http::method::post || head.method == http::method::patch)
            head.sender = terms_.served->sender(sender_front::of(stream_.number()).bytes());
        auto allowed = terms_.served->admit(head);
        if (!allowed) return std::unexpected(std::move(allowed.error()));
        if (head.content_length > *allowed) return std::unexpected(refusal_of(large_body, head.path));
        return {};
    } catch (...) {
        return std::unexpected(bug(head.path));
    }
}

async::task<http::response> connection::answer(http::request request) {
    const auto path = request.head.path;
    try {
        co_return co_await terms_.served->answer(std::move(request));
    } catch (...) {
    }
    co_return bug(path);
}

}  // namespace net
