// What a backup, restore or copy found damaged in the rows it carried: carried all the same, because a
// damaged copy is better than none, and named.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/store/sql/connection.hpp"
#include "server/store/sql/tables.hpp"

namespace admin {

class damages {
  public:
    void look(const store::sql::table& table, std::span<const store::sql::value> row);
    [[nodiscard]] std::int64_t count() const { return count_; }
    // A line each for the first of them; "" where there is none.
    [[nodiscard]] std::string lines() const;

  private:
    static constexpr std::int64_t most = 200;  // named; the others are counted
    std::int64_t count_ = 0;
    std::string lines_;
};

// "; 2 of their rows are damaged, named above", or "".
[[nodiscard]] std::string counted(const damages& found);

}  // namespace admin
