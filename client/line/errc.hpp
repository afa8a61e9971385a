// Why a request got no usable answer, each with one plain sentence for the person at the terminal. What a
// document or a key is refused for stands in protocol::errc and crypto::errc; refusal.hpp takes all of them.
#pragma once

#include <string_view>

namespace client {

enum class errc {
    bad_address,    // not https://host[:port] (or http://….onion), or more than that
    unreachable,    // no name, no route, nobody listening
    proxy,          // the proxy of the environment does not answer or refuses
    untrusted,      // the server's certificate is not trusted
    tls,            // no TLS 1.2 or newer could be agreed
    bad_cacert,     // the file of `cacert` cannot be used
    timed_out,      // 10 s to connect, 75 s in all
    too_large,      // an answer of more than 32 MiB
    broken,         // the connection ended in the middle
    interrupted,    // the person asked to stop
    bad_answer,     // an answer that the interface does not have
    no_trail_head,  // a signed answer without its Logboek header (protocol §7)
};

[[nodiscard]] std::string_view text(errc error);

// For machines: try-later, not-trusted, interrupted or failed.
[[nodiscard]] std::string_view code(errc error);

// Whether the same request may be sent once more: nothing is known to be wrong with it.
[[nodiscard]] bool may_pass(errc error);

}  // namespace client
