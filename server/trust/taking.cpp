// How a document of trust is taken: verified aside, judged by what is in force, stored, and in force itself
// before its answer leaves.
#include <algorithm>

#include "base/watch/log.hpp"
#include "crypto/hash.hpp"
#include "server/trust/registry.hpp"

namespace trust {
namespace {

std::string sentence(protocol::errc error) { return std::string(protocol::text(error)); }

refused refusal(std::string location, protocol::errc error) {
    using protocol::errc;
    refused out;
    switch (error) {
        case errc::bad_signature:
            return refused::at(std::move(location), "handtekening", sentence(error));
        case errc::gids_older:
        case errc::gids_forked:
        case errc::gids_chain:
        case errc::stand_older:
        case errc::stand_forked:
        case errc::stand_chain:
            out.why = refused::kind::conflict;
            return out;
        case errc::routing_hash:
            return refused::at("/routering", "hash", sentence(error));
        case errc::bad_routing:
        case errc::bad_json:
            return refused::at(std::move(location), "json", sentence(error));
        case errc::gids_desk:
            return refused::at(std::move(location), "loket", sentence(error));
        case errc::stand_unknown_hash:
            return refused::at(std::move(location), "hash", sentence(error));
        case errc::unknown_version:
            return refused::at(std::move(location), "versie", sentence(error));
        default:
            return refused::at(std::move(location), "waarde", sentence(error));
    }
}

refused refusal(store::errc error) {
    switch (error) {
        case store::errc::wrong_version:
            return {refused::kind::conflict, {}};
        case store::errc::too_many_waiting:
            return {refused::kind::too_many, {}};
        case store::errc::unknown_document:
            return refused::at("/stand", "hash", sentence(protocol::errc::stand_unknown_hash));
        default:
            return {refused::kind::store, {}};
    }
}

// A wrap that names somebody who reads nothing (protocol §7).
protocol::fault for_regisseur(std::string location) {
    return {std::move(location), "wrap",
            "No epoch secret is wrapped for a regisseur, who sees figures without content."};
}

// The leads of a desk, who alone may sign for it. Before the first directory there is none.
std::span<const crypto::sign_public> leads(const snapshot* now, std::string_view desk) {
    const auto* entry = now ? now->directory.newest().desk(desk) : nullptr;
    return entry ? std::span<const crypto::sign_public>(entry->beheerders)
                 : std::span<const crypto::sign_public>();
}

}  // namespace

refused refused::at(std::string location, std::string code, std::string_view sentence) {
    refused out;
    out.faults.push_back({std::move(location), std::move(code), std::string(sentence)});
    return out;
}

template <class Document>
async::task<std::expected<std::shared_ptr<const Document>, refused>> registry::read(
    verified_kind<Document>& known, std::shared_ptr<const snapshot> current, std::string desk,
    std::string token, std::string location) {
    // What the job works with is its own: whoever waits for it may be gone by then.
    auto job = [this, &known, current, desk = std::move(desk), token = std::move(token)] {
        auto out = known.read(token, crypto::hash_text(crypto::as_bytes(token)), leads(current.get(), desk));
        verified_ = verified_by_this_thread();
        return out;
    };
    auto out = co_await aside_.made<read_document<Document>>(std::move(job));
    if (!out) co_return std::unexpected(refused{refused::kind::store, {}});
    if (!*out) co_return std::unexpected(refusal(std::move(location), out->error()));
    co_return std::move(**out);
}

std::expected<protocol::gids, refused> registry::read_gids(const std::string& token, const std::string& table,
                                                           const snapshot* current) const {
    auto read = read_directory(token, roots());
    if (!read) return std::unexpected(refusal("/gids", read.error()));
    if (read->tot < clock_.today())
        return std::unexpected(refused::at("/gids", "gids", sentence(protocol::errc::gids_expired)));
    if (read->datum > clock_.today() + 1)
        return std::unexpected(
            refused::at("/gids", "gids", "The directory is dated in the future; date it today."));
    auto fits = protocol::follows(current ? &current->directory.newest() : nullptr, *read, table);
    if (!fits) return std::unexpected(refusal("/gids", fits.error()));
    return std::move(*read);
}

async::task<std::expected<taken, refused>> registry::take_gids(std::string token, std::string table) {
    // Anybody may send one: beside a crowd of them a lead's documents must not wait.
    if (++directories_waiting_ > most_directories) {
        --directories_waiting_;
        co_return std::unexpected(refused{refused::kind::store, {}});
    }
    auto job = [this, token, table, current = now()] {
        auto out = read_gids(token, table, current.get());
        verified_ = verified_by_this_thread();
        --directories_waiting_;
        return out;
    };
    auto read = co_await aside_.made<std::expected<protocol::gids, refused>>(std::move(job));
    if (!read) co_return std::unexpected(refused{refused::kind::store, {}});
    if (!*read) co_return std::unexpected(std::move(read->error()));
    const auto& gids = **read;
    store::gids_row row{gids.versie, gids.hash, std::move(token), std::move(table)};
    auto added = co_await store_.add_gids(std::move(row));
    if (!added) {
        // The store may be ahead of us, where an earlier reload failed: catch up, so that the next
        // answer is true.
        if (added.error() == store::errc::wrong_version) (void)co_await reload();
        co_return std::unexpected(refusal(added.error()));
    }
    if (auto ok = co_await reload(); !ok) co_return std::unexpected(refused{refused::kind::store, {}});
    watch::note("directory published", {{"versie", gids.versie}});
    co_return taken{true, gids.hash, {}};
}

async::task<std::expected<taken, refused>> registry::filed(
    std::expected<store::added_document, store::errc> added, std::string hash) {
    if (!added) {
        if (added.error() == store::errc::wrong_version) (void)co_await reload();
        co_return std::unexpected(refusal(added.error()));
    }
    // Also for a repeat: the first time may have failed after its commit.
    if (auto ok = co_await catch_up(added->generation); !ok)
        co_return std::unexpected(refused{refused::kind::store, {}});
    co_return taken{added->fresh, std::move(hash), std::move(added->head)};
}

async::task<std::expected<taken, refused>> registry::take_membership(std::string desk, std::string token,
                                                                     std::vector<store::wrap_row> wraps,
                                                                     store::trail_write trail) {
    auto current = now();
    auto verified = co_await this->read(known_.memberships, current, desk, token, "/lid");
    if (!verified) co_return std::unexpected(std::move(verified.error()));
    const auto& read = *verified;
    if (read->loket != desk)
        co_return std::unexpected(refused::at("/lid", "loket", sentence(protocol::errc::key_desk)));
    if (read->tot < clock_.today())
        co_return std::unexpected(refused::at("/lid", "waarde", sentence(protocol::errc::lid_ended)));
    protocol::faults found;
    for (std::size_t i = 0; i < wraps.size(); ++i) {
        if (!read->reads()) found.push_back(for_regisseur("/wraps/" + std::to_string(i)));
        auto week = protocol::epoch::parse(wraps[i].epoch);
        wraps[i].key_hash = week ? current->key_for(desk, *week) : std::string();
        wraps[i].lid = read->lid.text();
        if (wraps[i].key_hash.empty())
            found.push_back({"/wraps/" + std::to_string(i) + "/epoch", "wrap",
                             "This desk has no key, or several, for this epoch."});
    }
    if (!found.empty()) co_return std::unexpected(refused{refused::kind::faults, std::move(found)});
    store::membership_row row{
        desk, read->lid.text(), read->hash, std::move(token), std::move(wraps), clock_.today().number};
    auto added = co_await store_.add_membership(std::move(row), std::move(trail));
    co_return co_await filed(std::move(added), read->hash);
}

async::task<std::expected<taken, refused>> registry::take_epoch_key(std::string desk, std::string token,
                                                                    std::vector<store::wrap_row> wraps,
                                                                    store::trail_write trail) {
    auto current = now();
    auto verified = co_await this->read(known_.epoch_keys, current, desk, token, "/sleutel");
    if (!verified) co_return std::unexpected(std::move(verified.error()));
    const auto& read = *verified;
    if (read->loket != desk)
        co_return std::unexpected(refused::at("/sleutel", "loket", sentence(protocol::errc::key_desk)));
    protocol::faults found;
    for (std::size_t i = 0; i < wraps.size(); ++i) {
        wraps[i].key_hash = read->hash;
        wraps[i].epoch = read->epoch.text();
        auto lid = crypto::uuid::parse(wraps[i].lid);
        if (!lid || !current->knows_member(desk, *lid))
            found.push_back({"/wraps/" + std::to_string(i) + "/lid", "wrap",
                             "This desk was never handed such a member."});
        else if (current->reads_nothing(desk, *lid, clock_.today()))
            found.push_back(for_regisseur("/wraps/" + std::to_string(i) + "/lid"));
    }
    if (!found.empty()) co_return std::unexpected(refused{refused::kind::faults, std::move(found)});
    store::epoch_key_row row{
        desk, read->epoch.text(), read->hash, std::move(token), std::move(wraps), clock_.today().number};
    auto added = co_await store_.add_epoch_key(std::move(row), std::move(trail));
    co_return co_await filed(std::move(added), read->hash);
}

async::task<std::expected<taken, refused>> registry::take_stand(std::string desk, std::string token,
                                                                store::trail_write trail) {
    auto current = now();
    auto verified = co_await this->read(known_.stands, current, desk, token, "/stand");
    if (!verified) co_return std::unexpected(std::move(verified.error()));
    const auto& read = *verified;
    if (read->loket != desk)
        co_return std::unexpected(refused::at("/stand", "loket", sentence(protocol::errc::key_desk)));
    protocol::faults found;
    if (read->tot < clock_.today())
        found.push_back({"/stand", "stand", sentence(protocol::errc::stand_expired)});
    if (read->datum > clock_.today() + 1)
        found.push_back({"/stand", "stand", "The standing is dated in the future; date it today."});
    static const desk_files none;
    auto files = current->files.find(desk);
    const auto& known = files == current->files.end() ? none : files->second;
    // What ran out is put in force again as it was, before anybody can look at it: also where a lead who
    // signed some of it is none any more. Nobody believes those documents by it.
    const auto renews = [&] {
        const auto* last = current->directory.desk(desk);
        return last && last->stand->leden == read->leden && last->stand->sleutels == read->sleutels;
    };
    bool all = std::all_of(read->leden.begin(), read->leden.end(),
                           [&](const auto& h) { return known.memberships.contains(h); }) &&
               std::all_of(read->sleutels.begin(), read->sleutels.end(),
                           [&](const auto& h) { return known.keys.contains(h); });
    const bool again = renews();
    if (!all && !again) found.push_back({"/stand", "hash", sentence(protocol::errc::stand_unknown_hash)});
    if (!found.empty()) co_return std::unexpected(refused{refused::kind::faults, std::move(found)});

    auto last = current->last_stands.find(desk);
    if (last != current->last_stands.end() && last->second.hash != read->hash) {
        protocol::stand newest;
        newest.versie = last->second.version;
        newest.hash = last->second.hash;
        if (auto ok = protocol::follows(&newest, *read); !ok)
            co_return std::unexpected(refusal("/stand", ok.error()));
    } else if (last == current->last_stands.end()) {
        if (auto ok = protocol::follows(static_cast<const protocol::stand*>(nullptr), *read); !ok)
            co_return std::unexpected(refusal("/stand", ok.error()));
    }
    store::stand_row row{desk,        read->versie,   read->hash, std::move(token),
                         read->leden, read->sleutels, again};
    auto added = co_await store_.add_stand(std::move(row), std::move(trail));
    co_return co_await filed(std::move(added), read->hash);
}

}  // namespace trust
