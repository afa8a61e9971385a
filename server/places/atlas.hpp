// The four tables under schema/places/, read, checked against one another and joined by index.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "server/domain_files/data_files.hpp"
#include "server/domain_files/fault.hpp"
#include "server/places/gemeente.hpp"

namespace guide {

struct atlas {
    struct plaats {
        std::string naam;
        std::vector<std::uint16_t> gemeenten;  // indices into atlas::gemeenten, never empty
    };
    struct share {
        std::uint16_t gemeente;
        std::uint8_t percent;  // of the postcode's area, 0 to 100, rounded
    };
    struct postcode {
        std::uint16_t number;       // 1000 to 9999
        std::string plaats;         // empty where none is known
        std::vector<share> shares;  // the main municipality first, never empty
    };

    struct regio {
        std::string code;   // "VR15"
        std::string naam;   // "Haaglanden"
        std::string loket;  // id of the desk of its police unit
    };

    std::vector<regio> regios;        // in the order of the file
    std::vector<gemeente> gemeenten;  // by code, ascending
    std::vector<plaats> plaatsen;     // in the order of the file
    std::vector<postcode> postcodes;  // by number, ascending
};

// Whether every municipality must have a postcode: one that was just added has none before the postcodes are
// made anew.
enum class postcodes { of_all, of_some };

// Reads `schema`/places/. Either everything is right or the faults are named, file by file and by line; where
// one file is missing, no row of another is blamed for naming what stands in it.
[[nodiscard]] std::expected<atlas, std::vector<fault>> read_atlas(const data_files& schema,
                                                                  postcodes needed = postcodes::of_all);

// Municipalities without a share of any postcode, as indices.
[[nodiscard]] std::vector<std::uint16_t> without_postcode(const atlas& in);

}  // namespace guide
