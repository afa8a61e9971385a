// A session for a verb, as the person said it. Before the verb does anything it says, on standard error, what
// nobody may miss: an alarm about the desk's trail, each time until baken desk restored; and once a day what
// runs out soon, the desk's standing or the own membership.
#pragma once

#include "client/arguments.hpp"
#include "client/line/session.hpp"

namespace desk {

enum class notices {
    all,
    alarm,  // for a verb that says itself what runs out
    none,   // for the one that ends the alarm
};

// Refused too where the server does not answer: nothing would.
[[nodiscard]] client::result<client::session> session_of(const place_flags& place,
                                                         notices wanted = notices::all);

// The same once more for a verb that runs for days.
[[nodiscard]] client::result<void> tell_notices(client::session& session);

}  // namespace desk
