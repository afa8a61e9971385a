#include "server/trust/snapshot.hpp"

#include <algorithm>

#include "crypto/protocol/json.hpp"

namespace trust {
namespace {

// Every lead of the directory may have signed a document; whose desk it is must fit.
void file(snapshot& into, const store::trust_rows& rows) {
    for (const auto& row : rows.memberships) {
        const auto* desk = into.directory.newest().desk(row.desk);
        if (!desk) continue;
        auto read = protocol::read_membership(row.token, desk->beheerders);
        if (read && read->loket == row.desk)
            into.files[row.desk].memberships.emplace(row.hash, std::move(*read));
        else
            into.files[row.desk].former.push_back(row.token);
    }
    for (const auto& row : rows.epoch_keys) {
        const auto* desk = into.directory.newest().desk(row.desk);
        if (!desk) continue;
        auto read = protocol::read_epoch_key(row.token, desk->beheerders);
        if (read && read->loket == row.desk)
            into.files[row.desk].keys.emplace(row.hash, std::move(*read));
        else
            into.files[row.desk].former_keys.push_back(row.token);
    }
}

template <class Documents>
std::vector<std::string> tokens(const Documents& documents) {
    std::vector<std::string> out;
    for (const auto& [hash, document] : documents) out.push_back(document.token);
    return out;
}

bool is_published(const protocol::epoch_key& key, protocol::day today) {
    return key.van() - 7 <= today && today <= key.tot();
}

}  // namespace

std::string snapshot::key_for(std::string_view desk, protocol::epoch week) const {
    if (const auto* state = directory.desk(desk))
        if (const auto* key = state->key(week)) return key->hash;
    auto at = files.find(desk);
    if (at == files.end()) return {};
    std::string only;
    for (const auto& [hash, key] : at->second.keys) {
        if (key.epoch != week) continue;
        if (!only.empty()) return {};
        only = hash;
    }
    return only;
}

bool snapshot::knows_member(std::string_view desk, const crypto::uuid& lid) const {
    auto at = files.find(desk);
    if (at == files.end()) return false;
    const auto& known = at->second.memberships;
    return std::any_of(known.begin(), known.end(),
                       [&](const auto& entry) { return entry.second.lid == lid; });
}

bool snapshot::reads_nothing(std::string_view desk, const crypto::uuid& lid, protocol::day today) const {
    const auto* latest = directory.member(desk, lid, today);
    if (const auto at = files.find(desk); at != files.end())
        for (const auto& [hash, one] : at->second.memberships)
            if (one.lid == lid && (!latest || latest->van < one.van)) latest = &one;
    return latest && !latest->reads();
}

std::shared_ptr<const snapshot> build(const store::trust_rows& rows,
                                      std::span<const crypto::sign_public> roots) {
    if (!rows.gids) return nullptr;
    auto gids = protocol::read_gids(rows.gids->token, roots);
    auto table = protocol::routing_table::read(rows.gids->table);
    if (!gids || !table) return nullptr;
    auto out = std::make_shared<snapshot>(snapshot{rows.generation,
                                                   protocol::directory(std::move(*gids)),
                                                   std::move(*table),
                                                   std::make_shared<const std::string>(rows.gids->table),
                                                   {},
                                                   {}});
    file(*out, rows);
    for (const auto& stand : rows.stands) {
        const auto& files = out->files[stand.desk];
        (void)out->directory.take(stand.token, tokens(files.keys), tokens(files.memberships));
        out->last_stands.emplace(stand.desk, stand);
    }
    return out;
}

std::string publish(const snapshot& now, protocol::day today) {
    namespace json = protocol::json;
    json::array stands, keys;
    for (const auto& desk : now.directory.newest().loketten) {
        const auto* state = now.directory.desk(desk.id);
        if (!state) {
            // Where its leads were replaced since, it counts for nothing; but the next one must follow it.
            if (const auto last = now.last_stands.find(desk.id); last != now.last_stands.end())
                stands.push_back(json::string(last->second.token));
            continue;
        }
        stands.push_back(json::string(state->stand->token));
        for (const auto& key : state->keys)
            if (desk.id == now.table.standaard() || is_published(key, today))
                keys.push_back(json::string(key.token));
    }
    json::object out;
    out["gids"] = now.directory.newest().token;
    out["standen"] = std::move(stands);
    out["sleutels"] = std::move(keys);
    return protocol::to_text(out);
}

}  // namespace trust
