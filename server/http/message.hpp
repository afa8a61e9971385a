// A request and a response as values. This room reads no socket: connections (server/net) fill a request from
// what the framing guard let through, and write a response out in one piece.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/wiping.hpp"

namespace http {

enum class method { get, head, post, patch, del, options, other };

using field = std::pair<std::string, std::string>;

// The header of a request that passed the framing guard: HTTP/1.1, origin-form target, one Host of ours, a
// body framed by one Content-Length or none.
struct head {
    http::method method = method::get;
    std::string method_text;    // as sent, for the signature base
    std::string target;         // as sent
    std::string path;           // before "?", as sent (percent-encoding untouched)
    std::string query;          // "?" and what follows; empty where the target has none
    std::string authority;      // Host in lower case, without the scheme's default port
    std::vector<field> fields;  // in order; names in lower case, values trimmed
    std::size_t content_length = 0;
    // Of a request that writes: which of 65,536 senders it counts for, see net::service::sender.
    std::uint16_t sender = 0;
    bool keep_alive = true;
    bool expects_continue = false;

    // The value of a field that stands exactly once, or nothing.
    [[nodiscard]] std::optional<std::string_view> one(std::string_view lower_case_name) const;
    [[nodiscard]] std::size_t count(std::string_view lower_case_name) const;
    // Whether If-None-Match names this entity tag (with its quotes, perhaps W/ before them), or is "*": weak
    // comparison, RFC 9110 §13.1.2.
    [[nodiscard]] bool has_current(std::string_view tag) const;
    // Whether Content-Type stands once and names this type (lower case), in any case, whatever its parameters
    // (RFC 9110 §8.3.1).
    [[nodiscard]] bool is_of_type(std::string_view media_type) const;
};

struct request {
    http::head head;
    wiping_bytes body;  // zeroed when it goes
};

struct response {
    unsigned status = 200;
    std::string content_type;   // empty: no body
    std::vector<field> fields;  // besides those every answer has (see finish)
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of body: rendered once, served often
    bool close = false;                              // close the connection after it
    // What finish() makes of it where the connection goes on and the request is no HEAD, made beforehand: see
    // prepared().
    std::shared_ptr<const std::string> whole;

    [[nodiscard]] std::string_view content() const {
        return shared_body ? std::string_view(*shared_body) : std::string_view(body);
    }
    response& with(std::string name, std::string value) {
        whole.reset();
        fields.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

// Status line, every header and the body in one buffer. Adds what every answer has (api.md): HSTS,
// Cache-Control: no-store unless set, nosniff, no-referrer, a strict CSP unless set, cross-origin isolation,
// a Permissions-Policy that allows nothing, no look-up of names beforehand;
// Content-Length, Date is left out on purpose (it would tell the server's clock to the second, and nobody
// here needs it), Connection: close. For HEAD the body is left away, its length stays.
[[nodiscard]] std::string finish(const response& response, bool head_only, bool keep_alive);

// The same answer, to be served often: copies of it share one body and one `whole`. Whoever changes a copy
// otherwise than by with() takes `whole` away.
[[nodiscard]] response prepared(response response);

}  // namespace http
