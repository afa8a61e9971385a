// How a desk and one member of it stand on a day: what lasts how long, what this person can open, and what
// somebody should do about it. Values in, values out; status.hpp fetches and prints.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/desk/local_names.hpp"
#include "client/lead/standing.hpp"
#include "crypto/protocol/key_file.hpp"

namespace desk {

// Whether a key of the desk opens for this person.
enum class access {
    opens,    // the wrap is there and holds the signed key's secret
    later,    // no wrap is handed out before the day before its week
    no_wrap,  // none was made for this person
    misfit,   // the wrap holds something else, or does not open: never used
};
struct epoch_access {
    protocol::epoch epoch;
    std::string mark;  // hex, as `sleutel` of a report names the key
    access how = access::opens;
    bool listed = false;  // in the stand: reports are sealed to it
};

struct person {
    protocol::membership membership;
    std::string name;                       // on this machine; empty: none
    std::vector<std::string> fingerprints;  // that can be theirs
    bool myself = false;
    bool compared = false;  // on this machine
};

struct warning {
    std::string code, sentence;
};

struct condition {
    std::string desk;
    protocol::day today;
    crypto::uuid lid;
    std::string rol;  // of the key file
    bool member = false;
    bool named_lead = false;  // the directory names this key file's lead key
    std::int64_t gids_versie = 0, stand_versie = 0;
    protocol::day gids_tot;
    std::optional<protocol::day> stand_tot;
    int weeks = 0, least_weeks = 0;  // in a row from this one on; below least_weeks somebody is warned
    protocol::epoch first_missing;
    std::string this_mark;  // of the key that reports are sealed to now; empty: none
    std::vector<person> people;
    std::size_t leads_named = 0, leads_enrolled = 0;
    std::vector<epoch_access> epochs;  // every key of the desk, by week
    std::vector<warning> warnings;
};

// compared: whether this (see confirmed_as) was confirmed on this machine.
[[nodiscard]] condition condition_of(const standing& standing, std::string_view desk,
                                     const protocol::key_file& own, protocol::day today,
                                     const local_names& names,
                                     const std::function<bool(const std::string&)>& compared);

// What every verb says of a desk's standing and of the own membership where one of the two ends soon, with
// the mend: a line each.
[[nodiscard]] std::string told_end_of_standing(const protocol::stand& stand, std::string_view desk,
                                               protocol::day today);
[[nodiscard]] std::string told_end_of_membership(protocol::day tot, std::string_view lid,
                                                 protocol::day today);

[[nodiscard]] std::string condition_text(const condition& condition);
[[nodiscard]] std::string condition_json(const condition& condition);  // one line

// 2026-W51 to 2026-W53, 2027-W02: each week once, those that follow one another together.
[[nodiscard]] std::string told_weeks(std::vector<protocol::epoch> weeks);

}  // namespace desk
