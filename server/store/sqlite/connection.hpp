// One SQLite connection with the settings this store stands on.
#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "server/store/errc.hpp"
#include "server/store/sql/connection.hpp"

struct sqlite3;

namespace store::sqlite {

enum class mode { write, read, create };

class connection final : public sql::connection {
  public:
    // create makes the file (mode 0600) where it is missing.
    [[nodiscard]] static std::expected<std::unique_ptr<connection>, errc> open(const std::string& path,
                                                                               mode mode);
    ~connection() override;

    [[nodiscard]] std::expected<void, errc> script(const std::string& sql) override;
    [[nodiscard]] std::expected<void, errc> begin_reading() override { return script("BEGIN"); }
    [[nodiscard]] std::expected<std::int64_t, errc> last_place() override;
    [[nodiscard]] std::expected<void, errc> set_last_place(std::int64_t place) override;
    [[nodiscard]] bool in_transaction() const override;
    // Pages in the write-ahead log after this connection's last commit.
    [[nodiscard]] int log_pages() const { return log_pages_; }
    // Copies what the log holds into the database, beside whoever reads and writes; how many of the log's
    // pages are there now. Once all are, the next commit starts the log anew.
    [[nodiscard]] std::expected<int, errc> checkpoint();
    // The same for all of it, and cuts the log to nothing; writers wait meanwhile. busy: somebody still reads
    // from it.
    [[nodiscard]] std::expected<void, errc> cut_log();
    // Ends what runs here now. From any thread, while the connection is there.
    void interrupt();

  private:
    class statement;

    explicit connection(sqlite3* db);
    [[nodiscard]] std::expected<sql::cursor*, errc> start(const char* sql,
                                                          std::span<const sql::value> values) override;
    [[nodiscard]] int changes() const override;

    sqlite3* db_ = nullptr;
    int log_pages_ = 0;  // written by SQLite's hook
    std::unordered_map<const char*, std::unique_ptr<statement>> prepared_;
};

}  // namespace store::sqlite
