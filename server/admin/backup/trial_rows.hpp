// The rows of a backup, held against their hashes and against each other: what a trial finds wrong, and what
// it counts.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/protocol/trail.hpp"
#include "server/admin/backup/trial.hpp"
#include "server/store/sql/connection.hpp"
#include "server/store/sql/tables.hpp"

namespace admin {

class trial_rows {
  public:
    explicit trial_rows(tried& out) : out_(out) {}

    // In the order of a backup: first those of the reports' file, then those of the wraps'.
    void take(const store::sql::table& table, std::span<const store::sql::value> row);
    [[nodiscard]] bool holds(const crypto::uuid& report) const { return reports_.contains(report); }
    // After the last one: what is missing. wraps: their file was read too.
    void finish(bool wraps);

  private:
    using row = std::span<const store::sql::value>;
    using desk_and = std::pair<std::string, std::string>;

    void fault(std::string sentence);
    [[nodiscard]] const store::sql::value* at(row from, std::string_view column) const;
    [[nodiscard]] std::string text(row from, std::string_view column) const;
    [[nodiscard]] std::int64_t integer(row from, std::string_view column) const;
    // All zero where it is none.
    [[nodiscard]] crypto::uuid id(row from, std::string_view column) const;

    void take_report(row from);
    void take_recipient(row from);
    // what: a row that belongs to a report.
    void must_have_report(row from, std::string_view what);
    void take_line(row from);
    void take_wrap(row from);

    tried& out_;
    const store::sql::table* table_ = nullptr;  // of the rows now
    std::vector<store::sql::column> columns_;   // of that
    std::map<crypto::uuid, int> reports_;       // how many first desks each has
    std::set<desk_and> keys_;                   // hashes of epoch keys
    std::map<desk_and, std::int64_t> weeks_;    // sealed keys by week
    std::set<desk_and> wrapped_;                // weeks with a secret
    std::map<std::string, protocol::trail_head, std::less<>> trails_;
};

}  // namespace admin
