#include "client/lead/enrol.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "client/desk/local_names.hpp"
#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/files.hpp"
#include "client/here/member_card.hpp"
#include "client/lead/change.hpp"
#include "client/lead/fingerprints.hpp"
#include "client/lead/leaving.hpp"
#include "client/lead/stand_history.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

client::result<std::vector<client::member_card>> read_cards(const enrol_order& order,
                                                            const std::string& desk) {
    std::vector<client::member_card> out;
    for (const auto& path : order.cards) {
        auto text = client::read_file(path, 65536);
        if (!text) return std::unexpected(text.error());
        auto card = client::read_card(*text, path);
        if (!card) return std::unexpected(card.error());
        if (card->loket != desk)
            return client::refuse(
                fmt::format("{} is a card of desk {}, and you are a lead of {}.", path, card->loket, desk));
        if (std::any_of(out.begin(), out.end(),
                        [&](const client::member_card& c) { return c.lid == card->lid; }))
            return client::refuse(path + " is of a person whose card was named already; leave one away.");
        out.push_back(std::move(*card));
    }
    return out;
}

std::vector<compared> people_of(const std::vector<client::member_card>& cards,
                                const std::vector<std::string>& paths) {
    std::vector<compared> out;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        protocol::membership keys;
        keys.sign_key = cards[i].sign_key;
        keys.box_key = cards[i].box_key;
        keys.rol = cards[i].rol;
        auto one = person_of(keys, {});
        one.who = fmt::format("{} ({} {})", paths[i], cards[i].rol, cards[i].lid.text());
        one.fingerprints = {cards[i].fingerprint()};
        one.card = true;
        out.push_back(std::move(one));
    }
    return out;
}

// What each of these cards is called here from now on: as --as says, or as its file. Nobody gets a name that
// another member has, but for whoever takes their place.
client::result<local_names> named(const enrol_order& order, const std::vector<client::member_card>& cards,
                                  const client::session& session) {
    auto names = local_names::read(session.memory(), session.desk());
    if (!names) return names;
    const auto is_free = [&](const std::string& name, const crypto::uuid& lid) {
        return std::ranges::none_of(names->all(), [&](const auto& one) {
            return one.second == name && one.first != lid && one.first != order.replaces;
        });
    };
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const auto& lid = cards[i].lid;
        const bool said = i < order.as.size();
        if (!said && !names->of(lid).empty()) continue;
        auto name = said ? order.as[i] : name_of_card(order.cards[i]);
        if (name.empty()) continue;
        if (said && !is_free(name, lid))
            return client::refuse(
                fmt::format("Another member of desk {} is called '{}' here already; give another "
                            "name with --as.",
                            session.desk(), client::escaped_line(name)),
                client::wrong_use);
        for (int n = 2; !is_free(name, lid); ++n)
            name = fmt::format("{}-{}", name_of_card(order.cards[i]), n);
        names->give(lid, std::move(name));
    }
    return names;
}

// A box key lives at most 26 weeks, however often its card is enrolled; also where it was revoked in between.
std::optional<protocol::day> end_of_box_key(const standing& standing, const client::member_card& card) {
    std::optional<protocol::day> out;
    for (const auto& member : standing.known)
        if (member.box_key == card.box_key) out = out ? std::min(*out, member.tot) : member.tot;
    return out;
}

// Whether this card was a member's once and is none's now: absence from a stand revokes for good (protocol
// §2). A membership that was handed in and that no stand ever listed, because a command broke off, is none.
client::result<bool> was_revoked(client::session& session, const standing& standing,
                                 const client::member_card& card) {
    std::set<std::string> memberships;
    for (const auto& one : standing.known)
        if (one.box_key == card.box_key) memberships.insert(one.hash);
    const auto now =
        std::ranges::any_of(standing.members, [&](const auto& one) { return one.box_key == card.box_key; });
    if (memberships.empty() || now) return false;
    return listed_before(session, *standing.stand, memberships);
}

client::result<std::vector<protocol::membership>> memberships_of(
    client::session& session, const standing& standing, const std::vector<client::member_card>& cards,
    bool readmit) {
    std::vector<protocol::membership> out;
    std::string old;
    for (const auto& card : cards) {
        const auto revoked = readmit ? client::result<bool>(false) : was_revoked(session, standing, card);
        if (!revoked) return std::unexpected(revoked.error());
        auto until = end_of_box_key(standing, card);
        if (*revoked && until && session.today() < *until) {
            old += fmt::format(
                "{}The keys of {} were revoked; they make new ones: baken desk keygen (or, where you are "
                "sure that nobody "
                "else ever had them: --readmit)",
                old.empty() ? "" : "\n", card.lid.text());
            continue;
        }
        if (until && *until <= session.today())
            old += fmt::format("{}The keys of {} are 26 weeks old; make new ones: baken desk keygen",
                               old.empty() ? "" : "\n", card.lid.text());
        else
            out.push_back(protocol::issue_membership(session.desk(), card.lid, card.sign_key, card.box_key,
                                                     card.rol, session.today(), *session.keys().top_key,
                                                     until));
    }
    if (!old.empty()) return client::refuse(std::move(old));
    return out;
}

// Who stays and is not among the cards: their fingerprints were another lead's to compare so far.
std::vector<protocol::membership> others_of(const standing& standing,
                                            const std::vector<client::member_card>& cards,
                                            const leaving& replaced) {
    std::vector<protocol::membership> out;
    for (const auto& member : standing.members) {
        bool named =
            std::any_of(cards.begin(), cards.end(), [&](const auto& c) { return c.lid == member.lid; });
        if (!named && !replaced.members.contains(member.lid)) out.push_back(member);
    }
    return out;
}

client::result<void> confirm(client::session& session, const enrol_order& order, const standing& standing,
                             const std::vector<client::member_card>& cards, const leaving& replaced,
                             const local_names& names) {
    // --yes speaks of the cards named; of whom another lead enrolled, only this machine's lead can.
    auto named = confirm_fingerprints(session, people_of(cards, order.cards), order.yes,
                                      "Compare them first, then use --yes.");
    if (!named) return named;
    return confirm_fingerprints(session,
                                desk::people_of(others_of(standing, cards, replaced),
                                                lead_keys_of(standing.leads, session.keys()), names),
                                false,
                                "Others of this desk were never compared here: compare theirs too, then "
                                "run: baken desk keys --yes");
}

std::string told_of_directory(const client::session& session, const std::vector<client::member_card>& cards,
                              const standing& standing, const leaving& replaced) {
    std::string out;
    for (const auto& card : cards)
        if (card.lead_key &&
            std::find(standing.leads.begin(), standing.leads.end(), *card.lead_key) == standing.leads.end())
            out += fmt::format(
                "The directory does not name {} as a lead yet; the administrator adds it: --lead {}\n",
                card.lid.text(), crypto::b64u(*card.lead_key));
    if (replaced.lead)
        out += told_lead_left(session.desk(), standing.leads, session.keys().top_key->public_key);
    return out;
}

std::string told(const client::session& session, const std::vector<client::member_card>& cards,
                 const standing& standing, const leaving& replaced, const prepared& made,
                 const protocol::stand& stand, const local_names& names) {
    auto out = told_gone(standing);
    out += fmt::format("Enrolled {} at desk {}; the standing is number {}, in force until {}.\n",
                       cards.size(), session.desk(), stand.versie, stand.tot.text());
    for (const auto& card : cards)
        if (const auto name = names.of(card.lid); !name.empty())
            out += fmt::format("On this machine {} is called {}.\n", card.lid.text(), name);
    for (const auto& lid : replaced.members)
        out +=
            fmt::format("Revoked {}, whose keys these replace; every week from this one on has a new key.\n",
                        names.with(lid));
    if (!made.passed_on.empty())
        out += fmt::format("Passed on the keys of {} weeks, {} to {}.\n", made.passed_on.size(),
                           made.passed_on.front().text(), made.passed_on.back().text());
    if (!made.fresh.empty())
        out += fmt::format("Made {} keys, {} to {}, wrapped for all {} members.\n", made.fresh.size(),
                           made.fresh.front().text(), made.fresh.back().text(), made.members.size());
    if (standing.stand && !standing.is_member)
        out += "You held no keys to pass on: a lead who holds them must enrol these cards once more.\n";
    else if (standing.keys.empty())
        out += "The desk has no keys yet; make them with: baken desk keys\n";
    out += told_of_directory(session, cards, standing, replaced);
    // Of a standing that could not be looked at nobody knows how many leads it has.
    if (standing.stand && !standing.is_member) return out;
    return out + lead_shortage(session.desk(), made.members, standing.leads.size());
}

protocol::json::object enrolled_object(const client::session& session,
                                       const std::vector<client::member_card>& cards, const leaving& replaced,
                                       const prepared& made, const protocol::stand& stand) {
    protocol::json::array joined, left;
    for (const auto& card : cards) joined.push_back(protocol::json::string(card.lid.text()));
    for (const auto& lid : replaced.members) left.push_back(protocol::json::string(lid.text()));
    return {{"loket", session.desk()},
            {"ingeschreven", std::move(joined)},
            {"ingetrokken", std::move(left)},
            {"stand", stand_object(stand)},
            {"gemaakt", weeks_array(made.fresh)},
            {"leden", made.members.size()}};
}

}  // namespace

client::result<void> enrol(const enrol_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto cards = read_cards(order, session->desk());
    if (!cards) return std::unexpected(cards.error());
    auto names = named(order, *cards, *session);
    if (!names) return std::unexpected(names.error());
    auto standing = read_standing(*session);
    if (!standing) return std::unexpected(standing.error());
    leaving replaced;
    if (order.replaces) {
        if (auto ok = must_be_member(*session, *standing); !ok) return ok;
        replaced = judge_replaced(*standing, *order.replaces, cards->front().lid, cards->front().rol);
        if (!replaced.faults.empty()) return std::unexpected(refusal_of(replaced, *standing, *names));
    }
    if (auto ok = confirm(*session, order, *standing, *cards, replaced, *names); !ok) return ok;

    change wanted;
    auto joining = memberships_of(*session, *standing, *cards, order.readmit);
    if (!joining) return std::unexpected(joining.error());
    wanted.joining = std::move(*joining);
    wanted.leaving = replaced.members;
    wanted.all_epochs = order.all_epochs;
    wanted.sign_again = replaced.lead;
    auto held = secrets_of(*standing, *session->keys().box_keys);
    auto made = prepare(*standing, wanted, held, session->desk(), *session->keys().top_key, session->today());
    if (!made) return std::unexpected(made.error());
    auto stand = carry_out(*session, *standing, *made);
    if (!stand) return std::unexpected(stand.error());
    if (auto kept = names->write(session->memory(), session->desk()); !kept)
        print_error("The names were not kept: " + escaped(kept.error().sentence) + "\n");
    print_error(told_spoiled(held));
    return say_done(order.json, enrolled_object(*session, *cards, replaced, *made, *stand),
                    told(*session, *cards, *standing, replaced, *made, *stand, *names));
}

}  // namespace desk
