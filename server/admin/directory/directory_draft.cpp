#include "server/admin/directory/directory_draft.hpp"

#include "crypto/hash.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/desks_file.hpp"
#include "server/admin/directory/draft.hpp"
#include "server/admin/directory/root_key.hpp"
#include "server/admin/directory/signed_directory.hpp"
#include "server/admin/directory/site.hpp"
#include "server/config/log_key.hpp"

namespace admin {
namespace {

// The public half of the installation's log key.
client::result<crypto::sign_public> log_key(const config::config& config) {
    auto key = config::read_log_key(config.data / "logboek.key");
    if (!key) return client::refuse(key.error() + ".");
    return key->public_key;
}

draft after(const protocol::gids& gids, const crypto::sign_public& log_key, const std::string& table) {
    return {gids.token, table, for_editing(table), write_desks({log_key, gids.loketten})};
}

client::result<draft> first(const config::config& config) {
    auto key = log_key(config);
    if (!key) return std::unexpected(key.error());
    const guide::data_files schema(config.schema, config.schema_own);
    auto desks = default_desks(schema);
    if (!desks) return std::unexpected(desks.error());
    auto gemeenten = guide::gemeenten::load(schema);
    if (!gemeenten) return client::refuse(text(gemeenten.error()[0]));
    auto table = first_table(schema, *gemeenten, protocol::system_clock().today());
    if (!table) return std::unexpected(table.error());
    return draft{{}, {}, std::move(*table), write_desks({*key, std::move(*desks)})};
}

struct made {
    admin::draft draft;
    drafted told;
};

client::result<made> of_site(const directory_draft_options& options) {
    auto site = site::open(options.data, options.url);
    if (!site) return std::unexpected(site.error());
    auto current = (*site)->current();
    if (!current) return std::unexpected(current.error());
    if (!*current) {
        auto draft = first((*site)->config());
        if (!draft) return std::unexpected(draft.error());
        return made{std::move(*draft), {1, (*site)->asked()}};
    }
    auto key = log_key((*site)->config());
    if (!key) return std::unexpected(key.error());
    const auto& [gids, table] = **current;
    return made{after(gids, *key, table), {gids.versie + 1, (*site)->asked()}};
}

client::result<made> of_server(const directory_draft_options& options) {
    auto address = client::address::parse(options.url);
    if (!address)
        return client::refuse(options.url + ": " + std::string(client::text(address.error())),
                              client::wrong_use);
    auto roots = read_roots(options.roots);
    if (!roots) return std::unexpected(roots.error());
    // Needs no TLS trust: what is believed is signed by a pinned root.
    client::http line(std::move(*address), client::tls_trust{std::nullopt, false});
    line.said_in("--url");
    auto newest = fetch_newest(line);
    if (!newest) return std::unexpected(newest.error());
    if (!*newest)
        return client::refuse(
            "No directory has been published there yet; make the first draft on the server's machine, with "
            "--data DIR.");
    auto gids = protocol::read_gids((*newest)->token, *roots);
    if (!gids && gids.error() == protocol::errc::bad_signature)
        return client::refuse(not_signed_by(line.server().origin(), (*newest)->token, options.roots, *roots));
    if (!gids) return std::unexpected(client::refusal(gids.error()));
    if (crypto::hash_text(crypto::as_bytes((*newest)->table)) != gids->routering)
        return std::unexpected(client::refusal(protocol::errc::routing_hash));
    return made{after(*gids, gids->logboek, (*newest)->table), {gids->versie + 1, line.server().origin()}};
}

}  // namespace

client::result<drafted> directory_draft(const directory_draft_options& options) {
    auto made = options.data.empty() ? of_server(options) : of_site(options);
    if (!made) return std::unexpected(made.error());
    if (auto ok = write_draft(options.to, made->draft); !ok) return std::unexpected(ok.error());
    return made->told;
}

}  // namespace admin
