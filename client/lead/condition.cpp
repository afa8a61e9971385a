#include "client/lead/condition.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include <fmt/format.h>

#include "client/lead/change.hpp"
#include "client/lead/fingerprints.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/sealing.hpp"

namespace desk {
namespace {

constexpr int standing_notice = 14;  // days
constexpr int directory_notice = 14;
constexpr int membership_notice = 28;
constexpr int usual_least_weeks = 4;
constexpr int default_desk_least_weeks = 13;  // of the 26 that it makes (protocol §9)

std::string mark_of(const protocol::epoch_key& key) { return crypto::hex(crypto::key_mark(key.public_key)); }

epoch_access access_of(const held_key& one, const crypto::box_keys& own, protocol::day today, bool listed) {
    epoch_access out{one.key.epoch, mark_of(one.key), access::opens, listed};
    if (one.wrap)
        out.how = protocol::open_wrap(*one.wrap, own, one.key) ? access::opens : access::misfit;
    else
        out.how = today < one.key.van() - 1 ? access::later : access::no_wrap;
    return out;
}

std::vector<epoch_access> accesses(const standing& standing, const crypto::box_keys& own,
                                   protocol::day today) {
    std::vector<epoch_access> out;
    for (const auto& one : standing.keys) out.push_back(access_of(one, own, today, true));
    for (const auto& one : standing.others) out.push_back(access_of(one, own, today, false));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::tie(a.epoch, a.mark) < std::tie(b.epoch, b.mark);
    });
    return out;
}

std::string left(protocol::day tot, protocol::day today) {
    if (tot < today) return fmt::format("ran out on {}", tot.text());
    return fmt::format("ends on {}, in {} days", tot.text(), tot - today);
}

std::string sentence_of(std::string clause) {
    clause.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(clause.front())));
    return clause + ".";
}

// What somebody should do, the most pressing first.
struct warner {
    condition& of;
    const standing& standing;

    void add(std::string code, std::string sentence) {
        of.warnings.push_back({std::move(code), std::move(sentence)});
    }

    void term() {
        if (!of.stand_tot)
            add("stand", "The desk has no standing: it has no members and no keys, and receives nothing.");
        else if (*of.stand_tot - of.today < standing_notice)
            add("stand", fmt::format("The standing {}; a lead renews it: baken desk keys.",
                                     left(*of.stand_tot, of.today)));
        if (of.gids_tot - of.today < directory_notice)
            add("gids", fmt::format("The directory {}; the administrator signs the next one.",
                                    left(of.gids_tot, of.today)));
    }

    void keys() {
        if (of.weeks == 0)
            add("sleutels",
                "This week has no key: reports go to the desk's fallback; a lead runs: baken desk "
                "keys");
        else if (of.weeks < of.least_weeks)
            add("sleutels",
                fmt::format("Only {} weeks have keys, up to {}; a lead makes more: baken desk keys.",
                            of.weeks, of.first_missing.next(-1).text()));
        for (const auto& one : of.epochs)
            if (one.how == access::misfit)
                add("sleutel-misplaatst",
                    fmt::format(
                        "Your wrap of week {} (key {}) does not hold the signed key's secret; tell a lead.",
                        one.epoch.text(), one.mark));
    }

    void leads() {
        if (of.leads_enrolled >= 2 && of.leads_named >= 2) return;
        add("beheerders",
            fmt::format(
                "{} leads are enrolled and {} named in the directory: with fewer than two, one lost key "
                "leaves nobody who can make keys or members.",
                of.leads_enrolled, of.leads_named));
    }

    void missing() {
        if (!standing.missing.empty())
            add("achtergehouden", fmt::format("The server withholds {} that the standing lists; ask the "
                                              "administrator whether the database "
                                              "lost them (baken admin check), and do not trust it otherwise.",
                                              standing.missing));
    }

    void people() {
        for (const auto& one : of.people)
            if (one.membership.tot - of.today < membership_notice)
                add("lidmaatschap",
                    fmt::format(
                        "The membership of {} ({}) {}; they make new keys (baken desk keygen) and a lead "
                        "runs: baken desk enrol FILE.pub --replaces {}",
                        one.membership.lid.text(), one.membership.rol, left(one.membership.tot, of.today),
                        one.membership.lid.text()));
        for (const auto& one : standing.gone)
            add("lidmaatschap",
                fmt::format(
                    "A membership no longer counts ({}) and its keys were not changed yet; a lead runs: "
                    "baken desk keys",
                    one));
    }

    // Weeks that reports are or were sealed to while this person was there, and that they cannot open.
    void own_gaps(protocol::day since) {
        std::vector<protocol::epoch> gaps;
        for (const auto& one : of.epochs)
            if (one.listed && one.how == access::no_wrap && since <= one.epoch.monday + 7)
                gaps.push_back(one.epoch);
        if (!gaps.empty())
            add("sleutel-ontbreekt",
                fmt::format("You cannot open {}, though you were there; a lead enrols your card once more.",
                            told_weeks(gaps)));
    }
};

void warn(condition& of, const standing& standing) {
    warner warner{of, standing};
    // Whom the server turned away for the time is perhaps a member all the same; and to whom nobody is one,
    // because the standing ran out, that is said below.
    if (!standing.other_time.empty())
        warner.add("klok", sentence_of(standing.other_time));
    else if (!of.member && !(of.stand_tot && *of.stand_tot < of.today))
        warner.add(
            "geen-lid",
            fmt::format("The server does not know you as a member of desk {}, so it does not show its "
                        "members and keys to "
                        "you; {}.",
                        of.desk,
                        of.named_lead ? "as its lead you enrol your own card: baken desk enrol FILE.pub"
                                      : "ask a lead of it"));
    warner.term();
    if (!of.member) return;
    warner.keys();
    warner.leads();
    warner.people();
    warner.missing();
    if (const auto* own = standing.member(of.lid)) warner.own_gaps(standing.since(*own));
}

}  // namespace

condition condition_of(const standing& standing, std::string_view desk, const protocol::key_file& own,
                       protocol::day today, const local_names& names,
                       const std::function<bool(const std::string&)>& compared) {
    condition out;
    out.desk = desk;
    out.today = today;
    out.lid = own.lid;
    out.rol = own.soort;
    out.member = standing.is_member;
    out.named_lead = own.top_key && std::find(standing.leads.begin(), standing.leads.end(),
                                              own.top_key->public_key) != standing.leads.end();
    out.gids_versie = standing.gids_versie;
    out.gids_tot = standing.gids_tot;
    if (standing.stand) {
        out.stand_versie = standing.stand->versie;
        out.stand_tot = standing.stand->tot;
    }
    out.weeks = weeks_ahead(standing.keys, today);
    out.least_weeks = desk == standing.standaard ? default_desk_least_weeks : usual_least_weeks;
    out.first_missing = protocol::epoch::of(today).next(out.weeks);
    for (const auto& one : standing.keys)
        if (out.weeks > 0 && one.key.epoch == protocol::epoch::of(today)) out.this_mark = mark_of(one.key);
    const auto leads = lead_keys_of(standing.leads, own);
    for (const auto& member : standing.members) {
        auto one = person_of(member, leads);
        const auto known = was_compared(
            one, [&](const std::string& what) -> client::result<bool> { return compared(what); });
        out.people.push_back({member, names.of(member.lid), std::move(one.fingerprints),
                              member.lid == own.lid, known.value_or(false)});
        out.leads_enrolled += member.rol == "beheerder" ? 1u : 0u;
    }
    out.leads_named = standing.leads.size();
    out.epochs = accesses(standing, *own.box_keys, today);
    warn(out, standing);
    return out;
}

std::string told_end_of_standing(const protocol::stand& stand, std::string_view desk, protocol::day today) {
    if (stand.tot - today >= standing_notice) return {};
    return fmt::format("The standing of desk {} {}; a lead renews it: baken desk keys.\n", desk,
                       left(stand.tot, today));
}

std::string told_end_of_membership(protocol::day tot, std::string_view lid, protocol::day today) {
    if (tot - today >= membership_notice) return {};
    return fmt::format(
        "Your membership {}; make new keys (baken desk keygen), and a lead runs: baken desk enrol FILE.pub "
        "--replaces {}\n",
        left(tot, today), lid);
}

std::string told_weeks(std::vector<protocol::epoch> weeks) {
    std::sort(weeks.begin(), weeks.end());
    weeks.erase(std::unique(weeks.begin(), weeks.end()), weeks.end());
    std::string out;
    for (std::size_t i = 0; i < weeks.size();) {
        auto last = i;
        while (last + 1 < weeks.size() && weeks[last + 1] == weeks[last].next()) ++last;
        out += (out.empty() ? "" : ", ") + weeks[i].text();
        if (last > i) out += (last == i + 1 ? ", " : " to ") + weeks[last].text();
        i = last + 1;
    }
    return out;
}

}  // namespace desk
