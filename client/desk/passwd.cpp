#include "client/desk/passwd.hpp"

#include <fmt/format.h>

#include "client/done.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/terminal.hpp"

namespace desk {

client::result<void> passwd(const passwd_order& order) {
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto path = client::key_of(*profile);
    if (!path) return std::unexpected(path.error());
    // The file first, and the old passphrase before the new one is thought of.
    if (auto text = client::read_private_file(*path); !text) return std::unexpected(text.error());
    auto old = client::read_passphrase(profile->passphrase_file, "Passphrase of " + *path);
    if (!old) return std::unexpected(old.error());
    auto fresh = client::new_passphrase(order.new_passphrase_file, *path);
    if (!fresh) return std::unexpected(fresh.error());
    if (auto done = client::change_passphrase(*path, *old, *fresh); !done) return done;

    auto text = fmt::format(
        "{} opens with the new passphrase only. Copies of it open with the old one still: "
        "destroy them.\n",
        *path);
    if (!profile->passphrase_file.empty() && profile->passphrase_file != order.new_passphrase_file)
        text += fmt::format("{} holds the old passphrase; put the new one into it, or name another file.\n",
                            profile->passphrase_file);
    return say_done(order.json, {{"sleutelbestand", *path}}, text);
}

}  // namespace desk
