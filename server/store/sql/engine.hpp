// What the two engines differ in: how connections are made, and what a transaction that writes is.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "server/store/errc.hpp"
#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

// Rows that lie in the order in which they came.
struct unsorted_rows {
    std::vector<std::int64_t> reports, messages, attachments, chunks;
};

class engine {
  public:
    engine() = default;
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;
    virtual ~engine() = default;

    // A connection that reads, for one thread. From any thread.
    [[nodiscard]] virtual std::expected<std::unique_ptr<connection>, errc> reader() = 0;
    // Whether what a reader finds now is there for good. From any thread.
    [[nodiscard]] virtual bool lasts() const { return true; }
    // What came before that day and was not placed anew since.
    [[nodiscard]] virtual std::expected<unsorted_rows, errc> unsorted(connection& reader,
                                                                      std::int32_t before) = 0;
    // Takes away what rows left behind where they lay before. busy: not now. From any thread but the
    // journal's.
    [[nodiscard]] virtual std::expected<void, errc> wipe() = 0;
    // Whether other servers write into the same database.
    [[nodiscard]] virtual bool shared() const { return false; }
    // From now on until close(), tells what those do: "loket:<desk>" for a report, "vertrouwen" for a
    // document of trust, "" where something may have been missed. On a thread of its own.
    virtual void follow(std::function<void(std::string_view)> /*heard*/) {}

    // The rest is the journal's alone, on its thread.
    //
    // Begins the transaction of a batch. The connection stays the engine's, and the same until begin() is
    // called again. Batches of all servers follow one another: what one writes the next sees.
    [[nodiscard]] virtual std::expected<connection*, errc> begin() = 0;
    // Durable when it returns. unsure: it may be, or become so.
    [[nodiscard]] virtual std::expected<void, errc> commit() = 0;
    virtual void roll_back() = 0;
    // A report, in the transaction. id_taken, mailbox_taken.
    [[nodiscard]] virtual std::expected<added_report, errc> add_report(const new_report& report) = 0;
    // Whether it can be asked for many reports before any answer is waited for: send_report for each, collect
    // for all, and then add_report in the same order, which takes its answer and writes nothing more. A fault
    // of collect: none of it holds.
    [[nodiscard]] virtual bool sends_ahead() const { return false; }
    virtual void send_report(const new_report& /*report*/) {}
    [[nodiscard]] virtual std::expected<void, errc> collect() { return {}; }
    // In the transaction: once it is committed, this desk has something new to fetch.
    virtual void arrived(const std::string& /*desk*/) {}
    // Gives a row a new place, after all others, in the transaction.
    [[nodiscard]] virtual std::expected<void, errc> place_report_anew(std::int64_t row) = 0;
    [[nodiscard]] virtual std::expected<void, errc> place_message_anew(std::int64_t row) = 0;
    [[nodiscard]] virtual std::expected<void, errc> place_attachment_anew(std::int64_t row) = 0;
    [[nodiscard]] virtual std::expected<void, errc> place_chunk_anew(std::int64_t row) = 0;
    // In the transaction, of what it found there: its commit is to say that this lasts as what it writes
    // does.
    [[nodiscard]] virtual std::expected<void, errc> vouch() { return {}; }
    // After the answers of a batch left.
    virtual void tidy() {}
    // Nobody waits for the database any more, where that can be helped: what is under way fails. From any
    // thread.
    virtual void give_up() {}
    // No batch comes any more, nor does anybody read. May be called twice, from any thread.
    virtual void close() {}
};

}  // namespace store::sql
