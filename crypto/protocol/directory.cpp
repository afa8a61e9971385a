#include "crypto/protocol/directory.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/protocol/routing.hpp"

namespace protocol {
namespace {

bool lists(const std::vector<std::string>& hashes, const std::string& hash) {
    return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
}

// A token that the server hands out twice is still one document, not two that contradict each other.
template <class Document>
void keep(std::vector<Document>& documents, Document document) {
    bool there = std::any_of(documents.begin(), documents.end(),
                             [&](const auto& d) { return d.hash == document.hash; });
    if (!there) documents.push_back(std::move(document));
}

}  // namespace

const epoch_key* desk_state::key(epoch week) const {
    const epoch_key* found = nullptr;
    for (const auto& key : keys) {
        if (key.epoch != week) continue;
        if (found) return nullptr;
        found = &key;
    }
    return found;
}

const desk_state* directory::desk(std::string_view id) const {
    auto at = desks_.find(id);
    return at == desks_.end() ? nullptr : &at->second;
}

void directory::distrust(std::string_view id, errc why) {
    if (auto at = desks_.find(id); at != desks_.end()) desks_.erase(at);
    distrusted_.insert_or_assign(std::string(id), why);
}

std::optional<errc> directory::distrusted(std::string_view id) const {
    const auto at = distrusted_.find(id);
    if (at == distrusted_.end()) return std::nullopt;
    return at->second;
}

std::expected<void, errc> directory::take(std::string_view stand_token,
                                          std::span<const std::string> key_tokens,
                                          std::span<const std::string> membership_tokens) {
    // The desk's own leads sign its stand; every lead is tried, then the desk must be theirs.
    errc refusal = errc::bad_signature;
    for (const auto& entry : gids_.loketten) {
        auto read = read_stand(stand_token, entry.beheerders);
        if (!read && read.error() == errc::bad_signature) continue;
        if (!read) return std::unexpected(read.error());
        if (read->loket != entry.id) {
            refusal = errc::key_desk;
            continue;
        }
        desk_state state;
        for (const auto& token : key_tokens) {
            if (!lists(read->sleutels, crypto::hash_text(crypto::as_bytes(token)))) continue;
            auto key = read_epoch_key(token, entry.beheerders);
            if (key && key->loket == entry.id) keep(state.keys, std::move(*key));
        }
        for (const auto& token : membership_tokens) {
            if (!lists(read->leden, crypto::hash_text(crypto::as_bytes(token)))) continue;
            auto member = read_membership(token, entry.beheerders);
            if (member && member->loket == entry.id) keep(state.members, std::move(*member));
        }
        state.stand = std::move(*read);
        put(std::move(state));
        return {};
    }
    return std::unexpected(refusal);
}

void directory::put(desk_state state) {
    const auto desk = state.stand->loket;
    desks_.insert_or_assign(desk, std::move(state));
}

const epoch_key* directory::newest_begun(const desk_state& state, day today) const {
    const epoch_key* newest = nullptr;
    for (const auto& key : state.keys)
        if (key.van() <= today && (!newest || newest->epoch < key.epoch) && state.key(key.epoch))
            newest = &key;
    return newest;
}

const epoch_key* directory::usable_key(std::string_view id, day today, std::string_view standaard) const {
    const auto* state = desk(id);
    if (!state) return nullptr;
    if (state->in_force(today))
        if (const auto* key = state->key(epoch::of(today))) return key;
    return id == standaard ? newest_begun(*state, today) : nullptr;
}

std::expected<const epoch_key*, errc> directory::accepted_key(std::string_view id, epoch week, day today,
                                                              std::string_view standaard) const {
    const auto* state = desk(id);
    const auto* key = state ? state->key(week) : nullptr;
    if (!key) return std::unexpected(errc::key_missing);
    bool in_window = key->van() - 1 <= today && today <= key->tot();
    if (in_window && state->in_force(today)) return key;
    if (id == standaard && key == newest_begun(*state, today)) return key;
    return std::unexpected(in_window ? errc::key_missing : errc::key_window);
}

const membership* directory::member(std::string_view id, const crypto::uuid& lid, day today) const {
    const auto* state = desk(id);
    if (!state || !state->in_force(today)) return nullptr;
    const membership* found = nullptr;
    for (const auto& m : state->members) {
        if (m.lid != lid || today < m.van || m.tot < today) continue;
        if (found) return nullptr;  // two memberships for one officer: it is not clear which keys count
        found = &m;
    }
    return found;
}

std::expected<void, errc> follows(const gids* current, const gids& next, std::string_view table_bytes) {
    std::int64_t expected = current ? current->versie + 1 : 1;
    if (current && next.versie == current->versie && next.hash != current->hash)
        return std::unexpected(errc::gids_forked);
    if (next.versie < expected) return std::unexpected(errc::gids_older);
    if (next.versie > expected || next.vorige != (current ? current->hash : std::string()))
        return std::unexpected(errc::gids_chain);
    if (crypto::hash_text(crypto::as_bytes(table_bytes)) != next.routering)
        return std::unexpected(errc::routing_hash);
    auto table = routing_table::read(table_bytes);
    if (!table) return std::unexpected(table.error());
    for (const auto& id : table->desks())
        if (!next.desk(id)) return std::unexpected(errc::gids_desk);
    return {};
}

std::expected<void, errc> follows(const stand* current, const stand& next) {
    std::int64_t expected = current ? current->versie + 1 : 1;
    if (current && next.versie == current->versie && next.hash != current->hash)
        return std::unexpected(errc::stand_forked);
    if (next.versie < expected) return std::unexpected(errc::stand_older);
    if (next.versie > expected || next.vorige != (current ? current->hash : std::string()))
        return std::unexpected(errc::stand_chain);
    return {};
}

}  // namespace protocol
