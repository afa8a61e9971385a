#include "desk/keys.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "client/session.hpp"
#include "desk/fingerprints.hpp"
#include "desk/print.hpp"
#include "desk/standing.hpp"

namespace desk {
namespace {

constexpr int usual_weeks = 8;
constexpr int default_desk_weeks =
    26;  // protocol §9: it must be reachable even when nobody makes keys for long
constexpr int notice_days = 21;

std::ptrdiff_t count(const std::vector<held_key>& keys, protocol::epoch week) {
    return std::count_if(keys.begin(), keys.end(), [&](const held_key& k) { return k.key.epoch == week; });
}

std::string told(const client::session& session, const standing& standing,
                 const std::vector<protocol::epoch>& made, const std::vector<held_key>& keys,
                 const protocol::stand& stand) {
    auto today = session.today();
    std::string out = made.empty() ? std::string("No week lacked a key.\n")
                                   : fmt::format("Made {} keys: {} to {}.\n", made.size(),
                                                 made.front().text(), made.back().text());
    int weeks = weeks_ahead(keys, today);
    out += fmt::format(
        "Desk {} has keys for {} weeks, until {}; its standing (number {}) is in force for {} days, until "
        "{}.\n",
        session.desk(), weeks, protocol::epoch::of(today).next(weeks).monday.text(), stand.versie,
        stand.tot - today, stand.tot.text());
    for (const auto& member : standing.members)
        if (member.tot - today <= notice_days)
            out += fmt::format("The membership of {} ({}) ends on {}; enrol a new card before.\n",
                               member.lid.text(), member.rol, member.tot.text());
    return out;
}

}  // namespace

std::vector<protocol::epoch> missing_weeks(const std::vector<held_key>& keys, protocol::day today,
                                           int weeks) {
    std::vector<protocol::epoch> out;
    for (int i = 0; i < weeks; ++i) {
        auto week = protocol::epoch::of(today).next(i);
        if (count(keys, week) != 1) out.push_back(week);
    }
    return out;
}

int weeks_ahead(const std::vector<held_key>& keys, protocol::day today) {
    int out = 0;
    while (count(keys, protocol::epoch::of(today).next(out)) == 1) ++out;
    return out;
}

client::result<void> keys(const keys_order& order) {
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto session = client::session::open(*profile);
    if (!session) return std::unexpected(session.error());
    auto standing = read_standing(*session);
    if (!standing) return std::unexpected(standing.error());
    if (!standing->is_member || standing->members.empty())
        return client::refuse(fmt::format(
            "You are not a member of desk {} yet; enrol your own card first: baken desk enrol FILE.pub",
            session->desk()));
    if (auto ok = confirm_fingerprints(*session, people_of(standing->members), order.yes,
                                       "Compare them first, then use --yes.");
        !ok)
        return ok;

    int weeks = order.weeks > 0                          ? order.weeks
                : session->desk() == standing->standaard ? default_desk_weeks
                                                         : usual_weeks;
    auto made = missing_weeks(standing->keys, session->today(), weeks);
    std::set<std::string> doubles;
    std::vector<held_key> held;
    for (const auto& one : standing->keys) {
        if (std::find(made.begin(), made.end(), one.key.epoch) != made.end())
            doubles.insert(one.key.hash);
        else
            held.push_back({one.key, std::nullopt});
    }
    auto hashes = standing->key_hashes(doubles);
    for (auto week : made) {
        auto issued =
            protocol::issue_epoch_key(session->desk(), week, standing->members, *session->keys().top_key);
        if (!issued) return std::unexpected(issued.error());
        if (auto done = hand_in(*session, *issued); !done) return done;
        hashes.push_back(issued->key.hash);
        held.push_back({std::move(issued->key), std::nullopt});
    }
    auto stand = publish(*session, *standing, standing->member_hashes({}), std::move(hashes));
    if (!stand) return std::unexpected(stand.error());
    if (!print(told(*session, *standing, made, held, *stand)))
        return client::refuse("It is done, but standard output is closed or full.");
    return {};
}

}  // namespace desk
