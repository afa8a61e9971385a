#include "client/lead/keys.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/lead/change.hpp"
#include "client/lead/condition.hpp"
#include "client/lead/fingerprints.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

constexpr int usual_weeks = 8;
constexpr int default_desk_weeks =
    26;  // protocol §9: it must be reachable even when nobody makes keys for long
constexpr int notice_days = 28;

std::vector<held_key> keys_after(const standing& standing, const prepared& made) {
    std::vector<held_key> out;
    auto listed = [&](const std::string& hash) {
        return std::find(made.listed_keys.begin(), made.listed_keys.end(), hash) != made.listed_keys.end();
    };
    for (const auto& one : standing.keys)
        if (listed(one.key.hash)) out.push_back({one.key, std::nullopt});
    for (const auto& one : made.sleutels)
        if (listed(one.key.hash)) out.push_back({one.key, std::nullopt});
    return out;
}

std::string told(const client::session& session, const standing& standing, const prepared& made,
                 const protocol::stand& stand, const local_names& names) {
    auto today = session.today();
    auto out = told_gone(standing);
    out += made.fresh.empty() ? std::string("No week lacked a key.\n")
                              : fmt::format("Made {} keys: {} to {}.\n", made.fresh.size(),
                                            made.fresh.front().text(), made.fresh.back().text());
    std::vector<protocol::epoch> shut;
    for (const auto week : made.fresh)
        if (std::ranges::any_of(standing.keys, [&](const held_key& k) { return k.key.epoch == week; }))
            shut.push_back(week);
    if (!shut.empty() && standing.gone.empty())
        out += fmt::format(
            "The key of {} was replaced: you hold no good one of it, or there were two. What was sealed to "
            "it opens "
            "only for who holds it.\n",
            told_weeks(shut));
    if (standing.withheld > 0)
        out += fmt::format(
            "{} keys that the standing listed were signed by a lead who is none any more, or withheld by the "
            "server; they are listed no longer.\n",
            standing.withheld);
    int weeks = weeks_ahead(keys_after(standing, made), today);
    out += fmt::format(
        "Desk {} has keys for {} weeks, until {}; its standing (number {}) is in force for {} days, until "
        "{}.\n",
        session.desk(), weeks, protocol::epoch::of(today).next(weeks).monday.text(), stand.versie,
        stand.tot - today, stand.tot.text());
    for (const auto& member : made.members)
        if (member.tot - today <= notice_days)
            out += fmt::format("The membership of {} ({}) ends on {}; enrol a new card before.\n",
                               names.with(member.lid), member.rol, member.tot.text());
    return out + lead_shortage(session.desk(), made.members, standing.leads.size());
}

}  // namespace

client::result<void> keys(const keys_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto standing = read_standing(*session, order.drop_missing ? missing::dropped : missing::refused);
    if (!standing) return std::unexpected(standing.error());
    if (auto ok = must_be_member(*session, *standing); !ok) return ok;
    const auto names = local_names::read(session->memory(), session->desk());
    if (!names) return std::unexpected(names.error());
    const auto people = people_of(standing->members, lead_keys_of(standing->leads, session->keys()), *names);
    if (auto ok = confirm_fingerprints(*session, people, order.yes, "Compare them first, then use --yes.");
        !ok)
        return ok;

    change wanted;
    wanted.weeks = order.weeks > 0                          ? order.weeks
                   : session->desk() == standing->standaard ? default_desk_weeks
                                                            : usual_weeks;
    auto held = secrets_of(*standing, *session->keys().box_keys);
    auto made = prepare(*standing, wanted, held, session->desk(), *session->keys().top_key, session->today());
    if (!made) return std::unexpected(made.error());
    auto stand = carry_out(*session, *standing, *made);
    if (!stand) return std::unexpected(stand.error());
    print_error(told_spoiled(held));
    return say_done(order.json,
                    {{"loket", session->desk()},
                     {"stand", stand_object(*stand)},
                     {"gemaakt", weeks_array(made->fresh)},
                     {"leden", made->members.size()}},
                    told(*session, *standing, *made, *stand, *names));
}

}  // namespace desk
