// The routing table and directory as they would be published first: the rules of schema/routering.json
// with every municipality of schema/places/, and the desks of schema/loketten.json. Put together here
// from the files.
#pragma once

#include <string>
#include <vector>

#include "crypto/protocol/routing.hpp"

namespace shipped {

struct country {
    protocol::routing_table table;
    protocol::gids gids;
    std::vector<std::string> municipalities;                      // their codes
    std::map<std::string, std::string, std::less<>> region_desk;  // by municipality
};

const country& land();

}  // namespace shipped
