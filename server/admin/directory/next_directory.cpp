#include "server/admin/directory/next_directory.hpp"

#include <optional>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/routing.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/desks_file.hpp"

namespace admin {
namespace {

using sentences = std::vector<std::string>;

std::string hash(const std::string& bytes) { return crypto::hash_text(crypto::as_bytes(bytes)); }

// Whose signature the token claims; nothing of it is verified.
std::string claimed(const std::string& token) {
    auto parts = crypto::read_jws(token);
    return parts ? fmt::format(" (it names the key {})", client::escaped_line(parts->kid)) : std::string();
}

// The directory as it says it is: vouched for by nothing but its own hash.
std::expected<protocol::gids, protocol::errc> read_unverified(const std::string& token) {
    const auto parts = crypto::read_jws(token);
    const auto payload =
        parts ? protocol::parse_object(parts->payload) : std::unexpected(protocol::errc::bad_document);
    if (!payload) return std::unexpected(payload.error());
    protocol::faults ignored;
    protocol::reading r(*payload, "", ignored, protocol::unknown::ignore);
    protocol::gids later;
    later.versie = r.integer("versie") + 1;
    later.vorige = hash(token);
    return protocol::read_gids_before(token, later);
}

std::optional<protocol::gids> read_previous(const draft& draft, std::span<const crypto::sign_public> roots,
                                            protocol::day today, sentences& out) {
    if (draft.vorige.empty()) return std::nullopt;
    auto read = roots.empty() ? read_unverified(draft.vorige) : protocol::read_gids(draft.vorige, roots);
    if (!read && read.error() == protocol::errc::bad_signature)
        out.push_back("vorige.jws is not signed by a root that is trusted here" + claimed(draft.vorige) +
                      ". Where the root key changes, name both: --root NEW.pub --root OLD.pub; else somebody "
                      "changed it: do not sign.");
    else if (!read)
        out.push_back("vorige.jws: " + std::string(protocol::text(read.error())));
    if (!read) return std::nullopt;
    if (draft.table_before.empty() ? hash(draft.table) != read->routering
                                   : hash(draft.table_before) != read->routering)
        out.emplace_back(draft.table_before.empty()
                             ? "routering.json is not the table that vorige.jws signs, and "
                               "routering.vorige.json is missing; copy the whole draft again."
                             : "routering.vorige.json is not the table that vorige.jws signs; make the draft "
                               "again.");
    if (today < read->datum)
        out.push_back(
            fmt::format("This machine's clock says {}, but version {} was signed on {}: set the clock "
                        "and sign again.",
                        today.text(), read->versie, read->datum.text()));
    return std::move(*read);
}

void check_table(const draft& draft, sentences& out) {
    auto table = protocol::routing_table::read(draft.table);
    if (!table)
        return out.push_back(
            fmt::format("routering.json{}: {}", fault_place(draft.table), protocol::text(table.error())));
    if (const auto known = desk_ids(draft.desks))
        for (const auto& id : table->desks())
            if (!known->contains(id))
                out.push_back(fmt::format("routering.json names the desk {}, which is not in loketten.json.",
                                          client::escaped_line(id)));
    if (draft.table_before.empty() || draft.table == draft.table_before) return;
    auto before = protocol::routing_table::read(draft.table_before);
    if (before && table->versie() <= before->versie())
        out.push_back(fmt::format("routering.json was changed, but its versie is {}; write {} or more.",
                                  table->versie(), before->versie() + 1));
}

// Whose every lead goes: without a key of the default desk nothing can be reported at all.
void doubt_default_desk(const draft& draft, const protocol::gids* before, const protocol::gids& now,
                        sentences& out) {
    const auto table = protocol::routing_table::read(draft.table);
    const auto* old = before && table ? before->desk(table->standaard()) : nullptr;
    const auto* desk = old ? now.desk(table->standaard()) : nullptr;
    if (!desk) return;
    const auto stays = [&](const auto& lead) {
        return std::ranges::find(old->beheerders, lead) != old->beheerders.end();
    };
    if (std::ranges::none_of(desk->beheerders, stays))
        out.push_back(
            fmt::format("the default desk {} keeps none of its leads: from the publishing until a new one "
                        "has enrolled and made "
                        "keys, nothing can be reported where no other desk has a key",
                        desk->id));
}

void tell_table(const draft& draft, std::vector<change>& changes) {
    for (auto& one : changes)
        if (one.what == "routing table") {
            one.details = table_whole(draft.table);
        } else if (one.what == "routing table changed") {
            one.details = table_changes(draft.table_before, draft.table);
            if (one.details.empty()) one.details.emplace_back("only in how it is written");
        }
}

std::expected<next_directory, sentences> judge_as(const draft& draft,
                                                  std::span<const crypto::sign_public> roots,
                                                  const crypto::sign_public* signer, protocol::day today) {
    sentences faults;
    auto previous = read_previous(draft, roots, today, faults);
    auto desks = read_desks(draft.desks);
    if (!desks) faults.insert(faults.end(), desks.error().begin(), desks.error().end());
    check_table(draft, faults);
    if (!faults.empty()) return std::unexpected(std::move(faults));

    next_directory out;
    out.doubts = doubts(*desks);
    out.gids = previous ? next_gids(*previous, draft.table, today)
                        : first_gids({}, desks->logboek, draft.table, today);
    out.gids.logboek = desks->logboek;
    out.gids.loketten = std::move(desks->loketten);
    out.gids.signer = signer ? *signer : previous ? previous->signer : crypto::sign_public{};
    out.changes = changes(previous ? &*previous : nullptr, out.gids);
    tell_table(draft, out.changes);
    doubt_default_desk(draft, previous ? &*previous : nullptr, out.gids, out.doubts);
    return out;
}

}  // namespace

std::expected<next_directory, std::vector<std::string>> judge(const draft& draft,
                                                              std::span<const crypto::sign_public> roots,
                                                              const crypto::sign_public& signer,
                                                              protocol::day today) {
    return judge_as(draft, roots, &signer, today);
}

std::expected<next_directory, std::vector<std::string>> judge_unsigned(
    const draft& draft, std::span<const crypto::sign_public> roots, protocol::day today) {
    auto out = judge_as(draft, roots, nullptr, today);
    if (out && roots.empty() && !draft.vorige.empty())
        out->doubts.emplace_back(
            "no root was named, so who signed vorige.jws was not looked at; name it with --root FILE");
    return out;
}

std::expected<void, protocol::errc> sign(protocol::gids& next, const draft& draft,
                                         std::span<const crypto::sign_public> roots,
                                         const crypto::sign_keys& key) {
    protocol::sign_document(next, key);
    const std::vector<crypto::sign_public> own{key.public_key};
    auto again = protocol::read_gids(next.token, own);
    if (!again) return std::unexpected(again.error());
    if (draft.vorige.empty())
        return protocol::follows(static_cast<protocol::gids*>(nullptr), *again, draft.table);
    auto previous = protocol::read_gids(draft.vorige, roots);
    if (!previous) return std::unexpected(previous.error());
    return protocol::follows(&*previous, *again, draft.table);
}

}  // namespace admin
