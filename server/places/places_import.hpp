// New tables of postcodes and places from counted addresses: values in, values out. What the count does not
// know (the names of places, which municipalities there are) comes from the tables in use.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "server/places/address_count.hpp"
#include "server/places/atlas.hpp"

namespace guide {

struct unknown_municipality {
    std::uint16_t number;
    std::size_t first_line;
    std::size_t addresses;
    std::size_t postcodes;
    std::uint16_t first_postcode;
};

// `old` with the postcodes of the count, and the places that follow from them. The main municipality of a
// postcode has most of its addresses (of two that have as many the one it had before, else the lesser code);
// shares are whole percent of addresses, rounded one by one, and one under 2 percent is left out. A postcode
// keeps the place it had. Else every municipality that `old` does not have, by number.
[[nodiscard]] std::expected<atlas, std::vector<unknown_municipality>> imported(
    const atlas& old, const counted_addresses& count);

// The tables as files; source: the name and year of what was counted, for their heads.
[[nodiscard]] std::string postcodes_table(const atlas& from, std::string_view source);
[[nodiscard]] std::string places_table(const atlas& from, std::string_view source);

}  // namespace guide
