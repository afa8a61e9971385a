#include "server/trust/snapshot.hpp"

#include <algorithm>
#include <set>

#include "crypto/protocol/json.hpp"

namespace trust {
namespace {

// Documents of one kind: those that a lead of their own desk signed, and tokens of the others.
template <class Document>
void file(const std::vector<store::document_row>& rows, const protocol::gids& gids,
          verified_kind<Document>& known, auto&& filed, auto&& former) {
    std::set<std::string, std::less<>> hashes;
    for (const auto& row : rows) {
        hashes.insert(row.hash);
        const auto* desk = gids.desk(row.desk);
        if (!desk) continue;
        auto read = known.read(row.token, row.hash, desk->beheerders);
        if (read && (*read)->loket == row.desk) {
            known.keep(*read);
            // By its own hash, whatever the row says.
            const auto& hash = (*read)->hash;
            filed(row.desk).emplace(hash, std::move(*read));
        } else {
            former(row.desk).push_back(row.token);
        }
    }
    known.keep_only(hashes);
}

void file(snapshot& into, const store::trust_rows& rows, verified& known) {
    const auto& gids = into.directory.newest();
    file(
        rows.memberships, gids, known.memberships,
        [&](const auto& desk) -> auto& { return into.files[desk].memberships; },
        [&](const auto& desk) -> auto& { return into.files[desk].former; });
    file(
        rows.epoch_keys, gids, known.epoch_keys,
        [&](const auto& desk) -> auto& { return into.files[desk].keys; },
        [&](const auto& desk) -> auto& { return into.files[desk].former_keys; });
}

// Those of them that are listed.
template <class Documents, class Document>
void take_listed(const Documents& filed, const std::vector<std::string>& listed,
                 std::vector<Document>& into) {
    for (const auto& hash : std::set<std::string>(listed.begin(), listed.end()))
        if (const auto at = filed.find(hash); at != filed.end()) into.push_back(*at->second);
}

void put_in_force(snapshot& into, const store::trust_rows& rows, verified& known) {
    std::set<std::string, std::less<>> hashes;
    for (const auto& row : rows.stands) {
        hashes.insert(row.hash);
        into.last_stands.emplace(row.desk, row);
        const auto* desk = into.directory.newest().desk(row.desk);
        if (!desk) continue;
        auto stand = known.stands.read(row.token, row.hash, desk->beheerders);
        if (!stand || (*stand)->loket != row.desk) continue;
        known.stands.keep(*stand);
        protocol::desk_state state;
        state.stand = **stand;
        const auto& files = into.files[row.desk];
        take_listed(files.keys, (*stand)->sleutels, state.keys);
        take_listed(files.memberships, (*stand)->leden, state.members);
        into.directory.put(std::move(state));
    }
    known.stands.keep_only(hashes);
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
        if (key->epoch != week) continue;
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
                       [&](const auto& entry) { return entry.second->lid == lid; });
}

bool snapshot::reads_nothing(std::string_view desk, const crypto::uuid& lid, protocol::day today) const {
    const auto* latest = directory.member(desk, lid, today);
    if (const auto at = files.find(desk); at != files.end())
        for (const auto& [hash, one] : at->second.memberships)
            if (one->lid == lid && (!latest || latest->van < one->van)) latest = one.get();
    return latest && !latest->reads();
}

std::shared_ptr<const snapshot> build(const store::trust_rows& rows,
                                      std::span<const crypto::sign_public> roots, verified& known) {
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
    file(*out, rows, known);
    put_in_force(*out, rows, known);
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
