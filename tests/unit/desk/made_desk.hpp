// A desk as a lead sees it on Wednesday 2026-12-23, with real keys: two leads and an officer, all signed by
// one lead key, and a key for each week named, with everybody's wraps as the server would hand them to one of
// them.
#pragma once

#include <algorithm>
#include <map>

#include "client/lead/change.hpp"
#include "crypto/protocol/issue.hpp"
#include "crypto/protocol/sealing.hpp"

struct made_desk {
    static constexpr protocol::day today{20810};  // 2026-12-23, of 2026-W52; 2026 has a week 53

    struct officer {
        std::string rol;
        crypto::uuid lid = crypto::uuid::random();
        crypto::sign_keys sign = crypto::sign_keys::random();
        crypto::box_keys box = crypto::box_keys::random();
        protocol::day since = today - 100;
    };

    crypto::sign_keys lead = crypto::sign_keys::random();
    std::vector<officer> officers = people();
    desk::standing standing;
    std::vector<protocol::issued_key> issued;

    explicit made_desk(const std::vector<std::string>& weeks) {
        standing.standaard = "landelijk";
        standing.gids_versie = 3;
        standing.gids_tot = today + 60;
        standing.leads = {lead.public_key, crypto::sign_keys::random().public_key};
        standing.is_member = true;
        sign_memberships();
        for (const auto& week : weeks) add_key(*protocol::epoch::parse(week));
        sign_stand();
    }

    static std::vector<officer> people() {
        std::vector<officer> out(3);
        out[0].rol = out[1].rol = "beheerder";
        out[2].rol = "medewerker";
        return out;
    }
    static officer newcomer() {
        officer out;
        out.rol = "medewerker";
        out.since = today;
        return out;
    }

    [[nodiscard]] protocol::membership membership_of(const officer& of) const {
        return protocol::issue_membership("rotterdam", of.lid, of.sign.public_key, of.box.public_key, of.rol,
                                          of.since, lead);
    }
    void sign_memberships() {
        standing.members.clear();
        for (const auto& one : officers) standing.members.push_back(membership_of(one));
        standing.known = standing.members;
    }
    void add_key(protocol::epoch week) {
        issued.push_back(*protocol::issue_epoch_key("rotterdam", week, standing.members, lead));
        standing.keys.push_back({issued.back().key, std::nullopt});
    }
    void sign_stand() {
        std::vector<std::string> members, keys;
        for (const auto& one : standing.members) members.push_back(one.hash);
        for (const auto& one : standing.keys) keys.push_back(one.key.hash);
        standing.stand = protocol::issue_stand(std::nullopt, "rotterdam", std::move(members), std::move(keys),
                                               today, lead);
        standing.previous = standing.stand;
    }
    // A new key takes the place of the week's, as after somebody left.
    void replace(const std::string& week) {
        auto at = std::find_if(standing.keys.begin(), standing.keys.end(),
                               [&](const auto& k) { return k.key.epoch.text() == week; });
        auto epoch = at->key.epoch;
        standing.others.push_back(std::move(*at));
        standing.keys.erase(at);
        add_key(epoch);
        sign_stand();
    }
    // The wrap of this week that the server holds for this officer is of another secret.
    void spoil(const std::string& week, const officer& of) {
        for (auto& one : issued)
            for (auto& [lid, wrap] : one.wraps)
                if (lid == of.lid && one.key.epoch.text() == week)
                    wrap = *protocol::wrap(crypto::box_keys::random(), of.box.public_key);
    }

    // The standing with this officer's wraps, as the server hands them out today.
    [[nodiscard]] desk::standing seen_by(const officer& who) const {
        auto out = standing;
        for (auto* keys : {&out.keys, &out.others})
            for (auto& one : *keys)
                for (const auto& made : issued)
                    for (const auto& [lid, wrap] : made.wraps)
                        if (made.key.hash == one.key.hash && lid == who.lid && one.key.van() - 1 <= today)
                            one.wrap = crypto::bytes(wrap.view().begin(), wrap.view().end());
        return out;
    }
    [[nodiscard]] desk::epoch_secrets held(const officer& who) const {
        return desk::secrets_of(seen_by(who), who.box);
    }
    [[nodiscard]] protocol::key_file key_file(const officer& who) const {
        protocol::key_file out;
        out.soort = who.rol;
        out.loket = "rotterdam";
        out.lid = who.lid;
        out.sign_keys = crypto::sign_keys::from(*crypto::seed::from(who.sign.secret_key.view().first(32)));
        out.box_keys = crypto::box_keys::from(*crypto::box_secret::from(who.box.secret_key.view()));
        if (who.rol == "beheerder")
            out.top_key = crypto::sign_keys::from(*crypto::seed::from(lead.secret_key.view().first(32)));
        return out;
    }
};
