// A store as a stream of records, the same whichever engine it came from:
//
//   record = kind (1) ‖ length of what follows (4, little-endian) ‖ fields
//   field  = 0 (null) | 1 ‖ integer (8, little-endian) | 2 ‖ length (4) ‖ UTF-8 | 3 ‖ length (4) ‖ bytes |
//            4 (false) | 5 (true)
//
//   begin: version of the form (1), part ("reports" | "wraps"), program's version, Unix seconds, last place
//   given table: name, then name and type of each column; row: a field a column end:   for each table name,
//   number of rows, BLAKE2b-256 of its table record and rows; then BLAKE2b-256 of
//          every record before this one
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <initializer_list>
#include <span>
#include <vector>

#include "crypto/bytes.hpp"
#include "server/store/errc.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

enum class record : std::uint8_t { begin = 1, table = 2, row = 3, end = 4 };

// Far more than any row holds: a body is at most 256 KiB, a routing table some hundred.
inline constexpr std::size_t max_record = std::size_t{16} << 20;

void write_record(record kind, std::span<const value> fields, crypto::bytes& out);

// What was read of one record: kind, fields (views that end with the call), and its own bytes.
using record_taker = std::function<std::expected<void, errc>(record kind, std::span<const value> fields,
                                                             crypto::byte_view whole)>;

// Takes a stream in parts of any size and gives its records out one by one. bad_records, or what `take`
// refused. Grows only with what really came.
class record_reader {
  public:
    explicit record_reader(record_taker take) : take_(std::move(take)) {}
    [[nodiscard]] std::expected<void, errc> push(crypto::byte_view part);
    // bad_records where a record is not whole.
    [[nodiscard]] std::expected<void, errc> finish() const;

  private:
    [[nodiscard]] std::expected<void, errc> take_whole(crypto::byte_view whole);

    record_taker take_;
    crypto::bytes gathered_;
    std::vector<value> fields_;
};

}  // namespace store::sql
