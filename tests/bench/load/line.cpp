#include "tests/bench/load/line.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace load {

target::target(std::uint16_t port) : port_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(context_, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(context_, "TLS_AES_256_GCM_SHA384");  // the same with every peer
    SSL_CTX_set1_groups_list(context_, "X25519");
    SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                   SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context_, 1);
}

target::~target() { SSL_CTX_free(context_); }

ssl_st* target::session(int descriptor) const {
    auto* out = SSL_new(context_);
    if (out == nullptr || SSL_set_fd(out, descriptor) != 1) throw std::runtime_error("no TLS session");
    SSL_set_tlsext_host_name(out, "localhost");
    SSL_set_connect_state(out);
    return out;
}

int target::socket() {
    const int out = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (out < 0) throw std::runtime_error("descriptors have run out");
    const int on = 1;
    ::setsockopt(out, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(out, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + next_++ % 32);
    ::bind(out, reinterpret_cast<const sockaddr*>(&from), sizeof from);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(out, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    return out;
}

line::line(target& to, int epoll) : epoll_(epoll), descriptor_(to.socket()), ssl_(to.session(descriptor_)) {
    epoll_event event{};
    event.events = wanted_ = EPOLLOUT;
    event.data.ptr = this;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor_, &event);
}

line::~line() {
    SSL_free(ssl_);
    ::close(descriptor_);
}

void line::want(std::uint32_t events) {
    if (events == wanted_) return;
    epoll_event event{};
    event.events = wanted_ = events;
    event.data.ptr = this;
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor_, &event);
}

bool line::waits(int result) {
    switch (SSL_get_error(ssl_, result)) {
        case SSL_ERROR_WANT_READ:
            want(EPOLLIN);
            return true;
        case SSL_ERROR_WANT_WRITE:
            want(EPOLLOUT);
            return true;
        default:
            stage_ = stage::gone;
            return false;
    }
}

line::event line::step() {
    ERR_clear_error();
    switch (stage_) {
        case stage::handshake:
            if (const int done = SSL_do_handshake(ssl_); done != 1)
                return waits(done) ? event::nothing : event::broken;
            stage_ = stage::ready;
            want(EPOLLIN);
            return event::ready;
        case stage::send:
            return write();
        case stage::leaving:
        case stage::ready:
        case stage::head:
        case stage::body:
            return read();
        case stage::gone:
            break;
    }
    return event::over;
}

void line::send(std::string_view request, clock::time_point due) {
    rest_ = request;
    due_ = due;
    stage_ = stage::send;
    want(EPOLLOUT);
}

void line::leave() {
    ERR_clear_error();
    stage_ = stage::leaving;
    SSL_shutdown(ssl_);
    want(EPOLLIN);
}

line::event line::write() {
    while (!rest_.empty()) {
        std::size_t written = 0;
        const int done = SSL_write_ex(ssl_, rest_.data(), rest_.size(), &written);
        if (done != 1) return waits(done) ? event::nothing : event::broken;
        rest_.remove_prefix(written);
    }
    stage_ = stage::head;
    head_.clear();
    received_ = 0;
    want(EPOLLIN);
    return event::nothing;
}

line::event line::read() {
    static std::array<char, 16384> bytes;  // one thread
    for (;;) {
        std::size_t got = 0;
        const int done = SSL_read_ex(ssl_, bytes.data(), bytes.size(), &got);
        if (done != 1) {
            const bool goodbye = stage_ == stage::ready || stage_ == stage::leaving;
            if (waits(done)) return event::nothing;
            return goodbye ? event::over : event::broken;
        }
        received_ += got;
        if (stage_ == stage::head) {
            head_.append(bytes.data(), got);
            if (!read_head()) continue;
        } else if (stage_ == stage::body) {
            left_ -= std::min(left_, got);
        }
        if (stage_ == stage::body && left_ == 0) return finished();
    }
}

bool line::read_head() {
    const auto end = head_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    status_ = 0;
    std::from_chars(head_.data() + 9, head_.data() + std::min<std::size_t>(12, end), status_);
    left_ = 0;
    // Both peers write this name so.
    if (const auto at = head_.find("Content-Length: "); at < end)
        std::from_chars(head_.data() + at + 16, head_.data() + end, left_);
    const auto close = head_.find("onnection: close");
    closing_ = close < end;
    left_ -= std::min(left_, head_.size() - end - 4);
    stage_ = stage::body;
    return true;
}

line::event line::finished() {
    stage_ = stage::ready;
    return event::answered;
}

}  // namespace load
