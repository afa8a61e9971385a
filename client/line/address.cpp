#include "client/line/address.hpp"

#include <algorithm>
#include <arpa/inet.h>

#include "base/text/ascii.hpp"

namespace client {
namespace {

bool all_of(std::string_view text, std::string_view accepted) {
    return !text.empty() && text.find_first_not_of(accepted) == std::string_view::npos;
}

bool is_host(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) {
        in6_addr numeric{};
        const std::string literal(host.substr(1, host.size() - 2));
        return all_of(literal, "0123456789abcdef:.") && ::inet_pton(AF_INET6, literal.c_str(), &numeric) == 1;
    }
    return all_of(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_") && host.size() <= 253;
}

bool is_port(std::string_view port) {
    if (!all_of(port, "0123456789") || port.size() > 5 || port.starts_with('0')) return false;
    return std::stoi(std::string(port)) <= 65535;
}

}  // namespace

std::expected<address, errc> address::parse(std::string_view url) {
    std::string text = base::lower(url);
    std::string_view rest = text;
    bool tls = rest.starts_with("https://");
    if (!tls && !rest.starts_with("http://")) return std::unexpected(errc::bad_address);
    rest.remove_prefix(tls ? 8 : 7);
    if (rest.ends_with('/')) rest.remove_suffix(1);

    // In an IPv6 literal the last colon outside the brackets begins the port.
    auto colon = rest.find(':', rest.starts_with('[') ? std::min(rest.find(']'), rest.size()) : 0);
    auto host = rest.substr(0, colon);
    std::string_view port;
    if (colon != std::string_view::npos) {
        port = rest.substr(colon + 1);
        if (!is_port(port)) return std::unexpected(errc::bad_address);
    }
    if (!is_host(host) || (!tls && !host.ends_with(".onion"))) return std::unexpected(errc::bad_address);

    address out;
    out.authority_ = host;
    if (!port.empty() && port != (tls ? "443" : "80")) out.authority_ += ":" + std::string(port);
    out.origin_ = (tls ? "https://" : "http://") + out.authority_;
    return out;
}

}  // namespace client
