// `baken admin directory-publish`: hands what directory-sign made to the running server, or puts it into the
// store where none runs. The root's signature is the authority, so nothing else is asked.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"

namespace admin {

struct directory_publish_options {
    std::string data;  // an installation; or else
    std::string url;   // a server (with data: the one of that installation), its certificate judged by cacert
                       // or the system's authorities
    std::string cacert;  // empty: the system's
    std::string file;    // signed_directory.hpp
};

struct directory_published {
    std::int64_t version = 0;
    protocol::day until;
    std::string asked;  // the address, or the store
};

// In force when this returns, also where it was already.
[[nodiscard]] client::result<directory_published> directory_publish(const directory_publish_options& options);

}  // namespace admin
