// The embedded engine: one SQLite file, which this process alone writes.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "server/store/limits.hpp"
#include "server/store/sql/engine.hpp"
#include "server/store/sqlite/alone.hpp"
#include "server/store/sqlite/checker.hpp"
#include "server/store/sqlite/checkpointer.hpp"
#include "server/store/sqlite/compaction.hpp"
#include "server/store/sqlite/connection.hpp"
#include "server/store/sqlite/disk.hpp"

namespace store::sqlite {

class engine final : public sql::engine {
  public:
    // Migrated. The directory must exist. in_use, cannot_open, newer_schema,
    // changed_migration, damaged.
    [[nodiscard]] static std::expected<std::unique_ptr<engine>, errc> open(const std::string& file,
                                                                           log_limits limits);
    // That the file is there and holds something of ours: no_file, no_tables, cannot_open, damaged.
    [[nodiscard]] static std::expected<void, errc> check_there(const std::string& file);
    // newer_schema, older_schema, changed_migration.
    [[nodiscard]] static std::expected<void, errc> check_version(connection& db);

    [[nodiscard]] std::expected<std::unique_ptr<sql::connection>, errc> reader() override;
    [[nodiscard]] bool lasts() const override { return disk_.takes_writes(); }
    [[nodiscard]] std::expected<sql::unsorted_rows, errc> unsorted(sql::connection& reader,
                                                                   std::int32_t before) override {
        return sqlite::unsorted(reader, before);
    }
    [[nodiscard]] std::expected<void, errc> wipe() override { return wipe_log(file_); }

    [[nodiscard]] std::expected<sql::connection*, errc> begin() override;
    [[nodiscard]] std::expected<void, errc> commit() override;
    void roll_back() override;
    void tidy() override { checkpointer_.committed(*writer_); }
    void close() override {
        checker_.close();
        checkpointer_.close();
    }
    [[nodiscard]] std::expected<added_report, errc> add_report(const new_report& report) override;
    [[nodiscard]] std::expected<void, errc> place_report_anew(std::int64_t row) override {
        return sqlite::place_report_anew(*writer_, row);
    }
    [[nodiscard]] std::expected<void, errc> place_message_anew(std::int64_t row) override {
        return sqlite::place_message_anew(*writer_, row);
    }
    [[nodiscard]] std::expected<void, errc> place_attachment_anew(std::int64_t row) override {
        return sqlite::place_attachment_anew(*writer_, row);
    }
    [[nodiscard]] std::expected<void, errc> place_chunk_anew(std::int64_t row) override {
        return sqlite::place_chunk_anew(*writer_, row);
    }

  private:
    engine(alone ours, std::unique_ptr<connection> writer, const std::string& file, log_limits limits);

    const alone alone_;  // let go last
    const std::string file_;
    std::unique_ptr<connection> writer_;  // closed last: it empties the log into the database
    disk disk_;
    checkpointer checkpointer_;
    checker checker_;
};

}  // namespace store::sqlite
