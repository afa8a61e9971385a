#include "server/jobs/alarms.hpp"

#include "base/watch/log.hpp"

namespace jobs {
namespace {

using kind = alarm::kind;

constexpr int gids_days_ahead = 14, stand_days_ahead = 7, weeks_ahead = 3, weeks_ahead_of_standaard = 13;

// Days until the first week from this one on that has no key.
int days_of_keys(const protocol::desk_state& state, protocol::day today, int weeks) {
    const auto week = protocol::epoch::of(today);
    for (int i = 0; i < weeks; ++i)
        if (!state.key(week.next(i))) return week.next(i).monday - today;
    return week.next(weeks).monday - today;
}

void judge_desk(const protocol::desk_entry& entry, const trust::snapshot& now, protocol::day today,
                std::vector<alarm>& out) {
    if (entry.beheerders.size() < 2) out.push_back({kind::one_lead, entry.id, 0});
    const auto* state = now.directory.desk(entry.id);
    if (!state || !state->in_force(today)) return out.push_back({kind::no_stand, entry.id, 0});
    const bool is_standaard = entry.id == now.table.standaard();
    if (!now.directory.usable_key(entry.id, today, now.table.standaard()))
        return out.push_back({kind::no_key, entry.id, 0});
    if (const int left = state->stand->tot - today; left < stand_days_ahead)
        out.push_back({kind::stand_ends, entry.id, left});
    const int weeks = is_standaard ? weeks_ahead_of_standaard : weeks_ahead;
    const auto end = protocol::epoch::of(today).next(weeks).monday;
    if (const int left = days_of_keys(*state, today, weeks); left < end - today)
        out.push_back({kind::keys_end, entry.id, left});
}

}  // namespace

std::vector<alarm> alarms(const trust::snapshot* now, const crypto::sign_public* log_key,
                          protocol::day today) {
    if (!now) return {{kind::no_directory, {}, 0}};
    std::vector<alarm> out;
    const auto& gids = now->directory.newest();
    const int left = gids.tot - today;
    if (left < 0)
        out.push_back({kind::directory_ended, {}, 0});
    else if (left < gids_days_ahead)
        out.push_back({kind::directory_ends, {}, left});
    if (!log_key || *log_key != gids.logboek) out.push_back({kind::other_log_key, {}, 0});
    for (const auto& entry : gids.loketten) judge_desk(entry, *now, today, out);
    return out;
}

void tell(const std::vector<alarm>& all) {
    for (const auto& [what, desk, days] : all) {
        const watch::configured of(desk);
        switch (what) {
            case kind::no_directory:
                watch::fault("no directory is in force: nothing can be reported before one is published");
                break;
            case kind::directory_ended:
                watch::fault(
                    "the directory is past its term: no form is taken before a new one is published");
                break;
            case kind::directory_ends:
                watch::note("the directory ends soon: the administrator signs the next", {{"days", days}});
                break;
            case kind::other_log_key:
                // No fault of this server: of several one is enough.
                watch::note(
                    "logboek.key is missing or not the one that the directory names: this server signs no "
                    "daily heads; bakend --check says what to do");
                break;
            case kind::no_stand:
                watch::fault("this desk has no standing in force: its reports go to its fallback",
                             {{"desk", of}});
                break;
            case kind::no_key:
                watch::fault("this desk has no usable key this week: its reports go to its fallback",
                             {{"desk", of}});
                break;
            case kind::stand_ends:
                watch::note("the standing of this desk ends soon: a lead runs baken desk keys",
                            {{"desk", of}, {"days", days}});
                break;
            case kind::keys_end:
                watch::note("the keys of this desk end soon: a lead runs baken desk keys",
                            {{"desk", of}, {"days", days}});
                break;
            case kind::one_lead:
                watch::note("this desk has fewer than two leads", {{"desk", of}});
                break;
        }
    }
}

}  // namespace jobs
