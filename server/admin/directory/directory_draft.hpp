// `baken admin directory-draft`: writes the draft of the next directory, from an installation or from the
// public endpoints of one, to be carried to the machine that holds the root key.
#pragma once

#include <string>
#include <vector>

#include "client/line/refusal.hpp"

namespace admin {

struct directory_draft_options {
    std::string data;                // an installation; or else
    std::string url;                 // a server, believed only as far as these roots sign; with data: where
                                     // the server of that installation is asked
    std::vector<std::string> roots;  // files
    std::string to;                  // the directory to make
};

struct drafted {
    std::int64_t version = 0;  // that the draft asks for
    std::string asked;         // the address, or the store
};
[[nodiscard]] client::result<drafted> directory_draft(const directory_draft_options& options);

}  // namespace admin
