#include "server/guide/provenance.hpp"

#include <chrono>

namespace guide {
namespace {

using namespace std::chrono;

// The same day of the month so many months later, or the month's last.
protocol::day months_after(protocol::day from, int months_later) {
    const year_month_day date{sys_days{days{from.number}}};
    auto later = year_month_day(date.year() / date.month() / date.day()) + months(months_later);
    if (!later.ok()) later = year_month_day(sys_days(later.year() / later.month() / last));
    return {static_cast<std::int32_t>(sys_days(later).time_since_epoch().count())};
}

}  // namespace

standing standing_of(const provenance& of, protocol::day today) {
    if (!of.geverifieerd) return standing::never;
    if (months_after(*of.geverifieerd, lapses_after_months) <= today) return standing::lapsed;
    if (months_after(*of.geverifieerd, due_after_months) <= today) return standing::due;
    return standing::verified;
}

bool may_be_shown(const provenance& of, bool always, protocol::day today) {
    const auto now = standing_of(of, today);
    return now == standing::verified || now == standing::due || (always && now == standing::lapsed);
}

}  // namespace guide
