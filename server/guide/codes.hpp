// The codes of schema/codes.json that people choose from while they work: reasons, each with what it may be a
// reason for. Values in, values out.
#pragma once

#include <expected>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain_files/data_files.hpp"
#include "server/domain_files/fault.hpp"

namespace guide {

class codes {
  public:
    // Reads `schema`/codes.json; every fault at once. Of the lists that nobody reads here none may differ
    // from what was shipped.
    [[nodiscard]] static std::expected<codes, std::vector<fault>> load(const data_files& schema);

    // Whether this code is a reason for that: overdracht, besluit, bewaren, vernietiging, openen.
    [[nodiscard]] bool is_reason(std::string_view code, std::string_view act) const;

  private:
    codes() = default;

    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> reasons_;
};

}  // namespace guide
