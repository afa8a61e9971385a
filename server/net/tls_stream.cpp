// Each verb tries first and waits only where OpenSSL or the socket says so. The queue of OpenSSL's
// errors belongs to the thread, so it is emptied before every call: another connection's error must not
// end this one.
#include "server/net/tls_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <string.h>
#include <sys/socket.h>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace net {
namespace {

// A TLS record carries at most this much; the bytes are read to the stack first, so that an idle connection
// holds no buffer and a busy one exactly what arrived.
constexpr std::size_t record = 16 * 1024;
// A peer that keeps sending after our goodbye is thrown out after this much.
constexpr std::size_t patience = 1024 * 1024;

}  // namespace

void tls_stream::release::operator()(ssl_st* ssl) const { SSL_free(ssl); }

tls_stream::tls_stream(const boost::asio::any_io_executor& executor, descriptor socket,
                       const tls_context* context)
    : descriptor_(executor) {
    const int number = socket.number();
    if (context != nullptr) {
        ssl_.reset(SSL_new(context->native()));
        if (!ssl_ || SSL_set_fd(ssl_.get(), number) != 1)
            throw std::runtime_error("no TLS session can be made");
        SSL_set_accept_state(ssl_.get());
    }
    descriptor_.assign(number);
    static_cast<void>(socket.release());
}

tls_stream::step tls_stream::judge(int result) {
    if (result > 0) return step::done;
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return step::wait_read;
        case SSL_ERROR_WANT_WRITE:
            return step::wait_write;
        case SSL_ERROR_ZERO_RETURN:
            return step::closed;
        default:
            broken_ = true;
            return step::broken;
    }
}

tls_stream::step tls_stream::judge_plain(std::ptrdiff_t result, step wait) {
    if (result > 0) return step::done;
    if (result == 0) return step::closed;
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return wait;
    broken_ = true;
    return step::broken;
}

tls_stream::step tls_stream::take(http::wiping_bytes& onto, std::size_t at_most, std::size_t& taken) {
    std::array<std::uint8_t, record> arrived;  // NOLINT: written by the read
    const auto room = std::min(at_most, arrived.size());
    auto outcome = step::broken;
    if (ssl_) {
        ERR_clear_error();
        outcome = judge(SSL_read_ex(ssl_.get(), arrived.data(), room, &taken));
    } else {
        const auto got = ::recv(descriptor_.native_handle(), arrived.data(), room, 0);
        taken = got > 0 ? static_cast<std::size_t>(got) : 0;
        outcome = judge_plain(got, step::wait_read);
    }
    if (outcome != step::done) return outcome;
    onto.insert(onto.end(), arrived.begin(), arrived.begin() + static_cast<std::ptrdiff_t>(taken));
    ::explicit_bzero(arrived.data(), taken);
    return outcome;
}

tls_stream::step tls_stream::put(std::string_view bytes, std::size_t& written) {
    if (ssl_) {
        ERR_clear_error();
        return judge(SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written));
    }
    const auto sent = ::send(descriptor_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    written = sent > 0 ? static_cast<std::size_t>(sent) : 0;
    return judge_plain(sent, step::wait_write);
}

async::task<std::expected<void, errc>> tls_stream::wait(step reason) {
    if (reason == step::closed) co_return std::unexpected(errc::closed);
    if (reason == step::broken) co_return std::unexpected(errc::broken);
    if (interrupted_) co_return std::unexpected(errc::interrupted);
    const auto readiness = reason == step::wait_write ? boost::asio::posix::descriptor_base::wait_write
                                                      : boost::asio::posix::descriptor_base::wait_read;
    const auto [error] =
        co_await descriptor_.async_wait(readiness, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (interrupted_) co_return std::unexpected(errc::interrupted);
    if (error) co_return std::unexpected(errc::broken);
    co_return std::expected<void, errc>();
}

async::task<std::expected<void, errc>> tls_stream::handshake() {
    while (ssl_) {
        ERR_clear_error();
        const auto outcome = judge(SSL_do_handshake(ssl_.get()));
        if (outcome == step::done) break;
        auto ready = co_await wait(outcome);
        if (!ready) co_return ready;
    }
    co_return std::expected<void, errc>();
}

bool tls_stream::holds() const { return ssl_ && SSL_has_pending(ssl_.get()) == 1; }

async::task<std::expected<std::size_t, errc>> tls_stream::read_some(http::wiping_bytes& onto,
                                                                    std::size_t at_most) {
    for (;;) {
        std::size_t taken = 0;
        const auto outcome = take(onto, at_most, taken);
        if (outcome == step::done) co_return taken;
        const auto ready = co_await wait(outcome);
        if (!ready) co_return std::unexpected(ready.error());
    }
}

std::expected<std::size_t, errc> tls_stream::write_now(std::string_view bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        std::size_t written = 0;
        const auto outcome = put(bytes.substr(done), written);
        if (outcome == step::closed) return std::unexpected(errc::closed);
        if (outcome == step::broken) return std::unexpected(errc::broken);
        if (outcome != step::done) break;
        done += written;
    }
    return done;
}

async::task<std::expected<void, errc>> tls_stream::write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        std::size_t written = 0;
        const auto outcome = put(bytes, written);
        bytes.remove_prefix(written);
        if (outcome == step::done) continue;
        auto ready = co_await wait(outcome);
        if (!ready) co_return ready;
    }
    co_return std::expected<void, errc>();
}

async::task<void> tls_stream::shutdown(bool linger) {
    if (ssl_ && !broken_) {
        ERR_clear_error();
        static_cast<void>(SSL_shutdown(ssl_.get()));
    }
    // With what it deciphered and nobody took: that does not wait for the peer.
    ssl_.reset();
    ::shutdown(descriptor_.native_handle(), SHUT_WR);
    std::array<char, 4096> unwanted;  // NOLINT: never read
    for (std::size_t seen = 0; linger && seen < patience;) {
        const auto got = ::recv(descriptor_.native_handle(), unwanted.data(), unwanted.size(), 0);
        if (got > 0) {
            seen += static_cast<std::size_t>(got);
            continue;
        }
        const auto outcome = judge_plain(got, step::wait_read);
        const auto ready = co_await wait(outcome);
        if (!ready) break;
    }
    boost::system::error_code ignored;
    descriptor_.close(ignored);
}

void tls_stream::abort() {
    const ::linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_.native_handle(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    boost::system::error_code ignored;
    descriptor_.close(ignored);
}

void tls_stream::interrupt() {
    interrupted_ = true;
    boost::system::error_code ignored;
    descriptor_.cancel(ignored);
}

}  // namespace net
