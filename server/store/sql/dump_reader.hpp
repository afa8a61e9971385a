// The records of a backup as they come back: judged in their order, against the list of tables, and against
// the counts and hashes at their end. Rows are handed on only where their table and columns are ours.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <span>

#include "crypto/hash.hpp"
#include "server/store/sql/dump.hpp"

namespace store::sql {

class dump_reader {
  public:
    using row_taker = std::function<std::expected<void, errc>(const table&, std::span<const value>)>;

    dump_reader(::store::part part, row_taker take);
    // bad_records; other_records: another version's tables, columns or form; what the taker refused.
    [[nodiscard]] std::expected<void, errc> push(crypto::byte_view part) { return reader_.push(part); }
    // Everything was there, and is what it was when it was written.
    [[nodiscard]] std::expected<void, errc> finish() const;

    // After finish().
    [[nodiscard]] const begin_fields& begin() const { return begin_; }
    [[nodiscard]] const ::store::tallies& tallies() const { return tallies_; }

  private:
    [[nodiscard]] std::expected<void, errc> take(record kind, std::span<const value> fields,
                                                 crypto::byte_view whole);
    [[nodiscard]] std::expected<void, errc> take_begin(std::span<const value> fields);
    [[nodiscard]] std::expected<void, errc> take_table(std::span<const value> fields);
    [[nodiscard]] std::expected<void, errc> take_row(std::span<const value> fields);
    [[nodiscard]] std::expected<void, errc> take_end(std::span<const value> fields);
    void close_table();

    const ::store::part part_;
    const row_taker take_;
    record_reader reader_;
    crypto::hasher all_;
    std::optional<crypto::hasher> of_table_;
    std::vector<const table*> left_;  // tables to come, the next one last
    const table* now_ = nullptr;
    std::vector<column> columns_;  // of this table
    begin_fields begin_;
    ::store::tallies tallies_;
    bool begun_ = false, ended_ = false;
};

}  // namespace store::sql
