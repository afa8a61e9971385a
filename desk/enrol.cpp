#include "desk/enrol.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/files.hpp"
#include "client/session.hpp"
#include "crypto/hash.hpp"
#include "desk/fingerprints.hpp"
#include "desk/member_card.hpp"
#include "desk/print.hpp"
#include "desk/standing.hpp"

namespace desk {
namespace {

client::result<std::vector<member_card>> read_cards(const enrol_order& order, const std::string& desk) {
    std::vector<member_card> out;
    for (const auto& path : order.cards) {
        auto text = client::read_file(path, 65536);
        if (!text) return std::unexpected(text.error());
        auto card = read_card(*text, path);
        if (!card) return std::unexpected(card.error());
        if (card->loket != desk)
            return client::refuse(
                fmt::format("{} is a card of desk {}, and you are a lead of {}.", path, card->loket, desk));
        if (std::any_of(out.begin(), out.end(), [&](const member_card& c) { return c.lid == card->lid; }))
            return client::refuse(path + " is of a person whose card was named already; leave one away.");
        out.push_back(std::move(*card));
    }
    return out;
}

std::vector<compared> people_of(const std::vector<member_card>& cards,
                                const std::vector<std::string>& paths) {
    std::vector<compared> out;
    for (std::size_t i = 0; i < cards.size(); ++i)
        out.push_back(
            {fmt::format("{} ({} {})", paths[i], cards[i].rol, cards[i].lid.text()), cards[i].fingerprint()});
    return out;
}

// Wraps of every secret that this lead holds of a week that is not over.
client::result<epoch_wraps> wraps_for(const member_card& card, const standing& standing,
                                      const epoch_secrets& secrets, protocol::day today) {
    epoch_wraps out;
    for (const auto& [key, wrap] : standing.keys) {
        auto secret = secrets.by_mark.find(crypto::key_mark(key.public_key));
        if (key.tot() < today || secret == secrets.by_mark.end()) continue;
        auto sealed = protocol::wrap(secret->second, card.box_key);
        if (!sealed) return std::unexpected(sealed.error());
        out.emplace_back(key.epoch, std::move(*sealed));
    }
    return out;
}

struct replaced_keys {
    std::set<std::string> old;       // hashes
    std::vector<std::string> fresh;  // hashes
};

// Weeks to come: the server does not hand out their wraps yet, so their secrets cannot be wrapped on. Nothing
// was sealed to them either, so they get new keys, wrapped for everybody.
client::result<replaced_keys> replace_coming_keys(client::session& session, const standing& standing,
                                                  const std::vector<protocol::membership>& members) {
    replaced_keys out;
    for (const auto& [key, wrap] : standing.keys) {
        if (key.van() - 1 <= session.today()) continue;
        auto issued = protocol::issue_epoch_key(session.desk(), key.epoch, members, *session.keys().top_key);
        if (!issued) return std::unexpected(issued.error());
        if (auto done = hand_in(session, *issued); !done) return std::unexpected(done.error());
        out.old.insert(key.hash);
        out.fresh.push_back(issued->key.hash);
    }
    return out;
}

// A box key lives at most 26 weeks, however often its card is enrolled.
std::optional<protocol::day> end_of_box_key(const standing& standing, const member_card& card) {
    for (const auto& member : standing.members)
        if (member.box_key == card.box_key) return member.tot;
    return std::nullopt;
}

std::string told(const client::session& session, const std::vector<member_card>& cards,
                 const standing& standing, const protocol::stand& stand) {
    auto out = fmt::format("Enrolled {} at desk {}; the standing is number {}, in force until {}.\n",
                           cards.size(), session.desk(), stand.versie, stand.tot.text());
    for (const auto& card : cards)
        if (card.lead_key &&
            std::find(standing.leads.begin(), standing.leads.end(), *card.lead_key) == standing.leads.end())
            out += fmt::format(
                "The directory does not name {} as a lead yet; the administrator adds it: --lead {}\n",
                card.lid.text(), crypto::b64u(*card.lead_key));
    if (standing.stand && !standing.is_member)
        out += "You held no keys to pass on: a lead who holds them must enrol these cards once more.\n";
    else if (standing.keys.empty())
        out += "The desk has no keys yet; make them with: baken desk keys\n";
    return out;
}

}  // namespace

client::result<void> enrol(const enrol_order& order) {
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto session = client::session::open(*profile);
    if (!session) return std::unexpected(session.error());
    auto cards = read_cards(order, session->desk());
    if (!cards) return std::unexpected(cards.error());
    auto standing = read_standing(*session);
    if (!standing) return std::unexpected(standing.error());

    std::set<crypto::uuid> renewed;
    for (const auto& card : *cards) renewed.insert(card.lid);
    std::vector<protocol::membership> members;
    for (const auto& member : standing->members)
        if (!renewed.contains(member.lid)) members.push_back(member);
    // --yes speaks of the cards named; of whom another lead enrolled, only this machine's lead can.
    auto named = people_of(*cards, order.cards);
    if (auto ok = confirm_fingerprints(*session, named, order.yes, "Compare them first, then use --yes.");
        !ok)
        return ok;
    if (auto ok =
            confirm_fingerprints(*session, desk::people_of(members), false,
                                 "Others of this desk were never compared here: compare theirs too, then "
                                 "run: baken desk keys --yes");
        !ok)
        return ok;

    auto secrets = unwrap(standing->keys, *session->keys().box_keys);
    auto hashes = standing->member_hashes(renewed);
    for (const auto& card : *cards) {
        auto until = end_of_box_key(*standing, card);
        if (until && *until <= session->today())
            return client::refuse(fmt::format(
                "The keys of {} are 26 weeks old; make new ones: baken desk keygen", card.lid.text()));
        auto member = protocol::issue_membership(session->desk(), card.lid, card.sign_key, card.box_key,
                                                 card.rol, session->today(), *session->keys().top_key, until);
        auto wraps = wraps_for(card, *standing, secrets, session->today());
        if (!wraps) return std::unexpected(wraps.error());
        if (auto done = hand_in(*session, member, *wraps); !done) return done;
        if (std::find(hashes.begin(), hashes.end(), member.hash) == hashes.end())
            hashes.push_back(member.hash);
        members.push_back(std::move(member));
    }
    auto replaced = replace_coming_keys(*session, *standing, members);
    if (!replaced) return std::unexpected(replaced.error());
    auto keys = standing->key_hashes(replaced->old);
    keys.insert(keys.end(), replaced->fresh.begin(), replaced->fresh.end());
    auto stand = publish(*session, *standing, std::move(hashes), std::move(keys));
    if (!stand) return std::unexpected(stand.error());
    if (!print(told(*session, *cards, *standing, *stand)))
        return client::refuse("It is done, but standard output is closed or full.");
    return {};
}

}  // namespace desk
