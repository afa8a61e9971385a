#include "client/here/key_files.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "client/here/files.hpp"
#include "client/here/passphrase_spellings.hpp"
#include "client/here/terminal.hpp"

namespace client {
namespace {

// passphrase_file: where the passphrase stands, for the sentence; empty: it was typed.
result<protocol::key_file> opened(const std::string& path, std::string_view text,
                                  const crypto::plain& passphrase, const std::string& passphrase_file = {}) {
    auto why = crypto::errc::wrong_passphrase;
    for (const auto& one : spellings(passphrase)) {
        auto keys = protocol::read_key_file(text, one);
        if (keys) return std::move(*keys);
        why = keys.error();
        if (why != crypto::errc::wrong_passphrase) break;
    }
    if (why != crypto::errc::wrong_passphrase || passphrase_file.empty())
        return refuse(fmt::format("{}: {}", path, crypto::text(why)));
    const bool blank_end = passphrase.text().ends_with(' ') || passphrase.text().ends_with('\t');
    return refuse(fmt::format("{}: the passphrase in {} does not open it; {}.", path, passphrase_file,
                              blank_end ? "it ends in a space, which may be too many"
                                        : "look whether that file belongs to this key"));
}

// Signing keys stand for their secrets: each is derived from its own.
bool same_keys(const protocol::key_file& a, const protocol::key_file& b) {
    auto same = [](const auto& x, const auto& y) {
        return x.has_value() == y.has_value() && (!x || x->public_key == y->public_key);
    };
    return a.soort == b.soort && a.loket == b.loket && a.lid == b.lid && same(a.top_key, b.top_key) &&
           same(a.sign_keys, b.sign_keys) && same(a.box_keys, b.box_keys);
}

}  // namespace

result<protocol::key_file> open_key_file(const std::string& path, const std::string& passphrase_file) {
    if (path.ends_with(".pub"))
        return refuse(path + " is the card that goes with a key file; name the key file, without .pub.");
    // The file first: nobody should type a passphrase for a file that cannot be used.
    auto text = read_private_file(path);
    if (!text) {
        auto why = text.error();
        why.sentence += " It is named as your key file, by --key or by key in the profile.";
        return std::unexpected(std::move(why));
    }
    auto passphrase = read_passphrase(passphrase_file, "Passphrase of " + path);
    if (!passphrase) return std::unexpected(passphrase.error());
    return opened(path, text->text(), *passphrase, passphrase_file);
}

result<void> create_key_file(const std::string& path, const protocol::key_file& keys,
                             const crypto::plain& passphrase, crypto::passphrase_cost cost) {
    return create_file(path, protocol::write_key_file(keys, passphrase, cost), 0600);
}

result<void> change_passphrase(const std::string& path, const crypto::plain& old_passphrase,
                               const crypto::plain& fresh) {
    auto text = read_private_file(path);
    if (!text) return std::unexpected(text.error());
    auto keys = opened(path, text->text(), old_passphrase);
    if (!keys) return std::unexpected(keys.error());
    if (old_passphrase.text() == fresh.text())
        return refuse("The new passphrase is the old one; nothing was changed.");
    auto changed = protocol::write_key_file(*keys, fresh, keys->cost);
    auto again = opened(path, changed, fresh);
    if (!again || !same_keys(*keys, *again))
        return refuse(path + " was not changed: what would have been written does not open again.");
    std::error_code unknown;
    auto file = std::filesystem::canonical(path, unknown);
    if (unknown) return refuse(fmt::format("{} cannot be read: {}.", path, unknown.message()));
    return replace_file(file.string(), changed);
}

}  // namespace client
