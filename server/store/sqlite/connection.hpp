// One SQLite connection with the settings this store stands on, and statements bound and read by type.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crypto/bytes.hpp"
#include "server/store/errc.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace store::sqlite {

// The rows of one running statement; resets it when it goes.
class rows {
  public:
    rows(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
    rows(rows&& other) noexcept;
    rows& operator=(rows&&) = delete;
    ~rows();

    // True: a row stands ready. False: there is none any more. id_taken: a constraint does not allow it.
    [[nodiscard]] std::expected<bool, errc> next();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    // Views end with the next call of next().
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] crypto::byte_view blob(int column) const;
    [[nodiscard]] crypto::bytes bytes(int column) const;

  private:
    sqlite3* db_;
    sqlite3_stmt* statement_;
};

enum class mode { write, read, create };

class connection {
  public:
    // create makes the file (mode 0600) where it is missing.
    [[nodiscard]] static std::expected<connection, errc> open(const std::string& path, mode mode);
    connection(connection&&) noexcept;
    connection& operator=(connection&&) noexcept;
    ~connection();

    // A statement of ours with its parameters; prepared once per connection. sql must be a literal.
    template <class... Args>
    [[nodiscard]] std::expected<rows, errc> query(const char* sql, const Args&... args) {
        auto* statement = prepare(sql);
        if (!statement) return std::unexpected(errc::unavailable);
        int index = 0;
        (bind(statement, ++index, args), ...);
        return rows(db_, statement);
    }
    // The same without rows; the number of rows changed.
    template <class... Args>
    [[nodiscard]] std::expected<int, errc> run(const char* sql, const Args&... args) {
        auto r = query(sql, args...);
        if (!r) return std::unexpected(r.error());
        auto stepped = r->next();
        if (!stepped) return std::unexpected(stepped.error());
        return changes();
    }
    // Several statements without parameters: migrations and settings.
    [[nodiscard]] std::expected<void, errc> script(const std::string& sql);
    [[nodiscard]] std::int64_t last_row() const;
    // False once moved from.
    explicit operator bool() const { return db_ != nullptr; }
    // Whether a transaction is open: a failed COMMIT may have ended it.
    [[nodiscard]] bool in_transaction() const;
    // Pages in the write-ahead log after this connection's last commit.
    [[nodiscard]] int log_pages() const { return *log_pages_; }
    // Copies what the log holds into the database, beside whoever reads and writes; how many of the log's
    // pages are there now. Once all are, the next commit starts the log anew.
    [[nodiscard]] std::expected<int, errc> checkpoint();

  private:
    explicit connection(sqlite3* db);
    [[nodiscard]] sqlite3_stmt* prepare(const char* sql);
    [[nodiscard]] int changes() const;

    static void bind(sqlite3_stmt* statement, int index, std::int64_t value);
    static void bind(sqlite3_stmt* statement, int index, std::int32_t value) {
        bind(statement, index, std::int64_t{value});
    }
    static void bind(sqlite3_stmt* statement, int index, bool value) {
        bind(statement, index, std::int64_t{value});
    }
    static void bind(sqlite3_stmt* statement, int index, std::size_t value) {
        bind(statement, index, static_cast<std::int64_t>(value));
    }
    static void bind(sqlite3_stmt* statement, int index, std::string_view value);
    static void bind(sqlite3_stmt* statement, int index, const std::string& value) {
        bind(statement, index, std::string_view(value));
    }
    static void bind(sqlite3_stmt* statement, int index, crypto::byte_view value);
    template <std::size_t N>
    static void bind(sqlite3_stmt* statement, int index, const crypto::block<N>& value) {
        bind(statement, index, crypto::byte_view(value));
    }
    static void bind_null(sqlite3_stmt* statement, int index);
    template <class T>
    static void bind(sqlite3_stmt* statement, int index, const std::optional<T>& value) {
        if (value)
            bind(statement, index, *value);
        else
            bind_null(statement, index);
    }

    sqlite3* db_ = nullptr;
    std::unique_ptr<int> log_pages_;  // written by SQLite's hook: where it is must not change
    std::unordered_map<const char*, sqlite3_stmt*> prepared_;
};

}  // namespace store::sqlite
