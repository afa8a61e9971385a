#include "client/key_files.hpp"

#include <fmt/format.h>

#include "client/files.hpp"
#include "client/terminal.hpp"

namespace client {

result<protocol::key_file> open_key_file(const std::string& path, const std::string& passphrase_file) {
    // The file first: nobody should type a passphrase for a file that cannot be used.
    auto text = read_private_file(path);
    if (!text) return std::unexpected(text.error());
    auto passphrase = read_passphrase(passphrase_file, "Passphrase of " + path);
    if (!passphrase) return std::unexpected(passphrase.error());
    auto keys = protocol::read_key_file(text->text(), *passphrase);
    if (!keys) return refuse(fmt::format("{}: {}", path, crypto::text(keys.error())));
    return std::move(*keys);
}

result<void> create_key_file(const std::string& path, const protocol::key_file& keys,
                             const crypto::plain& passphrase, crypto::passphrase_cost cost) {
    return create_file(path, protocol::write_key_file(keys, passphrase, cost), 0600);
}

}  // namespace client
