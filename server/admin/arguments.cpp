#include "server/admin/arguments.hpp"

#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "crypto/protocol/documents.hpp"

namespace admin {

int fail(const client::refusal& refusal) {
    fmt::print(stderr, "baken admin: {}\n", client::escaped(refusal.sentence));
    return refusal.exit;
}

int written(const client::result<void>& done) {
    if (!done) return fail(done.error());
    return std::cout.flush() ? 0 : fail(client::refusal("Standard output is closed or full."));
}

std::string check_desk_id(const std::string& text) {
    return protocol::is_desk_id(text) ? "" : "a desk's id is 1 to 40 of a-z, 0-9 and -, a letter first";
}

}  // namespace admin
