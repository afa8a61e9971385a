// A store out of one connection: walked table by table in pages by key, and written as records.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "server/store/sql/connection.hpp"
#include "server/store/sql/records.hpp"
#include "server/store/sql/tables.hpp"
#include "server/store/sql/tally.hpp"

namespace store::sql {

// Where a walk stands: the key of the last row, with its own memory. Empty: before the first.
class position {
  public:
    [[nodiscard]] bool at_begin() const { return key_.empty(); }
    void clear() { key_.clear(); }
    void add(const value& one);
    // Views that end with this.
    [[nodiscard]] std::vector<value> values() const;

  private:
    std::vector<std::variant<std::int64_t, std::string, crypto::bytes>> key_;
};

// The fields of a row as this list of columns has them; views that end with the row.
void read_row(const rows& from, const std::vector<column>& columns, std::vector<value>& out);

// The carried columns of every row after `from`, in the order of the key, a page at a time.
[[nodiscard]] std::expected<void, errc> walk(
    connection& db, const table& table, position from,
    const std::function<std::expected<void, errc>(std::span<const value>)>& take);

// The key of the last row; at_begin() where there is none, or no key.
[[nodiscard]] std::expected<position, errc> last_of(connection& db, const table& table);

struct begin_fields {
    std::string program;
    std::int64_t made = 0;  // Unix seconds
    std::int64_t last_place = 0;
};
// False: no more of it.
using record_sink = std::function<bool(crypto::byte_view)>;
// After each page: the table, and rows so far.
using told = std::function<void(std::string_view table, std::int64_t rows)>;

// Each row of a part as it goes by, for whoever judges it.
using row_seen = std::function<void(const table& table, std::span<const value> row)>;

// Everything of one part, begin to end; the caller holds the snapshot. stopped where the sink does not take
// it.
[[nodiscard]] std::expected<tallies, errc> dump(connection& db, part part, const begin_fields& begin,
                                                const record_sink& sink, const told& tell,
                                                const row_seen& seen = {});

}  // namespace store::sql
