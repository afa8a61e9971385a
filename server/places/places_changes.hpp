// What one set of tables of postcodes changes against another: values in, values out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "server/places/atlas.hpp"

namespace guide {

struct places_changes {
    static constexpr unsigned worth_telling = 10;  // points; a share that moved no more is not told

    struct move {
        std::uint16_t postcode;
        std::uint16_t from, to;  // the main municipality, as an index
    };
    struct shift {
        std::uint16_t postcode;
        std::uint16_t gemeente;
        unsigned from, to;  // percent; 0 where it has no share
    };
    struct desk {
        std::size_t came = 0,
                    left = 0;  // postcodes: new or of another desk before; gone or of another one now
    };

    std::vector<std::uint16_t> fresh, gone;  // postcodes
    std::vector<move> moves;
    std::vector<shift> shifts;             // of postcodes that did not move
    std::vector<std::uint16_t> deserted;   // municipalities without a share of any postcode, as indices
    std::vector<std::string> lost_places;  // names that no postcode has any more
    std::map<std::string, desk> desks;     // those affected, by id
    std::size_t asked_before = 0, asked_now = 0;  // postcodes over a desk border, about which the form asks
};

// Both with the same municipalities.
[[nodiscard]] places_changes compare(const atlas& before, const atlas& now);

}  // namespace guide
