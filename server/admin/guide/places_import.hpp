// places-import: the tables of postcodes and places, made anew from the yearly address file of Statistics
// Netherlands.
#pragma once

#include <ostream>
#include <string>

#include "client/line/refusal.hpp"

namespace admin {

struct places_import_options {
    std::string from;            // pc6hnr<year>0801_gwb.csv
    std::string municipalities;  // gem<year>.csv, for the names of those that are not known; or empty
    std::string schema;          // the shipped data
    std::string to;              // the directory to write places/ in; what it holds stands in for the shipped
    bool dry_run = false;
    bool accept_loss = false;  // write also where what is lost looks like half a file
};

// Reads and counts, says on `out` what changes against the tables in use, and replaces both unless `dry_run`:
// none where anything is wrong. Refused with every fault of the files, at most 50, and how many there are;
// and where more than one postcode in twenty would go, or all those of a municipality.
[[nodiscard]] client::result<void> places_import(const places_import_options& options, std::ostream& out);

}  // namespace admin
