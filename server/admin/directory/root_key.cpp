#include "server/admin/directory/root_key.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/profile.hpp"
#include "crypto/encoding.hpp"
#include "crypto/jws.hpp"

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
        return client::refuse(path + " is not a root key; `baken admin root-keygen` makes one.");
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

std::string not_signed_by(const std::string& where, const std::string& token,
                          const std::vector<std::string>& said, std::span<const crypto::sign_public> roots) {
    const auto parts = crypto::read_jws(token);
    std::string trusted;
    for (std::size_t i = 0; i < roots.size(); ++i)
        trusted += fmt::format("{}{} (key {})", i > 0 ? " and " : "", said[std::min(i, said.size() - 1)],
                               crypto::kid(roots[i]));
    return fmt::format(
        "The directory of {} is signed by {}, and not by a root that is trusted here: {}. Ask, by voice or "
        "in person, "
        "who keeps the root key whether it changed and what the new one's mark is. If it did, name both: "
        "--root "
        "NEW.pub --root OLD.pub, or 'root' of bakend.toml; if not, do not trust this server.",
        where, parts ? "the key " + client::escaped_line(parts->kid) : "nobody that it names", trusted);
}

}  // namespace admin
