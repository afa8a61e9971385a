#include "client/lead/stand_history.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

// What a stand says; nothing is verified.
std::optional<protocol::json::object> said_in(const std::string& token) {
    auto parts = crypto::read_jws(token);
    if (!parts) return std::nullopt;
    auto payload = protocol::parse_object(parts->payload);
    if (!payload) return std::nullopt;
    return std::move(*payload);
}

std::string desk_of(const std::string& token) {
    const auto said = said_in(token);
    if (!said) return {};
    protocol::faults found;
    protocol::reading r(*said, "", found, protocol::unknown::ignore);
    return r.text("loket", 40);
}

// The memberships that a stand lists whose hash is known from one that is signed.
std::vector<std::string> members_of(const std::string& token) {
    const auto said = said_in(token);
    if (!said) return {};
    protocol::faults found;
    protocol::reading r(*said, "", found, protocol::unknown::ignore);
    return r.texts("leden", 10000, 64);
}

// Whether the stands before this one lead back to the one that was seen here.
client::result<void> leads_back(client::session& session, const protocol::stand& newest,
                                const protocol::directory_mark& seen) {
    constexpr std::int64_t most_skipped = 1000;
    if (newest.versie - seen.versie > most_skipped) return std::unexpected(protocol::errc::stand_chain);
    std::string wanted = newest.versie > seen.versie ? newest.vorige : seen.hash;
    for (auto versie = newest.versie - 1; versie > seen.versie; --versie) {
        const auto token = client::fetch_stand(session.line(), session.desk(), versie);
        const auto before = token ? protocol::forerunner(*token, wanted) : std::nullopt;
        if (!before) return std::unexpected(protocol::errc::stand_chain);
        wanted = *before;
    }
    if (wanted != seen.hash) return std::unexpected(protocol::errc::stand_chain);
    return {};
}

}  // namespace

client::result<std::optional<protocol::stand>> orphaned_stand(client::session& session,
                                                              const client::published& published) {
    std::optional<protocol::stand> out;
    const auto token = std::find_if(published.stands.begin(), published.stands.end(),
                                    [&](const auto& one) { return desk_of(one) == session.desk(); });
    if (token != published.stands.end()) {
        auto history = client::fetch_history(session.line(), published.directory.newest());
        if (!history) return std::unexpected(history.error());
        std::vector<crypto::sign_public> leads;
        for (const auto& gids : *history)
            if (const auto* entry = gids.desk(session.desk()))
                leads.insert(leads.end(), entry->beheerders.begin(), entry->beheerders.end());
        auto read = protocol::read_stand(*token, leads);
        if (!read)
            return client::refuse(
                "The server shows a standing of the desk that none of its leads ever signed; do not trust "
                "it.");
        out = std::move(*read);
    }
    auto memory = session.memory().read();
    if (!memory) return std::unexpected(memory.error());
    const auto seen = memory->stands.find(session.desk());
    if (seen == memory->stands.end()) return out;
    if (!out || out->versie < seen->second.versie)
        return client::refuse(fmt::format(
            "The server withholds the desk's standing: number {} was seen on this machine before; do not "
            "trust it.",
            seen->second.versie));
    if (out->versie == seen->second.versie && out->hash != seen->second.hash)
        return std::unexpected(protocol::errc::stand_forked);
    if (auto ok = leads_back(session, *out, seen->second); !ok) return std::unexpected(ok.error());
    return out;
}

client::result<bool> listed_before(client::session& session, const protocol::stand& stand,
                                   const std::set<std::string>& memberships) {
    std::string wanted = stand.vorige;
    for (auto versie = stand.versie - 1; versie > 0; --versie) {
        const auto token = client::fetch_stand(session.line(), session.desk(), versie);
        const auto before = token ? protocol::forerunner(*token, wanted) : std::nullopt;
        if (!before) return std::unexpected(protocol::errc::stand_chain);
        for (const auto& hash : members_of(*token))
            if (memberships.contains(hash)) return true;
        wanted = *before;
    }
    return false;
}

}  // namespace desk
