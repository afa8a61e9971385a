// The options of every verb of baken admin that makes a key file.
#pragma once

#include "server/admin/directory/key_pair.hpp"

namespace CLI {
class App;
}

namespace admin {

// --to, --passphrase-file and --cost. The parse fills files, which must live as long as app.
void add_key_pair_options(CLI::App& app, key_pair_options& files);

}  // namespace admin
