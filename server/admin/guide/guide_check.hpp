// Looks through the data of the guide before it goes live: what a server would refuse, and besides what it
// would serve but nobody wants: municipalities without a desk, rules of the routing that never decide, facts
// that must be verified again.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/domain_files/data_files.hpp"
#include "server/domain_files/fault.hpp"

namespace admin {

struct guide_findings {
    std::vector<guide::fault> faults;  // it may not go live with these
    std::vector<guide::fault> notes;   // somebody should look at these
    std::string version;               // of the files that were looked through
};

[[nodiscard]] guide_findings look_through_guide(const guide::data_files& schema, protocol::day today);

struct guide_check_options {
    std::string data;         // an installation: its configuration names the directories; else
    std::string schema, own;  // these
    protocol::day today;
    bool json = false;
};

// Writes every finding, a line each; whether there was no fault.
[[nodiscard]] client::result<bool> guide_check(const guide_check_options& options, std::ostream& out);

// The data that an installation's configuration names, or these directories.
[[nodiscard]] client::result<guide::data_files> guide_files(const std::string& data,
                                                            const std::string& schema,
                                                            const std::string& own);

}  // namespace admin
