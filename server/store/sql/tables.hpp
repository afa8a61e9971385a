// Every table and column of the schema, the same for both engines: what a backup or a copy carries, in which
// order, and what it leaves out and why. A new table or column is one line here; a test holds the list to the
// schemas.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace store {

// Wraps of epoch secrets lie apart: they are kept for a shorter time (protocol §1).
enum class part { reports, wraps };

}  // namespace store

namespace store::sql {

enum class kind : std::uint8_t { integer, boolean, text, bytes };
enum class carried : std::uint8_t {
    as_it_is,
    by_report,   // the row number of a report: carried as its id
    not_at_all,  // the database gives it anew
    sqlite_only  // the same, and PostgreSQL has none: there, what came today lies in tables of its own
};
struct column {
    std::string_view name;
    sql::kind kind;
    sql::carried carried = carried::as_it_is;
};

enum class place : std::uint8_t { reports, wraps, left_out };
struct table {
    std::string_view name;
    sql::place place;
    std::vector<column> columns;
    // Unique, carried as it is: rows are walked in its order. Empty where none tells rows apart: few, then.
    std::vector<std::string_view> key;
    int page = 500;             // rows read at a time
    std::string_view why = {};  // it is left out

    [[nodiscard]] bool is_of(part part) const {
        return place == (part == part::reports ? place::reports : place::wraps);
    }
    // The columns that are carried, in their order.
    [[nodiscard]] std::vector<column> carried_columns() const;
};

// A table follows those that it refers to.
[[nodiscard]] const std::vector<table>& tables();

// What is asked of a table, for either engine. The texts last as long as the program.
struct statements {
    std::string first, next;  // a page of rows by the key; next: parameters are the key, then the page's size
    std::string last;         // the key of the last row
    std::string any;          // a row, where there is one
    std::string count;
    std::string insert, insert_many;  // one row; `many` of them
    std::string clear;                // some rows

    static constexpr std::size_t many = 16;
    static constexpr int cleared = 200;
};
[[nodiscard]] const statements& statements_of(const table& table);

}  // namespace store::sql
