#include "desk/standing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/problem.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"
#include "desk/print.hpp"

namespace desk {
namespace {

struct member_documents {
    std::vector<std::string> leden;
    std::optional<std::string> stand;
};

std::expected<member_documents, client::errc> read_members(std::string_view body) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    member_documents out{r.texts("leden", 10000, 8192), r.text_or_null("stand", 262144)};
    if (!found.empty()) return std::unexpected(client::errc::bad_answer);
    return out;
}

bool lists(const std::vector<std::string>& hashes, const std::string& hash) {
    return std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
}

// The newest published stand of this desk whose signer is no lead any more: number and hash, to be followed.
std::optional<protocol::stand> orphaned_stand(const std::vector<std::string>& tokens, std::string_view desk) {
    for (const auto& token : tokens) {
        auto parts = crypto::read_jws(token);
        auto payload =
            parts ? protocol::parse_object(parts->payload) : std::unexpected(protocol::errc::bad_json);
        if (!payload) continue;
        protocol::faults found;
        protocol::reading r(*payload, "", found, protocol::unknown::ignore);
        protocol::stand out;
        out.loket = r.text("loket", 40);
        out.versie = r.integer("versie");
        out.hash = crypto::hash_text(crypto::as_bytes(token));
        if (found.empty() && out.loket == desk && out.versie > 0) return out;
    }
    return std::nullopt;
}

// One membership a person, the one that lasts longest; none that has ended.
std::vector<protocol::membership> in_force(const std::vector<protocol::membership>& all,
                                           protocol::day today) {
    std::vector<protocol::membership> out;
    for (const auto& member : all) {
        if (member.tot < today) continue;
        auto same = std::find_if(out.begin(), out.end(), [&](const auto& m) { return m.lid == member.lid; });
        if (same == out.end())
            out.push_back(member);
        else if (same->tot < member.tot)
            *same = member;
    }
    return out;
}

client::result<client::answer> get(client::session& session, std::string_view rest) {
    auto got = session.get(rest);
    if (!got || got->status == 200) return got;
    return std::unexpected(client::refused(fmt::format("The desk's {} were not fetched", rest), *got));
}

// What only a member may ask for. The server's stand must be the very one of the verified directory.
client::result<void> read_as_member(client::session& session, const client::answer& leden,
                                    client::published& published, standing& out) {
    auto members = read_members(leden.body);
    if (!members) return std::unexpected(members.error());
    auto keys = get(session, "sleutels");
    if (!keys) return std::unexpected(keys.error());
    auto held = read_held_keys(keys->body, session.desk(), out.leads);
    if (!held) return std::unexpected(held.error());
    if (!out.stand) return {};
    if (!members->stand || crypto::hash_text(crypto::as_bytes(*members->stand)) != out.stand->hash)
        return client::refuse(
            "The server shows two standings of the desk at once; if no other lead is at work now, do not "
            "trust it.");
    auto taken = published.directory.take(*members->stand, {}, members->leden);
    if (!taken) return std::unexpected(taken.error());
    out.members = in_force(published.directory.desk(session.desk())->members, session.today());
    for (auto& one : *held)
        if (lists(out.stand->sleutels, one.key.hash)) out.keys.push_back(std::move(one));
    return {};
}

client::result<void> post(client::session& session, std::string_view rest, const protocol::json::object& body,
                          std::string_view what) {
    auto got = session.post_as_lead(rest, protocol::to_text(body));
    if (!got) return std::unexpected(got.error());
    if (got->status == 409 && rest == "standen")
        return client::refuse("Another lead signed a standing in the meantime; run the same command again.");
    if (!got->ok()) return std::unexpected(client::refused(what, *got));
    return {};
}

}  // namespace

namespace {

// Once a standing has run out nobody is a member to the server, not even a lead, and nobody could look at
// what it listed. So the same lists are put in force again first.
client::result<void> renew_if_lapsed(client::session& session, standing& out) {
    if (!out.stand || session.today() <= out.stand->tot) return {};
    progress(fmt::format(
        "The standing of desk {} had run out on {}; putting the same members and keys in force again.\n",
        session.desk(), out.stand->tot.text()));
    auto renewed = publish(session, out, out.stand->leden, out.stand->sleutels);
    if (!renewed) return std::unexpected(renewed.error());
    out.stand = *renewed;
    out.previous = std::move(*renewed);
    return {};
}

}  // namespace

std::vector<std::string> standing::member_hashes(const std::set<crypto::uuid>& without) const {
    if (!is_member) return stand ? stand->leden : std::vector<std::string>();
    std::vector<std::string> out;
    for (const auto& member : members)
        if (!without.contains(member.lid)) out.push_back(member.hash);
    return out;
}

std::vector<std::string> standing::key_hashes(const std::set<std::string>& without) const {
    std::vector<std::string> out;
    if (!stand) return out;
    for (const auto& hash : stand->sleutels)
        if (!without.contains(hash)) out.push_back(hash);
    return out;
}

client::result<standing> read_standing(client::session& session) {
    if (!session.keys().top_key)
        return client::refuse(
            "This takes the key of a lead (rol beheerder), and this key file holds none; name a lead's with "
            "--key.");
    auto published = session.directory();
    if (!published) return std::unexpected(published.error());
    const auto* entry = published->directory.newest().desk(session.desk());
    if (!entry)
        return client::refuse(
            fmt::format("The directory has no desk {}; ask the administrator to add it.", session.desk()));
    standing out;
    out.standaard = published->table.standaard();
    out.leads = entry->beheerders;
    const auto& own = session.keys().top_key->public_key;
    if (std::find(out.leads.begin(), out.leads.end(), own) == out.leads.end())
        return client::refuse(fmt::format(
            "The directory does not name this key as a lead of desk {}; ask the administrator to add "
            "it: --lead {}",
            session.desk(), crypto::b64u(own)));
    if (const auto* state = published->directory.desk(session.desk())) out.stand = state->stand;
    out.previous = out.stand ? out.stand : orphaned_stand(published->stands, session.desk());

    if (auto ok = renew_if_lapsed(session, out); !ok) return std::unexpected(ok.error());
    auto leden = session.get("leden");
    if (!leden) return std::unexpected(leden.error());
    // A lead who is no member yet may not look, and can still hand in.
    if (leden->status == 401 || leden->status == 403) return out;
    if (leden->status != 200)
        return std::unexpected(client::refused("The desk's members were not fetched", *leden));
    out.is_member = true;
    if (auto read = read_as_member(session, *leden, *published, out); !read)
        return std::unexpected(read.error());
    return out;
}

client::result<void> hand_in(client::session& session, const protocol::membership& member,
                             const epoch_wraps& wraps) {
    protocol::json::array list;
    for (const auto& [epoch, sealed] : wraps)
        list.push_back(
            protocol::json::object{{"epoch", epoch.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
    protocol::json::object body;
    body["lid"] = member.token;
    body["wraps"] = std::move(list);
    return post(session, "leden", body, "The membership was not stored");
}

client::result<void> hand_in(client::session& session, const protocol::issued_key& key) {
    protocol::json::array list;
    for (const auto& [lid, sealed] : key.wraps)
        list.push_back(
            protocol::json::object{{"lid", lid.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
    protocol::json::object body;
    body["sleutel"] = key.key.token;
    body["wraps"] = std::move(list);
    return post(session, "sleutels", body, fmt::format("The key of {} was not stored", key.key.epoch.text()));
}

client::result<protocol::stand> publish(client::session& session, const standing& standing,
                                        std::vector<std::string> members, std::vector<std::string> keys) {
    auto stand = protocol::issue_stand(standing.previous, session.desk(), std::move(members), std::move(keys),
                                       session.today(), *session.keys().top_key);
    protocol::json::object body;
    body["stand"] = stand.token;
    if (auto ok = post(session, "standen", body, "The standing was not stored"); !ok)
        return std::unexpected(ok.error());
    return stand;
}

}  // namespace desk
