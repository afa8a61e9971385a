// PostgreSQL: a database that several servers may share. All of them write one after the other (an advisory
// lock, held for a batch), because a desk's list counts places: one that was given out earlier must not
// appear later, or a desk that asked in between never sees it.
#pragma once

#include <atomic>
#include <expected>
#include <memory>
#include <set>
#include <string>

#include "server/store/postgres/compaction.hpp"
#include "server/store/postgres/connection.hpp"
#include "server/store/postgres/listener.hpp"
#include "server/store/sql/engine.hpp"

namespace store::postgres {

// Who may work on a database: servers together, or a restore or copy alone. A lock of the session that
// writes.
enum class sharing { servers, alone };
// The same lock for a connection that only reads. in_use.
[[nodiscard]] std::expected<void, errc> hold_alone(connection& db);

class engine final : public sql::engine {
  public:
    // Migrated. cannot_open, newer_schema, changed_migration, unsafe, not_durable, not_utf8, not_allowed,
    // in_use.
    [[nodiscard]] static std::expected<std::unique_ptr<engine>, errc> open(
        const std::string& where, sharing sharing = sharing::servers);
    // newer_schema, older_schema, changed_migration.
    [[nodiscard]] static std::expected<void, errc> check_version(connection& db);

    [[nodiscard]] std::expected<std::unique_ptr<sql::connection>, errc> reader() override;
    [[nodiscard]] bool shared() const override { return true; }
    [[nodiscard]] std::expected<sql::unsorted_rows, errc> unsorted(sql::connection& reader,
                                                                   std::int32_t before) override {
        return postgres::unsorted(reader, before);
    }
    [[nodiscard]] std::expected<void, errc> wipe() override;
    void follow(std::function<void(std::string_view)> heard) override;

    [[nodiscard]] std::expected<sql::connection*, errc> begin() override;
    [[nodiscard]] std::expected<void, errc> commit() override;
    void roll_back() override;
    [[nodiscard]] std::expected<void, errc> vouch() override;
    void give_up() override { ending_->come(); }
    void close() override;
    [[nodiscard]] std::expected<added_report, errc> add_report(const new_report& report) override;
    [[nodiscard]] std::expected<void, errc> place_report_anew(std::int64_t row) override {
        return postgres::place_report_anew(*writer_, row);
    }
    [[nodiscard]] std::expected<void, errc> place_message_anew(std::int64_t row) override {
        return postgres::place_message_anew(*writer_, row);
    }
    [[nodiscard]] std::expected<void, errc> place_attachment_anew(std::int64_t row) override {
        return postgres::place_attachment_anew(*writer_, row);
    }
    [[nodiscard]] std::expected<void, errc> place_chunk_anew(std::int64_t row) override {
        return postgres::place_chunk_anew(*writer_, row);
    }
    [[nodiscard]] bool sends_ahead() const override { return true; }
    void arrived(const std::string& desk) override { arrivals_.insert(desk); }
    void send_report(const new_report& report) override;
    [[nodiscard]] std::expected<void, errc> collect() override { return writer_->collect(); }

  private:
    engine(std::string where, sharing sharing, std::unique_ptr<ending> ending,
           std::unique_ptr<connection> writer, std::unique_ptr<connection> ear);
    // Waits for the batches of other servers.
    [[nodiscard]] std::expected<void, errc> take_turn();

    const std::string where_;
    const sharing sharing_;
    const std::unique_ptr<ending> ending_;
    std::unique_ptr<connection> writer_;
    std::atomic<int> backend_;         // what the database calls writer_
    std::unique_ptr<connection> ear_;  // the listener's, once it follows
    std::set<std::string> arrivals_;   // desks with a report in this batch
    std::unique_ptr<listener> listener_;
};

}  // namespace store::postgres
