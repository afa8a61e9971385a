// Codes of municipalities that went up in another one (schema/places/opgegaan.tsv, carried in the programs):
// a report with such a code goes to the region of today, not to the desk of last resort, and who asks the
// guide with one is answered for the municipality of today.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace municipalities {

struct successor {
    std::string_view name, into, since;  // what it was called, the code of today, the day
};
[[nodiscard]] std::optional<successor> went_up_in(std::string_view code);

}  // namespace municipalities
