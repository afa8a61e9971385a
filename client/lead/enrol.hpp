// baken desk enrol: a lead makes members of the people on these cards, hands them the epoch secrets
// from today on (--all-epochs: the older ones too), and puts both in force with a new stand. A desk's first
// lead enrols their own card in the same way. --replaces LID: the card is of a person who lost the keys of
// LID, which the same stand revokes.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> enrol(const enrol_order& order);

}  // namespace desk
