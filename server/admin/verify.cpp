#include "server/admin/verify.hpp"

#include <algorithm>

#include "client/directory.hpp"
#include "client/files.hpp"
#include "client/profile.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"

namespace admin {
namespace {

std::string say(std::string_view sentence, protocol::errc error) {
    return std::string(sentence) + ": " + std::string(protocol::text(error));
}

client::result<protocol::gids> fetch_version(client::http& line, std::int64_t version,
                                             std::span<const crypto::sign_public> roots) {
    std::string what = "Version " + std::to_string(version) + " of the directory";
    auto answer = client::fetch(line, client::gids_path(version), what + " was not given");
    if (!answer) return std::unexpected(answer.error());
    auto object = protocol::parse_object(answer->body);
    const auto* token = object ? object->if_contains("gids") : nullptr;
    if (!token || !token->is_string()) return client::refuse(what + " is no directory.");
    auto read = protocol::read_gids({token->as_string().data(), token->as_string().size()}, roots);
    if (!read) return client::refuse(say(what, read.error()));
    if (read->versie != version) return client::refuse(what + " is another version.");
    return std::move(*read);
}

void tell_changes(const protocol::gids* before, const protocol::gids& now, std::ostream& out) {
    out << "version " << now.versie << ", " << now.datum.text() << " to " << now.tot.text() << ":";
    std::size_t changes = 0;
    auto tell = [&](const std::string& what) { out << (changes++ ? "; " : " ") << what; };
    for (const auto& desk : now.loketten) {
        const auto* old = before ? before->desk(desk.id) : nullptr;
        if (!old)
            tell("desk " + desk.id + " added");
        else if (old->beheerders != desk.beheerders)
            tell("leads of " + desk.id + " changed");
        else if (old->naam != desk.naam || old->soort != desk.soort || old->opsporing != desk.opsporing ||
                 old->achtervang != desk.achtervang)
            tell("desk " + desk.id + " changed");
    }
    if (before) {
        for (const auto& desk : before->loketten)
            if (!now.desk(desk.id)) tell("desk " + desk.id + " removed");
        if (before->routering != now.routering) tell("routing table changed");
        if (before->logboek != now.logboek) tell("log key changed");
        if (before->signer != now.signer) tell("signed by another root");
    }
    out << (changes ? "" : " nothing but its term changed") << "\n";
}

void tell_desks(const protocol::directory& directory, const protocol::routing_table& table,
                protocol::day today, std::ostream& out) {
    for (const auto& desk : directory.newest().loketten) {
        out << "desk " << desk.id << ": ";
        const auto* state = directory.desk(desk.id);
        if (!state) {
            out << "no stand, so no keys\n";
            continue;
        }
        bool usable = directory.usable_key(desk.id, today, table.standaard()) != nullptr;
        out << "stand " << state->stand->versie << " to " << state->stand->tot.text() << ", "
            << state->stand->leden.size() << " members, "
            << (usable ? "key of this week in force" : "NO KEY FOR THIS WEEK") << "\n";
    }
}

}  // namespace

client::result<void> directory_verify(const std::string& url, const std::vector<std::string>& root_files,
                                      std::ostream& out) {
    auto address = client::address::parse(url);
    if (!address) return client::refuse(std::string(client::text(address.error())), client::wrong_use);
    std::vector<crypto::sign_public> roots;
    for (const auto& file : root_files) {
        auto text = client::read_file(file);
        if (!text) return std::unexpected(text.error());
        auto root = client::read_root(*text, file);
        if (!root) return std::unexpected(root.error());
        roots.push_back(*root);
    }
    client::http line(std::move(*address), client::tls_trust{std::nullopt, false});
    auto newest = client::fetch(line, "/v1/sleutelgids", "The directory was not given");
    if (!newest) return std::unexpected(newest.error());
    auto table = client::fetch(line, "/v1/routering", "The routing table was not given");
    if (!table) return std::unexpected(table.error());
    protocol::seen memory;
    protocol::skipped nothing{[](std::int64_t) { return std::nullopt; },
                              [](std::string_view, std::int64_t) { return std::nullopt; }};
    auto today = protocol::system_clock().today();
    auto directory = protocol::verify_directory(newest->body, roots, today, memory, nothing);
    if (!directory) return client::refuse(std::string(protocol::text(directory.error())));

    std::optional<protocol::gids> before;
    for (std::int64_t version = 1; version <= directory->newest().versie; ++version) {
        auto read = fetch_version(line, version, roots);
        if (!read) return std::unexpected(read.error());
        if (read->vorige != (before ? before->hash : std::string()))
            return client::refuse("Version " + std::to_string(version) + ": " +
                                  std::string(text(protocol::errc::gids_chain)));
        tell_changes(before ? &*before : nullptr, *read, out);
        before = std::move(*read);
    }
    if (before->hash != directory->newest().hash)
        return client::refuse(std::string(text(protocol::errc::gids_forked)));
    if (crypto::hash_text(crypto::as_bytes(table->body)) != before->routering)
        return client::refuse(std::string(text(protocol::errc::routing_hash)));
    auto read_table = protocol::routing_table::read(table->body);
    if (!read_table) return client::refuse(std::string(text(read_table.error())));
    tell_desks(*directory, *read_table, today, out);
    return {};
}

}  // namespace admin
