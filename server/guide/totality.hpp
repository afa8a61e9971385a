// What must be true of a decision table for everybody who could ask: looked at for every combination of
// answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/guide/decision_table.hpp"
#include "server/places/gemeenten.hpp"

namespace guide {

// Calls for every combination of answers that the rules can tell apart: every code of the interface, and of
// the municipalities none, one of each region that a rule names, and each that a rule names.
void for_every_situation(const decision_table& table, const gemeenten& gemeenten,
                         const std::function<void(const situation&)>& look);

// Combinations that get no number answered day and night, or no report; those in danger that do not get 112
// first; those not in danger that get no number but 112, and victims among them that get none at night;
// victims that meet an investigating service before such a number; rules that never add anything to what the
// rules before them gave.
void check_totality(const decision_table& table, const gemeenten& gemeenten, const std::string& file,
                    std::vector<fault>& faults);

}  // namespace guide
