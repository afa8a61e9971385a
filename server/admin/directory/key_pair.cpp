#include "server/admin/directory/key_pair.hpp"

#include <unistd.h>

#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/terminal.hpp"
#include "server/admin/new_file.hpp"

namespace admin {

client::result<void> write_key_pair(const key_pair_options& options, const protocol::key_file& keys,
                                    const std::string& public_line) {
    const auto public_file = options.to + ".pub";
    for (const auto& path : {options.to, public_file})
        if (auto ok = must_be_new(path); !ok) return ok;
    auto passphrase = client::new_passphrase(options.passphrase_file, options.to);
    if (!passphrase) return std::unexpected(passphrase.error());
    const auto cost = options.quick ? crypto::cost_interactive : crypto::cost_moderate;
    if (auto made = client::create_key_file(options.to, keys, *passphrase, cost); !made) return made;
    auto made = client::create_file(public_file, public_line + "\n", 0644);
    // Half a pair would only be in the way of the next try.
    if (!made) ::unlink(options.to.c_str());
    return made;
}

}  // namespace admin
