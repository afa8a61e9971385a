// What a program that seals has to know of a running server: its directory, checked down from the root as
// every client does it, and its routing table.
#pragma once

#include <string>

#include "client/line/directory.hpp"
#include "crypto/protocol/sealing.hpp"

namespace bench {

struct world {
    client::published published;
    protocol::day today;

    // Of an officer's profile; ends the program where it cannot be had.
    [[nodiscard]] static world fetch(const std::string& profile);

    // A victim's or citizen's report as long as most are, routed and sealed to the desk of its municipality.
    [[nodiscard]] protocol::posted_report seal(protocol::report& report, bool mailbox) const;
};

// Of some 2.5 kB: it fills the smallest class, 4 KiB.
[[nodiscard]] protocol::report typical_report();
// The same words, for a form.
[[nodiscard]] const std::string& typical_words();

}  // namespace bench
