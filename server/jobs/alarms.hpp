// What somebody must do before reports go astray: terms that end or ended, desks without a usable key, with a
// single lead, and a log key that is not the directory's. Values in, values out.
#pragma once

#include <string>
#include <vector>

#include "crypto/keys.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/trust/snapshot.hpp"

namespace jobs {

struct alarm {
    enum class kind {
        no_directory,     // nothing can be reported
        directory_ended,  // no form is taken any more
        directory_ends,   // within 14 days
        other_log_key,    // the directory names another than this server has
        no_stand,         // a desk's standing is not in force: its reports go to its fallback
        no_key,           // in force, but without a usable key this week: likewise
        stand_ends,       // within 7 days
        keys_end,         // a week within the next 3 has no key (of standaard: within 13)
        one_lead,         // of a desk: when that key is lost, so are the desk's
    };
    alarm::kind what;
    std::string desk;  // empty: of the directory
    int days = 0;      // left
    bool operator==(const alarm&) const = default;
};

// now: null before the first directory. log_key: the public half of the server's own; null where it has none.
[[nodiscard]] std::vector<alarm> alarms(const trust::snapshot* now, const crypto::sign_public* log_key,
                                        protocol::day today);

// Each as a line of the log.
void tell(const std::vector<alarm>& all);

}  // namespace jobs
