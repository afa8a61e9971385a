// One connection to PostgreSQL by libpq. Nothing waits for ever: a server that does not answer in time counts
// as gone, and so does one that came back as a standby.
#pragma once

#include <chrono>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/store/errc.hpp"
#include "server/store/postgres/dial.hpp"
#include "server/store/sql/connection.hpp"

struct pg_result;

namespace store::postgres {

struct drop_result {
    void operator()(pg_result* at) const;
};
using result_ptr = std::unique_ptr<pg_result, drop_result>;

class connection final : public sql::connection {
  public:
    // As dial(). end: when it comes nothing is waited for any more; it must outlive the connection.
    [[nodiscard]] static std::expected<std::unique_ptr<connection>, errc> open(const std::string& where,
                                                                               use use,
                                                                               const ending* end = nullptr);

    [[nodiscard]] std::expected<void, errc> script(const std::string& sql) override;
    [[nodiscard]] std::expected<void, errc> begin_reading() override;
    [[nodiscard]] std::expected<std::int64_t, errc> last_place() override;
    [[nodiscard]] std::expected<void, errc> set_last_place(std::int64_t place) override;
    [[nodiscard]] std::expected<void, errc> walk_by_key() override;
    [[nodiscard]] bool in_transaction() const override;
    [[nodiscard]] bool usable() const override { return !broken_; }
    [[nodiscard]] bool has_day_tables() const override { return true; }

    // Commits, after it told each of these to whoever listens. unsure: the connection broke before the
    // answer, or somebody called off the wait for the standby that was to have it too.
    [[nodiscard]] std::expected<void, errc> commit(std::span<const std::string> tell);

    // A statement whose answer is taken later, in the same order, after collect(). None may be asked
    // otherwise in between.
    template <class... Args>
    void send(const char* sql, const Args&... args) {
        const std::array<sql::value, sizeof...(Args)> values{sql::as_value(args)...};
        send_values(sql, values);
    }
    void send_values(const char* sql, std::span<const sql::value> values);
    // Waits for every answer. A fault of one is a fault of all.
    [[nodiscard]] std::expected<void, errc> collect();
    // Whether an answer stands ready to be taken; forgets those of a transaction that ended.
    [[nodiscard]] bool answered() const { return !answers_.empty(); }
    [[nodiscard]] sql::rows take();
    void forget() { answers_.clear(); }

    // A lock of this session: of any number together, or of one alone, who keeps out all others. in_use.
    [[nodiscard]] std::expected<void, errc> hold(const char* sql);

    // What the server calls this connection; who tells something is named by it.
    [[nodiscard]] int backend() const;
    // Waits until somebody tells something, at most so long, or until the end. False: broken.
    [[nodiscard]] bool heard(const std::function<void(std::string_view, int backend)>& tell,
                             std::chrono::milliseconds most);

  private:
    class result_rows;

    connection(line at, use use, const ending* end);
    [[nodiscard]] std::expected<void, errc> settle(use use);
    [[nodiscard]] std::expected<sql::cursor*, errc> start(const char* sql,
                                                          std::span<const sql::value> values) override;
    [[nodiscard]] int changes() const override { return changes_; }
    // The next result of what was sent; null: there is none any more, or the connection broke.
    [[nodiscard]] result_ptr next_result();
    // All results of what was sent; the last one, or the first fault.
    [[nodiscard]] std::expected<result_ptr, errc> answer();
    [[nodiscard]] std::expected<const std::string*, errc> prepare(const char* sql,
                                                                  std::span<const sql::value> values);
    bool put(const std::string& name, std::span<const sql::value> values);
    [[nodiscard]] errc code_of(const pg_result* result);
    // False when nothing could be sent or came in time.
    [[nodiscard]] bool flushed_and_ready();

    const line at_;
    const ending* const end_;
    const std::chrono::seconds answering_;  // longer than any limit that the server is given
    std::unordered_map<const char*, std::string> prepared_;
    std::deque<result_ptr> answers_;
    std::size_t sent_ = 0;
    std::optional<errc> sending_failed_;
    int changes_ = 0;
    bool broken_ = false;
    bool warned_ = false;  // since commit() began
};

}  // namespace store::postgres
