#include "server/admin/root_key.hpp"

#include "client/files.hpp"
#include "client/key_files.hpp"
#include "client/profile.hpp"
#include "crypto/encoding.hpp"

namespace admin {

client::result<std::string> root_keygen(const key_pair_options& files) {
    protocol::key_file keys;
    keys.soort = "root";
    keys.top_key = crypto::sign_keys::random();
    auto line = crypto::b64u(keys.top_key->public_key);
    if (auto made = write_key_pair(files, keys, line); !made) return std::unexpected(made.error());
    return line;
}

client::result<crypto::sign_keys> open_root_key(const std::string& path, const std::string& passphrase_file) {
    auto read = client::open_key_file(path, passphrase_file);
    if (!read) return std::unexpected(read.error());
    if (read->soort != "root")
        return client::refuse(path + " is no root key; `baken admin root-keygen` makes one.");
    return std::move(*read->top_key);
}

client::result<std::vector<crypto::sign_public>> read_roots(const std::vector<std::string>& files) {
    std::vector<crypto::sign_public> out;
    for (const auto& file : files) {
        auto text = client::read_file(file, 1024);
        if (!text) return std::unexpected(text.error());
        auto root = client::read_root(*text, file);
        if (!root) return std::unexpected(root.error());
        out.push_back(*root);
    }
    return out;
}

}  // namespace admin
