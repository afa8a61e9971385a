// One visitor's connection, one coroutine: handshake, then request after request until somebody closes. Every
// wait has a deadline but the service's own; every buffer is bounded, wiped, and given back while the
// connection idles.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>

#include "base/async/task.hpp"
#include "server/http/guard.hpp"
#include "server/http/message.hpp"
#include "server/net/crowd.hpp"
#include "server/net/deadline.hpp"
#include "server/net/pulse.hpp"
#include "server/net/terms.hpp"
#include "server/net/tls_stream.hpp"

namespace net {

class connection : public std::enable_shared_from_this<connection> {
  public:
    // `terms`, `crowd` and `pulse` outlive it; `context` may be null (plain HTTP).
    connection(const boost::asio::any_io_executor& executor, descriptor socket, const tls_context* context,
               terms& terms, crowd& crowd, pulse& pulse);

    // The whole life. Throws only what is a bug of ours or no memory.
    [[nodiscard]] static async::task<void> live(std::shared_ptr<connection> self);

    // Ends it where no request is under way; else it closes after its answer. On the connection's own thread.
    void retire();
    // Ends it at its next wait.
    void cut();

  private:
    // What follows a request: the next one, a goodbye, a goodbye that throws away what is still coming in, or
    // an end without one.
    enum class after { next, close, linger, drop };
    // Status 0: close without an answer.
    template <class T>
    using or_refusal = std::expected<T, http::refusal>;

    // Whether the next request is to be waited for; if so, everything is put away for that.
    [[nodiscard]] bool rests();
    // What follows a peer that says nothing more.
    [[nodiscard]] after end_of_silence() const;
    [[nodiscard]] async::task<or_refusal<std::size_t>> receive_header();
    [[nodiscard]] async::task<or_refusal<http::wiping_bytes>> receive_body(std::size_t size,
                                                                           budget::share& held);
    // Whether this much may be held; waits a little where others are to make room for it.
    [[nodiscard]] async::task<bool> hold(budget::share& held, std::size_t bytes);
    // Cuts this connection from any thread.
    [[nodiscard]] std::function<void()> ender();
    [[nodiscard]] async::task<after> serve(std::size_t header_size);
    [[nodiscard]] async::task<after> fulfil(http::head head, bool head_only);
    [[nodiscard]] async::task<http::response> answer(http::request request);
    [[nodiscard]] async::task<after> refuse(http::refusal refusal, bool head_only, std::string path = {});
    [[nodiscard]] async::task<after> reply(http::response response, bool head_only, after wanted);
    [[nodiscard]] async::task<bool> send(std::string_view bytes);
    [[nodiscard]] async::task<void> say_goodbye(bool linger);

    // The service's verdict on the header, or the answer that ends this request.
    [[nodiscard]] std::expected<void, http::response> consider(http::head& head);
    // path: of the request, where its header was read.
    [[nodiscard]] http::response refusal_of(http::refusal refusal, std::string_view path) const;
    // Logged without a word of the request.
    [[nodiscard]] http::response bug(std::string_view path) const;
    [[nodiscard]] bool leaving() const { return retired_ || terms_.draining.load(std::memory_order_acquire); }
    [[nodiscard]] std::string_view received() const;

    const boost::asio::any_io_executor executor_;
    terms& terms_;
    pulse& pulse_;
    tls_stream stream_;
    deadline deadline_;
    crowd::place place_;
    http::wiping_bytes in_;  // received and not yet used
    bool fresh_ = true;      // no request yet
    bool retired_ = false;
    bool cut_ = false;
};

}  // namespace net
