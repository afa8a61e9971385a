#include "server/admin/directory/desk_add.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "server/admin/directory/root_key.hpp"
#include "server/admin/directory/site.hpp"

namespace admin {
namespace {

client::result<void> check(const protocol::gids& gids, const protocol::desk_entry& desk) {
    if (gids.desk(desk.id))
        return client::refuse("There is a desk " + desk.id + " already; choose another id.");
    if (desk.achtervang && !gids.desk(*desk.achtervang)) {
        std::string known;
        for (const auto& one : gids.loketten) known += (known.empty() ? "" : ", ") + one.id;
        return client::refuse(
            "There is no desk " + *desk.achtervang + " to fall back on. Desks: " + known + ".",
            client::wrong_use);
    }
    return {};
}

client::result<crypto::sign_keys> root_key(const desk_add_options& options) {
    bool demo = options.root_key.empty();
    std::string key = demo ? options.data + "/demo/root.key" : options.root_key;
    std::error_code error;
    if (!std::filesystem::exists(key, error) && !error)
        return client::refuse("There is no root key at " + key + "; name it with --root-key FILE.");
    std::string passphrase = options.passphrase_file;
    if (passphrase.empty() && demo) passphrase = options.data + "/demo/passphrase";
    return open_root_key(key, passphrase);
}

}  // namespace

client::result<std::int64_t> desk_add(const desk_add_options& options) {
    auto site = site::open(options.data, options.url);
    if (!site) return std::unexpected(site.error());
    auto current = (*site)->current();
    if (!current) return std::unexpected(current.error());
    if (!*current)
        return client::refuse(
            fmt::format("No directory has been published here yet; the first is made with "
                        "baken admin directory-draft --data {} --to DRAFT.",
                        options.data));
    auto& [gids, table] = **current;
    if (auto ok = check(gids, options.desk.entry); !ok) return std::unexpected(ok.error());
    auto today = protocol::system_clock().today();
    auto moved = next_table(table, options.desk, today);
    if (!moved) return std::unexpected(moved.error());
    auto root = root_key(options);
    if (!root) return std::unexpected(root.error());
    auto next = next_gids(gids, *moved, today);
    next.loketten.push_back(options.desk.entry);
    protocol::sign_document(next, *root);
    if (auto ok = (*site)->publish(next, *moved); !ok) return std::unexpected(ok.error());
    return next.versie;
}

}  // namespace admin
