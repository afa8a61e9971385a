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
#include "server/store/sql/connection.hpp"

struct pg_conn;
struct pg_result;

namespace store::postgres {

struct drop_connection {
    void operator()(pg_conn* at) const;
};
struct drop_result {
    void operator()(pg_result* at) const;
};
using result_ptr = std::unique_ptr<pg_result, drop_result>;

enum class use {
    write,    // the journal's: on a primary, gives up locks and transactions that last
    migrate,  // on a primary; as long as it takes
    read,     // sees, changes nothing
    listen,   // hears what others tell
};

class connection final : public sql::connection {
  public:
    // where: as libpq reads it. cannot_open (also: no such database, no such user), unsafe.
    [[nodiscard]] static std::expected<std::unique_ptr<connection>, errc> open(const std::string& where,
                                                                               use use);

    [[nodiscard]] std::expected<void, errc> script(const std::string& sql) override;
    [[nodiscard]] std::expected<void, errc> begin_reading() override;
    [[nodiscard]] bool in_transaction() const override;
    [[nodiscard]] bool usable() const override { return !broken_; }
    [[nodiscard]] bool has_day_tables() const override { return true; }

    // Commits, after it told each of these to whoever listens. unsure: the connection broke before the
    // answer.
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

    // What the server calls this connection; who tells something is named by it.
    [[nodiscard]] int backend() const;
    // Waits until somebody tells something, at most so long, or until `wake` can be read. False: broken.
    [[nodiscard]] bool heard(const std::function<void(std::string_view, int backend)>& tell, int wake,
                             std::chrono::milliseconds most);

  private:
    class result_rows;

    explicit connection(pg_conn* at);
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

    std::unique_ptr<pg_conn, drop_connection> at_;
    std::unordered_map<const char*, std::string> prepared_;
    std::deque<result_ptr> answers_;
    std::size_t sent_ = 0;
    std::chrono::seconds answering_{30};  // longer than any limit that the server is given
    std::optional<errc> sending_failed_;
    int changes_ = 0;
    bool broken_ = false;
};

}  // namespace store::postgres
