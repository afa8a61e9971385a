#include <fmt/format.h>

#include "client/files.hpp"
#include "client/key_files.hpp"
#include "client/terminal.hpp"
#include "server/admin/backup.hpp"
#include "server/admin/new_file.hpp"

namespace admin {
namespace {

client::result<crypto::plain> new_passphrase(const backup_keygen_options& options) {
    auto first = client::read_passphrase(options.passphrase_file, "New passphrase of " + options.to);
    if (!first || !options.passphrase_file.empty()) return first;
    auto second = client::ask_secret("Once more", "Use --passphrase-file FILE.");
    if (!second) return second;
    if (first->text() != second->text()) return client::refuse("The two passphrases differ; start again.");
    return first;
}

}  // namespace

client::result<std::string> backup_keygen(const backup_keygen_options& options,
                                          const protocol::clock& clock) {
    for (const auto& path : {options.to, options.to + ".pub"})
        if (auto ok = must_be_new(path); !ok) return std::unexpected(ok.error());
    auto passphrase = new_passphrase(options);
    if (!passphrase) return std::unexpected(passphrase.error());
    protocol::key_file keys;
    keys.soort = options.for_wraps ? "reservekopie-wraps" : "reservekopie";
    keys.box_keys = crypto::box_keys::random();
    const auto cost = options.quick ? crypto::cost_interactive : crypto::cost_moderate;
    if (auto made = client::create_key_file(options.to, keys, *passphrase, cost); !made)
        return std::unexpected(made.error());
    auto line = crypto::b64u(keys.box_keys->public_key);
    if (options.for_wraps) line += ":" + (clock.today() + wraps_key_days).text();
    if (auto made = client::create_file(options.to + ".pub", line + "\n", 0644); !made)
        return std::unexpected(made.error());
    return line;
}

}  // namespace admin
