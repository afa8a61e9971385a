// The small service of these tests and the server around it.
#include "tests/unit/net/serving.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace net::tests {
namespace {

http::response text(unsigned status, std::string words) {
    http::response out;
    out.status = status;
    out.content_type = "text/plain";
    out.body = std::move(words);
    return out;
}

}  // namespace

std::expected<std::size_t, http::response> echo::admit(const http::head& head) {
    if (head.path == "/refused") return std::unexpected(text(404, "refused"));
    if (head.path == "/admit-throws") throw std::runtime_error("secret of the visitor");
    return 100'000;
}

async::task<http::response> echo::answer(http::request request) {
    const auto& path = request.head.path;
    if (path == "/echo" || path == "/report")
        co_return text(200, std::string(request.body.begin(), request.body.end()));
    if (path == "/big") co_return text(200, std::string(8'000'000, 'b'));
    if (path == "/huge") co_return text(200, std::string(64'000'000, 'h'));
    if (path == "/throw") throw std::runtime_error("secret of the visitor");
    auto response = text(200, "hello");
    if (path == "/split") response.with("X", "a\r\nY: b");
    if (path == "/wait" || path == "/stuck") {
        const auto executor = co_await boost::asio::this_coro::executor;
        const auto timer = std::make_shared<boost::asio::steady_timer>(executor, std::chrono::hours(1));
        if (path == "/wait") wait_ = timer;
        waiting.count_down();
        const auto [ignored] = co_await timer->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        static_cast<void>(ignored);
    }
    co_return response;
}

void echo::felt(std::size_t, std::chrono::microseconds delay) { longest = std::max(longest.load(), delay); }

http::response echo::refuse(unsigned status, std::string_view why, std::string_view) {
    return text(status, std::string(why));
}

void echo::release() {
    if (const auto timer = wait_.lock()) timer->cancel();
}

serving::serving(limits limits, bool tls, unsigned threads) {
    options wanted;
    wanted.listen = {endpoint{.address = "127.0.0.1", .port = 0, .tls = tls}};
    wanted.tls = certificate.files();
    wanted.names = {"localhost"};
    wanted.limits = limits;
    wanted.threads = threads;
    auto opened = server::open(std::move(wanted));
    if (!opened) throw std::runtime_error(opened.error().sentence());
    server_ = std::move(*opened);
    server_->at_drain([this](std::size_t) { service.release(); });
    server_->start(service);
}

serving::~serving() = default;

std::string get(const std::string& path, const std::string& lines) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
}

std::string post(const std::string& path, const std::string& body, const std::string& lines) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + lines + "\r\n" + body;
}

}  // namespace net::tests
