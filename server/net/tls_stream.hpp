// TLS on a descriptor: OpenSSL reads and writes the socket itself, Asio only says when it is ready. An idle
// connection so costs a fifth of what asio::ssl::stream takes. Without a context the same
// type is plain TCP. Nothing here throws over what a peer does. One coroutine uses a stream at a time, on its
// executor's thread.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "base/async/task.hpp"
#include "server/http/wiping.hpp"
#include "server/net/descriptor.hpp"
#include "server/net/errc.hpp"
#include "server/net/tls_context.hpp"

struct ssl_st;

namespace net {

class tls_stream {
  public:
    // `socket` is connected and non-blocking; `context` may be null and is not needed afterwards.
    tls_stream(const boost::asio::any_io_executor& executor, descriptor socket, const tls_context* context);

    [[nodiscard]] async::task<std::expected<void, errc>> handshake();

    // Whether something that arrived lies in OpenSSL, so that no wait for the socket would end.
    [[nodiscard]] bool holds() const;
    // Waits for something to read, and reads nothing. Not while it holds something.
    [[nodiscard]] async::task<std::expected<void, errc>> readable() { return wait(step::wait_read); }
    // Appends 1 to `at_most` bytes and returns their number.
    [[nodiscard]] async::task<std::expected<std::size_t, errc>> read_some(http::wiping_bytes& onto,
                                                                          std::size_t at_most);
    // What goes without waiting: 0 to bytes.size(). The rest must follow, unchanged, by write_all.
    [[nodiscard]] std::expected<std::size_t, errc> write_now(std::string_view bytes);
    [[nodiscard]] async::task<std::expected<void, errc>> write_all(std::string_view bytes);

    // Says goodbye and closes. With `linger` what the peer still sends is thrown away until it closes too or
    // somebody interrupts: closing over unread bytes would make its system discard our answer.
    [[nodiscard]] async::task<void> shutdown(bool linger);
    // Closes so that the peer sees a reset and the kernel keeps nothing.
    void abort();

    // For what only the system knows of the peer.
    [[nodiscard]] int number() { return descriptor_.native_handle(); }

    // What waits now and whatever would wait later ends with errc::interrupted, until resume.
    void interrupt();
    void resume() { interrupted_ = false; }

  private:
    struct release {
        void operator()(ssl_st* ssl) const;
    };
    enum class step { done, wait_read, wait_write, closed, broken };

    step judge(int result);
    step judge_plain(std::ptrdiff_t result, step wait);
    step take(http::wiping_bytes& onto, std::size_t at_most, std::size_t& taken);
    step put(std::string_view bytes, std::size_t& written);
    // Waits where the step says so; the error where it can never be done.
    [[nodiscard]] async::task<std::expected<void, errc>> wait(step reason);

    boost::asio::posix::stream_descriptor descriptor_;
    std::unique_ptr<ssl_st, release> ssl_;  // null: plain
    bool interrupted_ = false;
    bool broken_ = false;  // after a fatal error OpenSSL must not be asked to say goodbye
};

}  // namespace net
