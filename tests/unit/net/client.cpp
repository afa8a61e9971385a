// Blocking on purpose: a test reads like a transcript.
#include "tests/unit/net/client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <utility>

namespace net::tests {
namespace {

descriptor connect_to(std::uint16_t port) {
    descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;  // or the kernel holds small requests back for 40 ms
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) return {};
    return socket;
}

}  // namespace

client::client(std::uint16_t port, wishes wishes) : socket_(connect_to(port)) {
    if (!socket_) return;
    connected_ = !wishes.tls;
    if (!wishes.tls) return;
    context_.reset(SSL_CTX_new(TLS_client_method()));
    // Old versions are offered only at security level 0; it is the server that must refuse them.
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), wishes.lowest);
    SSL_CTX_set_max_proto_version(context_.get(), wishes.highest);
    if (!wishes.ciphers.empty()) SSL_CTX_set_cipher_list(context_.get(), wishes.ciphers.c_str());
    if (!wishes.groups.empty()) SSL_CTX_set1_groups_list(context_.get(), wishes.groups.c_str());
    SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_CLIENT);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_.number());
    // Counts the tickets that arrive (message type 4, RFC 8446, section 4.6.1).
    SSL_set_msg_callback(
        ssl_.get(), [](int write, int, int type, const void* bytes, std::size_t size, SSL*, void* self) {
            const bool ticket =
                size > 0 && *static_cast<const unsigned char*>(bytes) == SSL3_MT_NEWSESSION_TICKET;
            if (write == 0 && type == SSL3_RT_HANDSHAKE && ticket) ++static_cast<client*>(self)->tickets_;
        });
    SSL_set_msg_callback_arg(ssl_.get(), this);
    if (!wishes.protocols.empty())
        SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(wishes.protocols.data()),
                            static_cast<unsigned>(wishes.protocols.size()));
    if (wishes.resume != nullptr) SSL_set_session(ssl_.get(), wishes.resume);
    connected_ = SSL_connect(ssl_.get()) == 1;
}

bool client::send(std::string_view bytes) {
    if (!socket_) return false;
    const auto size = static_cast<int>(bytes.size());
    if (ssl_) return SSL_write(ssl_.get(), bytes.data(), size) == size;
    return ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
}

bool client::more() {
    char arrived[16 * 1024];
    auto got = 0;
    if (ssl_)
        got = SSL_read(ssl_.get(), arrived, sizeof arrived);
    else
        got = static_cast<int>(::recv(socket_.number(), arrived, sizeof arrived, 0));
    if (got > 0) {
        in_.append(arrived, static_cast<std::size_t>(got));
        return true;
    }
    // Patience ran out, or the server has closed.
    closed_ = errno != EAGAIN && errno != EWOULDBLOCK;
    return false;
}

std::string client::answer(bool head_only) {
    auto end = in_.find("\r\n\r\n");
    while (end == in_.npos) {
        errno = 0;
        if (!more()) return {};
        end = in_.find("\r\n\r\n");
    }
    auto size = end + 4;
    const auto length = in_.find("Content-Length: ");
    if (!head_only && length < end) size += std::strtoul(in_.c_str() + length + 16, nullptr, 10);
    while (in_.size() < size) {
        errno = 0;
        if (!more()) return {};
    }
    auto out = in_.substr(0, size);
    in_.erase(0, size);
    return out;
}

std::string client::rest() {
    do errno = 0;
    while (more());
    return std::exchange(in_, {});
}

std::vector<unsigned char> client::peer_certificate() const {
    const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(ssl_.get()), X509_free);
    unsigned char* bytes = nullptr;
    const auto size = i2d_X509(peer.get(), &bytes);
    std::vector<unsigned char> out(bytes, bytes + std::max(size, 0));
    OPENSSL_free(bytes);
    return out;
}

unsigned status(std::string_view answer) {
    if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12) return 0;
    return static_cast<unsigned>(std::strtoul(std::string(answer.substr(9, 3)).c_str(), nullptr, 10));
}

std::string_view body(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == answer.npos ? std::string_view() : answer.substr(end + 4);
}

}  // namespace net::tests
