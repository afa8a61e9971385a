#include "client/lead/standing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/lead/handing_in.hpp"
#include "client/lead/stand_history.hpp"
#include "client/line/problem.hpp"
#include "client/line/turned_away.hpp"
#include "client/print.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"

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

std::vector<protocol::membership> signed_by_leads(const std::vector<std::string>& tokens,
                                                  const standing& standing, std::string_view desk) {
    std::vector<protocol::membership> out;
    for (const auto& token : tokens) {
        auto member = protocol::read_membership(token, standing.leads);
        if (!member || member->loket != desk) continue;
        // A token that the server hands out twice is still one document.
        bool there =
            std::any_of(out.begin(), out.end(), [&](const auto& m) { return m.hash == member->hash; });
        if (!there) out.push_back(std::move(*member));
    }
    return out;
}

std::vector<protocol::membership> listed(const std::vector<protocol::membership>& known,
                                         const protocol::stand& stand) {
    std::vector<protocol::membership> out;
    for (const auto& member : known)
        if (lists(stand.leden, member.hash)) out.push_back(member);
    return out;
}

// A membership that another of the same keys replaced is not gone: its owner still stands in the desk.
std::vector<std::string> gone_from(const standing& standing) {
    std::vector<std::string> out;
    for (const auto& hash : standing.stand->leden) {
        auto at = std::find_if(standing.known.begin(), standing.known.end(),
                               [&](const auto& m) { return m.hash == hash; });
        if (at == standing.known.end()) {
            out.emplace_back("one that no lead of the directory signed, or that the server withholds");
            continue;
        }
        bool stays = std::any_of(standing.members.begin(), standing.members.end(),
                                 [&](const auto& m) { return m.box_key == at->box_key; });
        if (!stays) out.push_back(fmt::format("{} {}, until {}", at->rol, at->lid.text(), at->tot.text()));
    }
    return out;
}

std::size_t not_among(const std::vector<std::string>& listed, const std::set<std::string>& shown) {
    return static_cast<std::size_t>(
        std::ranges::count_if(listed, [&](const auto& hash) { return !shown.contains(hash); }));
}

void take_keys(std::vector<held_key> held, standing& out) {
    for (auto& one : held) {
        auto& where = lists(out.stand->sleutels, one.key.hash) ? out.keys : out.others;
        bool there = std::any_of(where.begin(), where.end(),
                                 [&](const held_key& k) { return k.key.hash == one.key.hash; });
        if (!there) where.push_back(std::move(one));
    }
    out.withheld = out.stand->sleutels.size() - std::min(out.stand->sleutels.size(), out.keys.size());
}

// What only a member may ask for. The server's stand must be the very one of the verified directory.
client::result<void> read_as_member(client::session& session, standing& out) {
    auto leden = session.get("leden");
    if (!leden) return std::unexpected(leden.error());
    if (client::is_other_time(*leden)) out.other_time = leden->why;
    if (leden->status == 401 || leden->status == 403) return {};
    if (leden->status != 200)
        return std::unexpected(client::refused("The desk's members were not fetched", *leden));
    auto members = read_members(leden->body);
    if (!members) return std::unexpected(members.error());
    auto keys = get(session, "sleutels");
    if (!keys) return std::unexpected(keys.error());
    auto held = read_held_keys(keys->body, session.desk(), out.leads);
    if (!held) return std::unexpected(held.error());
    auto shown_keys = hashes_of_keys(keys->body);
    if (!shown_keys) return std::unexpected(shown_keys.error());
    out.is_member = true;
    if (!out.stand) return {};
    if (!members->stand || crypto::hash_text(crypto::as_bytes(*members->stand)) != out.stand->hash)
        return client::refuse(
            "The server shows two standings of the desk at once; if no other lead is at work now, do not "
            "trust it.");
    out.known = signed_by_leads(members->leden, out, session.desk());
    out.members = in_force(listed(out.known, *out.stand), session.today());
    out.gone = gone_from(out);
    take_keys(std::move(*held), out);
    std::set<std::string> shown;
    for (const auto& token : members->leden) shown.insert(crypto::hash_text(crypto::as_bytes(token)));
    const auto no_members = not_among(out.stand->leden, shown),
               no_keys = not_among(out.stand->sleutels, *shown_keys);
    if (no_members + no_keys > 0)
        out.missing = fmt::format("{} memberships and {} keys", no_members, no_keys);
    return {};
}

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

client::result<standing> of_directory(client::session& session) {
    auto published = session.directory();
    if (!published) return std::unexpected(published.error());
    const auto& gids = published->directory.newest();
    const auto* entry = gids.desk(session.desk());
    if (!entry)
        return client::refuse(
            fmt::format("The directory has no desk {}; ask the administrator to add it.", session.desk()));
    standing out;
    out.standaard = published->table.standaard();
    out.gids_versie = gids.versie;
    out.gids_tot = gids.tot;
    out.leads = entry->beheerders;
    if (const auto* state = published->directory.desk(session.desk())) out.stand = state->stand;
    out.previous = out.stand;
    if (out.stand) return out;
    auto orphan = orphaned_stand(session, *published);
    if (!orphan) return std::unexpected(orphan.error());
    out.previous = std::move(*orphan);
    return out;
}

}  // namespace

const protocol::membership* standing::member(const crypto::uuid& lid) const {
    auto at = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.lid == lid; });
    return at == members.end() ? nullptr : &*at;
}

protocol::day standing::since(const protocol::membership& member) const {
    auto out = member.van;
    for (const auto& one : known)
        if (one.lid == member.lid && one.box_key == member.box_key) out = std::min(out, one.van);
    return out;
}

client::result<standing> view_standing(client::session& session) {
    auto out = of_directory(session);
    if (!out) return out;
    if (auto read = read_as_member(session, *out); !read) return std::unexpected(read.error());
    return out;
}

client::result<standing> read_standing(client::session& session, missing withheld) {
    if (!session.keys().top_key)
        return client::refuse(
            "This takes the key of a lead (rol beheerder), and this key file holds none; name a lead's with "
            "--key.");
    auto out = of_directory(session);
    if (!out) return out;
    const auto& own = session.keys().top_key->public_key;
    if (std::find(out->leads.begin(), out->leads.end(), own) == out->leads.end())
        return client::refuse(fmt::format(
            "The directory does not name this key as a lead of desk {}; ask the administrator to add "
            "it: --lead {}",
            session.desk(), crypto::b64u(own)));
    if (!out->stand && out->previous)
        print_error(
            fmt::format("The newest standing of desk {}, number {}, was signed by a lead who is none any "
                        "more: whom it lists is no "
                        "member now, and the one that you sign lists only whom you enrol.\n",
                        session.desk(), out->previous->versie));
    if (auto ok = renew_if_lapsed(session, *out); !ok) return std::unexpected(ok.error());
    // A lead who is no member yet may not look, and can still hand in.
    if (auto read = read_as_member(session, *out); !read) return std::unexpected(read.error());
    if (!out->other_time.empty())
        return client::refuse("The desk's members were not fetched: " + out->other_time + ".");
    if (!out->missing.empty() && withheld == missing::refused)
        return client::refuse(
            fmt::format("The server withholds {} that the standing of desk {} lists; do not trust it, and "
                        "ask the administrator. "
                        "Only where they say that its database lost them (baken admin check): baken desk "
                        "keys --drop-missing",
                        out->missing, session.desk()));
    return out;
}

client::result<void> must_be_member(const client::session& session, const standing& standing) {
    if (standing.is_member && !standing.members.empty()) return {};
    return client::refuse(fmt::format(
        "You are not a member of desk {} yet; enrol your own card first: baken desk enrol FILE.pub",
        session.desk()));
}

}  // namespace desk
