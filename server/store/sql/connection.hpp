// One connection to a database, whichever engine: statements bound and read by type. Statements are written
// once for both engines: parameters are $1, $2, … in the order in which they first appear (SQLite numbers
// them so too), and what a statement says is what both understand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "crypto/bytes.hpp"
#include "server/store/errc.hpp"

namespace store::sql {

// A parameter. The views must last until its statement is done.
using value = std::variant<std::monostate, bool, std::int64_t, std::string_view, crypto::byte_view>;

inline value as_value(bool one) { return one; }
inline value as_value(std::int64_t one) { return one; }
inline value as_value(std::int32_t one) { return std::int64_t{one}; }
inline value as_value(std::size_t one) { return static_cast<std::int64_t>(one); }
inline value as_value(std::string_view one) { return one; }
inline value as_value(const std::string& one) { return std::string_view(one); }
inline value as_value(const char* one) { return std::string_view(one); }
inline value as_value(crypto::byte_view one) { return one; }
template <std::size_t N>
value as_value(const crypto::block<N>& one) {
    return crypto::byte_view(one);
}
template <class T>
value as_value(const std::optional<T>& one) {
    return one ? as_value(*one) : value();
}

// What an engine has of a running statement.
class cursor {
  public:
    cursor() = default;
    cursor(const cursor&) = delete;
    cursor& operator=(const cursor&) = delete;
    virtual ~cursor() = default;

    [[nodiscard]] virtual std::expected<bool, errc> next() = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual crypto::byte_view blob(int column) const = 0;
    // Nobody reads it any more.
    virtual void end() noexcept = 0;
};

// The rows of one running statement, which ends with them.
class rows {
  public:
    explicit rows(cursor* at) : at_(at) {}
    rows(rows&& other) noexcept : at_(std::exchange(other.at_, nullptr)) {}
    rows& operator=(rows&&) = delete;
    ~rows() {
        if (at_) at_->end();
    }

    // True: a row stands ready. False: there is none any more. id_taken: a constraint does not allow it.
    [[nodiscard]] std::expected<bool, errc> next() { return at_->next(); }

    [[nodiscard]] std::int64_t integer(int column) const { return at_->integer(column); }
    [[nodiscard]] bool boolean(int column) const { return at_->integer(column) != 0; }
    [[nodiscard]] bool is_null(int column) const { return at_->is_null(column); }
    // Views end with the next call of next().
    [[nodiscard]] std::string_view text(int column) const { return at_->text(column); }
    [[nodiscard]] crypto::byte_view blob(int column) const { return at_->blob(column); }
    [[nodiscard]] crypto::bytes bytes(int column) const {
        auto view = blob(column);
        return {view.begin(), view.end()};
    }

  private:
    cursor* at_;
};

class connection {
  public:
    connection() = default;
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    virtual ~connection() = default;

    // A statement of ours with its parameters; prepared once a connection. sql must be a literal, and the
    // arguments must outlive the rows.
    template <class... Args>
    [[nodiscard]] std::expected<rows, errc> query(const char* sql, const Args&... args) {
        const std::array<value, sizeof...(Args)> values{as_value(args)...};
        return query_values(sql, values);
    }
    [[nodiscard]] std::expected<rows, errc> query_values(const char* sql, std::span<const value> values) {
        auto at = start(sql, values);
        if (!at) return std::unexpected(at.error());
        return rows(*at);
    }
    // The same without rows; the number of rows changed.
    template <class... Args>
    [[nodiscard]] std::expected<int, errc> run(const char* sql, const Args&... args) {
        auto r = query(sql, args...);
        if (!r) return std::unexpected(r.error());
        for (;;) {
            auto stepped = r->next();
            if (!stepped) return std::unexpected(stepped.error());
            if (!*stepped) return changes();
        }
    }
    // Several statements without parameters: migrations and transactions.
    [[nodiscard]] virtual std::expected<void, errc> script(const std::string& sql) = 0;
    // Begins a transaction that reads, and sees the database as it is now until it ends (script("COMMIT")).
    [[nodiscard]] virtual std::expected<void, errc> begin_reading() = 0;
    // The last place that a recipient was given, also where it is gone since; the next one follows it.
    [[nodiscard]] virtual std::expected<std::int64_t, errc> last_place() = 0;
    [[nodiscard]] virtual std::expected<void, errc> set_last_place(std::int64_t place) = 0;
    // From now on rows are walked by their keys, whatever the database thinks it knows of a table that was
    // just filled.
    [[nodiscard]] virtual std::expected<void, errc> walk_by_key() { return {}; }
    // Whether a transaction is open: a fault may have ended it.
    [[nodiscard]] virtual bool in_transaction() const = 0;
    // False once it is broken for good: another one must be opened.
    [[nodiscard]] virtual bool usable() const { return true; }

    // Whether rows of the running day go into tables of their own (meldingen_dag …), which those that read
    // meldingen read too.
    [[nodiscard]] virtual bool has_day_tables() const { return false; }

  protected:
    [[nodiscard]] virtual std::expected<cursor*, errc> start(const char* sql,
                                                             std::span<const value> values) = 0;
    // Rows that the last statement inserted, changed or deleted.
    [[nodiscard]] virtual int changes() const = 0;
};

// Walks every row of a query, or those up to where `take` answers false; the first fault ends it.
template <class Take>
std::expected<void, errc> each(std::expected<rows, errc> found, Take take) {
    if (!found) return std::unexpected(found.error());
    for (;;) {
        auto row = found->next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        if constexpr (std::is_void_v<decltype(take(*found))>)
            take(*found);
        else if (!take(*found))
            return {};
    }
}

}  // namespace store::sql
