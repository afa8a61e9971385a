// One line to one server, over libcurl: a request out, its whole answer back. TLS 1.2 or newer, no redirects,
// no cookies, no session resumption (it would link two visits); proxies and Tor's SOCKS by curl's own
// environment variables (HTTPS_PROXY, ALL_PROXY, NO_PROXY).
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/line/address.hpp"
#include "client/line/errc.hpp"

namespace client {

inline constexpr std::size_t largest_answer = 32u << 20;
inline constexpr long connect_seconds = 10;
inline constexpr long total_seconds = 75;  // a waiting list (`wacht`) is held up to 60

struct request {
    std::string method = "GET";                               // GET, POST, PATCH or DELETE
    std::string target;                                       // path and query, exactly as sent
    std::string body;                                         // JSON; empty: none
    std::vector<std::pair<std::string, std::string>> fields;  // names in lower case
    bool held = false;  // the server keeps it waiting on purpose (`wacht`): its silence is no fault
};

struct answer {
    int status = 0;
    std::string body;
    std::map<std::string, std::string, std::less<>>
        fields;  // names in lower case; repeated ones joined by ", "
    // Of a 401 to a signed request: what is the matter, as far as the answer and what is public say
    // (client/line/turned_away.hpp). Empty: not asked.
    std::string why = {};
    // Empty where there is no such field.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

// Whom to believe that this is the server.
struct tls_trust {
    std::optional<std::string> cacert;  // only the certificates of this file; nothing: the system's
    // False only where what comes back is verified by a pinned root anyway (directory-verify).
    bool verify = true;
};

class http {
  public:
    http(address server, tls_trust trust);
    http(http&&) noexcept;
    ~http();

    // Any status is an answer; an errc is the lack of one.
    [[nodiscard]] std::expected<answer, errc> send(const request& request);
    // Asked about once a second while a request is under way; true ends it with errc::interrupted.
    void stop_when(std::function<bool()> asked);
    // Called whenever another thirty seconds went by without an answer, however often was asked; how many in
    // all. Not of a request that is held.
    void while_waiting(std::function<void(std::chrono::seconds)> tell);
    [[nodiscard]] const address& server() const;
    [[nodiscard]] const tls_trust& trust() const;
    // Where somebody said that this is the server ("--server", "the server of /home/anna/baken.toml"), for
    // sentences.
    void said_in(std::string place);
    [[nodiscard]] const std::string& said_in() const;

  private:
    struct line;
    std::unique_ptr<line> line_;
};

}  // namespace client
