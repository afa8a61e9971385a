#include "server/places/places_changes.hpp"

#include <algorithm>
#include <set>

namespace guide {
namespace {

std::uint16_t main_of(const atlas::postcode& one) { return one.shares.front().gemeente; }

unsigned share_in(const atlas::postcode& one, std::uint16_t gemeente) {
    const auto at = std::ranges::find(one.shares, gemeente, &atlas::share::gemeente);
    return at == one.shares.end() ? 0 : at->percent;
}

std::size_t over_desk_borders(const atlas& in) {
    return static_cast<std::size_t>(std::ranges::count_if(in.postcodes, [&](const atlas::postcode& one) {
        return std::ranges::any_of(one.shares, [&](const atlas::share& share) {
            return in.gemeenten[share.gemeente].loket != in.gemeenten[main_of(one)].loket;
        });
    }));
}

class comparison {
  public:
    comparison(const atlas& before, const atlas& now) : before_(before), now_(now) {}

    places_changes done() {
        auto old = before_.postcodes.begin();
        auto fresh = now_.postcodes.begin();
        while (old != before_.postcodes.end() || fresh != now_.postcodes.end()) {
            if (fresh == now_.postcodes.end() ||
                (old != before_.postcodes.end() && old->number < fresh->number)) {
                out_.gone.push_back(old->number);
                ++desk(main_of(*old)).left;
                ++old;
            } else if (old == before_.postcodes.end() || fresh->number < old->number) {
                out_.fresh.push_back(fresh->number);
                ++desk(main_of(*fresh)).came;
                ++fresh;
            } else {
                both(*old++, *fresh++);
            }
        }
        out_.deserted = without_postcode(now_);
        out_.lost_places = lost_places();
        out_.asked_before = over_desk_borders(before_);
        out_.asked_now = over_desk_borders(now_);
        return std::move(out_);
    }

  private:
    places_changes::desk& desk(std::uint16_t gemeente) { return out_.desks[now_.gemeenten[gemeente].loket]; }

    void both(const atlas::postcode& old, const atlas::postcode& now) {
        if (main_of(old) != main_of(now)) {
            out_.moves.push_back({now.number, main_of(old), main_of(now)});
            if (now_.gemeenten[main_of(old)].loket == now_.gemeenten[main_of(now)].loket) return;
            ++desk(main_of(old)).left;
            ++desk(main_of(now)).came;
            return;
        }
        std::set<std::uint16_t> touched;
        for (const auto* one : {&old, &now})
            for (const auto& share : one->shares) touched.insert(share.gemeente);
        for (const auto gemeente : touched) {
            const unsigned from = share_in(old, gemeente), to = share_in(now, gemeente);
            if (std::max(from, to) - std::min(from, to) > places_changes::worth_telling)
                out_.shifts.push_back({now.number, gemeente, from, to});
        }
    }

    [[nodiscard]] std::vector<std::string> lost_places() const {
        std::set<std::string> kept;
        for (const auto& place : now_.plaatsen) kept.insert(place.naam);
        std::vector<std::string> out;
        for (const auto& place : before_.plaatsen)
            if (!kept.contains(place.naam)) out.push_back(place.naam);
        return out;
    }

    const atlas &before_, &now_;
    places_changes out_;
};

}  // namespace

places_changes compare(const atlas& before, const atlas& now) { return comparison(before, now).done(); }

}  // namespace guide
