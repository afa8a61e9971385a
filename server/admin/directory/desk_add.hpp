// `baken admin desk-add`: a new directory version with one desk more, signed with the root key at hand
// and published.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "server/admin/directory/compose.hpp"

namespace admin {

struct desk_add_options {
    std::string data;
    std::string url;  // where its running server is asked; empty: the first of its names
    new_desk desk;
    std::string root_key;         // default DIR/demo/root.key
    std::string passphrase_file;  // default DIR/demo/passphrase
};

// The version published.
[[nodiscard]] client::result<std::int64_t> desk_add(const desk_add_options& options);

}  // namespace admin
