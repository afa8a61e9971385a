#include "server/admin/directory/verify.hpp"

#include <utility>

#include "client/here/escaped.hpp"
#include "client/line/directory.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"
#include "server/admin/directory/directory_changes.hpp"
#include "server/admin/directory/root_key.hpp"

namespace admin {
namespace {

std::string say(std::string_view sentence, protocol::errc error) {
    return std::string(sentence) + ": " + std::string(protocol::text(error));
}

// Of the key that the token says signed it; not verified.
std::string signer_in(const std::string& token) {
    auto parts = crypto::read_jws(token);
    return parts ? ", but by the key " + client::escaped_line(parts->kid) : std::string();
}

std::string token_in(const std::string& body) {
    auto object = protocol::parse_object(body);
    const auto* token = object ? object->if_contains("gids") : nullptr;
    return token && token->is_string() ? std::string(token->as_string().data(), token->as_string().size())
                                       : "";
}

client::result<protocol::gids> fetch_version(client::http& line, std::int64_t version,
                                             std::span<const crypto::sign_public> roots) {
    std::string what = "Version " + std::to_string(version) + " of the directory";
    auto answer = client::fetch(line, client::gids_path(version), what + " was not given");
    if (!answer) return std::unexpected(answer.error());
    auto object = protocol::parse_object(answer->body);
    const auto* token = object ? object->if_contains("gids") : nullptr;
    if (!token || !token->is_string()) return client::refuse(what + " is not a directory.");
    const std::string text(token->as_string().data(), token->as_string().size());
    auto read = protocol::read_gids(text, roots);
    if (!read && read.error() == protocol::errc::bad_signature)
        return client::refuse(what + " is signed by none of the roots given" + signer_in(text) +
                              ". Where the root key changed since, name every root that ever signed: --root "
                              "NEW.pub --root OLD.pub.");
    if (!read) return client::refuse(say(what, read.error()));
    if (read->versie != version) return client::refuse(what + " is another version.");
    return std::move(*read);
}

void tell_changes(const protocol::gids* before, const protocol::gids& now, std::ostream& out) {
    out << "version " << now.versie << ", " << now.datum.text() << " to " << now.tot.text() << ":";
    std::string_view between = " ";
    const auto all = changes(before, now);
    for (const auto& one : all) out << std::exchange(between, "; ") << one.what;
    out << (all.empty() ? " nothing but its term changed" : "") << "\n";
    // Of the first version what each desk is stands in the list of desks.
    for (const auto& one : all)
        for (const auto& detail : before ? one.details : std::vector<std::string>())
            out << "    " << client::escaped_line(one.what + ": " + detail) << "\n";
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
    if (!address)
        return client::refuse(url + ": " + std::string(client::text(address.error())), client::wrong_use);
    auto pinned = read_roots(root_files);
    if (!pinned) return std::unexpected(pinned.error());
    const auto& roots = *pinned;
    client::http line(std::move(*address), client::tls_trust{std::nullopt, false});
    line.said_in("--url");
    auto newest = client::fetch(line, "/v1/sleutelgids", "The directory was not given");
    if (!newest) return std::unexpected(newest.error());
    auto table = client::fetch(line, "/v1/routering", "The routing table was not given");
    if (!table) return std::unexpected(table.error());
    protocol::seen memory;
    protocol::skipped nothing{[](std::int64_t) { return std::nullopt; },
                              [](std::string_view, std::int64_t) { return std::nullopt; }};
    auto today = protocol::system_clock().today();
    auto directory = protocol::verify_directory(newest->body, roots, today, memory, nothing);
    if (!directory && directory.error() == protocol::errc::bad_signature)
        return client::refuse(
            not_signed_by(line.server().origin(), token_in(newest->body), root_files, roots));
    if (!directory)
        return client::refuse(line.server().origin() + ": " + std::string(protocol::text(directory.error())));

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
    for (const auto& desk : read_table->desks())
        if (!directory->newest().desk(desk))
            return client::refuse(std::string(protocol::text(protocol::errc::gids_desk)));
    tell_desks(*directory, *read_table, today, out);
    return {};
}

}  // namespace admin
