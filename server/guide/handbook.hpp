// The guide's own data, read and held together: whom to call, what the law says, where to report, who helps,
// what to notice, how to practise. Loaded whole or not at all; immutable, so every thread may ask.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "server/domain_files/data_files.hpp"
#include "server/guide/complaint.hpp"
#include "server/guide/decision_table.hpp"
#include "server/guide/help.hpp"
#include "server/guide/law.hpp"
#include "server/guide/organisation.hpp"
#include "server/guide/practice.hpp"
#include "server/guide/profession.hpp"
#include "server/guide/signals.hpp"
#include "server/guide/tasks.hpp"
#include "server/places/gemeenten.hpp"

namespace guide {

// Entries refer to each other by pointers, so it stays where it is.
struct handbook {
    std::vector<organisation> organisaties;
    std::vector<law_sentence> recht;
    decision_table wegwijzer;
    std::vector<profession> beroepen;
    std::vector<guide::help> hulp;
    guide::signals signalen;
    std::vector<complaint_part> aangifte;
    guide::tasks taken;
    std::vector<practice_case> oefenen;
    bool demonstratie = false;  // entries that are made up are shown too, and marked

    // Reads `schema`/wegwijzer/; every fault at once, also those that show only where all of it is held
    // together: whoever asks where to report must get a number that is answered day and night, also when
    // nobody verified anything for a year; while checks are in time not 112 alone; who is in danger gets 112
    // first, a victim help before an investigating service; no rule is without effect.
    [[nodiscard]] static std::expected<std::shared_ptr<const handbook>, std::vector<fault>> load(
        const data_files& schema, const guide::gemeenten& gemeenten, protocol::day today,
        bool demonstration = false);

    handbook() = default;
    handbook(const handbook&) = delete;
    handbook& operator=(const handbook&) = delete;
};

}  // namespace guide
