// When somebody is at a desk, by schema/bezetting.json: staffed hours by weekday, public holidays, days of
// its own, and how many working days an answer takes. Times are those of the Netherlands (dutch_time.hpp).
// Values in, values out.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain_files/data_files.hpp"
#include "server/domain_files/fault.hpp"
#include "server/guide/rota.hpp"

namespace guide {

class staffing {
  public:
    // Reads `schema`/bezetting.json; every fault at once, in JSON named by its pointer. Not checked: that the
    // desks it names exist, because the signed directory says which do.
    [[nodiscard]] static std::expected<staffing, std::vector<fault>> load(const data_files& schema);

    // The desks that the file names.
    [[nodiscard]] std::vector<std::string> named() const;

    // Lists of own days that nobody keeps beyond a day which comes soon, or has passed.
    struct ending {
        std::string desk;  // "standaard" for those that the file does not name
        std::chrono::year_month_day until;
    };
    static constexpr int warned_before = 60;  // days
    [[nodiscard]] std::vector<ending> lists_ending(std::chrono::year_month_day today) const;

    // Of a desk that the file does not name: its `standaard`.
    [[nodiscard]] presence at(std::string_view desk, std::int64_t unix_seconds) const;
    // Within so many hours somebody of a staffed desk opens an urgent report.
    [[nodiscard]] int urgent_hours(std::string_view desk) const;

  private:
    staffing() = default;
    [[nodiscard]] const rota& of(std::string_view desk) const;

    rota standard_;
    std::map<std::string, rota, std::less<>> desks_;
};

}  // namespace guide
