#include "server/admin/guide/paired_rows.hpp"

#include <algorithm>
#include <optional>

namespace admin {
namespace {

std::size_t shared(const values& a, const values& b) {
    return static_cast<std::size_t>(std::ranges::count_if(a, [&](const auto& one) {
        const auto at = b.find(one.first);
        return at != b.end() && at->second == one.second;
    }));
}

}  // namespace

paired_rows pair_rows(const std::vector<values>& before, const std::vector<values>& after) {
    std::vector<std::optional<std::size_t>> partner(before.size());
    std::vector<bool> taken(after.size());
    const auto take = [&](std::size_t was, std::size_t is) {
        partner[was] = is;
        taken[is] = true;
    };
    for (std::size_t was = 0; was < before.size(); ++was)
        for (std::size_t is = 0; is < after.size() && !partner[was]; ++is)
            if (!taken[is] && before[was] == after[is]) take(was, is);
    for (std::size_t was = 0; was < before.size(); ++was) {
        if (partner[was]) continue;
        std::size_t most = 0, nearest = 0;
        for (std::size_t is = 0; is < after.size(); ++is)
            if (const auto both = taken[is] ? 0 : shared(before[was], after[is]); both > most) {
                most = both;
                nearest = is;
            }
        if (most > 0) take(was, nearest);
    }
    paired_rows out;
    for (std::size_t was = 0; was < before.size(); ++was) {
        if (partner[was])
            out.pairs.emplace_back(was, *partner[was]);
        else
            out.gone.push_back(was);
    }
    for (std::size_t is = 0; is < after.size(); ++is)
        if (!taken[is]) out.added.push_back(is);
    out.other_order = !std::ranges::is_sorted(out.pairs, {}, &std::pair<std::size_t, std::size_t>::second);
    return out;
}

}  // namespace admin
