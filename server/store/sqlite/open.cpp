#include "server/store/sqlite/open.hpp"

#include "server/store/sqlite/migrations.hpp"
#include "server/store/sqlite/readers.hpp"
#include "server/store/sqlite/reads.hpp"
#include "server/store/sqlite/writes.hpp"
#include "server/watch/log.hpp"

namespace store::sqlite {
namespace {

template <class T>
using work = std::function<std::expected<T, errc>(connection&)>;

// The store over one file: writes go through the journal's thread, reads through the readers'.
class file_store final : public ::store::store {
  public:
    file_store(connection writer, const std::string& file, journal_limits limits)
        : disk_(file + "-wal"), journal_(std::move(writer), file, disk_, limits), readers_(file) {}

    [[nodiscard]] bool sees_its_disk() const { return disk_.is_open(); }

    void close() override {
        journal_.close();
        readers_.close();
    }
    bool full() const override { return journal_.full(); }
    double pressure() const override { return journal_.pressure(); }
    async::bell& arrivals() override { return bell_; }

    result<added_report> add_report(new_report report) override {
        std::vector<std::string> desks;
        for (const auto& to : report.recipients)
            if (to.role != "achtervang") desks.push_back(to.desk);
        std::size_t bytes = report.body.size() + 1024;
        std::function<void(const added_report&)> ring = [this, desks](const added_report& added) {
            if (!added.fresh) return;
            for (const auto& desk : desks) bell_.ring(desk);
        };
        work<added_report> apply = [report = std::move(report)](connection& db) {
            return sqlite::add_report(db, report);
        };
        co_return co_await write<added_report>(bytes, std::move(apply), std::move(ring));
    }
    result<std::optional<added_report>> earlier_report(crypto::uuid id,
                                                       crypto::block<32> request_hash) override {
        // It is there for good only on a disk that did not give up since.
        work<std::optional<added_report>> reading =
            [this, id, request_hash](connection& db) -> std::expected<std::optional<added_report>, errc> {
            auto found = read_earlier(db, id, request_hash);
            if (found && *found && !disk_.takes_writes()) return std::unexpected(errc::unavailable);
            return found;
        };
        co_return co_await readers_.read(std::move(reading));
    }
    result<report_page> list(list_query query) override {
        work<report_page> reading = [query = std::move(query)](connection& db) {
            return read_list(db, query);
        };
        co_return co_await readers_.read(std::move(reading));
    }
    result<stored_report> report(std::string desk, crypto::uuid id) override {
        work<stored_report> reading = [desk = std::move(desk), id](connection& db) {
            return read_report(db, desk, id);
        };
        co_return co_await readers_.read(std::move(reading));
    }

    result<trust_rows> trust() override {
        work<trust_rows> reading = read_trust;
        co_return co_await readers_.read(std::move(reading));
    }
    result<std::string> gids(std::int64_t version) override {
        work<std::string> reading = [version](connection& db) { return read_gids(db, version); };
        co_return co_await readers_.read(std::move(reading));
    }
    result<std::string> stand(std::string desk, std::int64_t version) override {
        work<std::string> reading = [desk = std::move(desk), version](connection& db) {
            return read_stand(db, desk, version);
        };
        co_return co_await readers_.read(std::move(reading));
    }
    result<bool> add_gids(gids_row row) override {
        std::size_t bytes = row.token.size() + row.table.size();
        work<bool> apply = [row = std::move(row)](connection& db) { return sqlite::add_gids(db, row); };
        co_return co_await write<bool>(bytes, std::move(apply));
    }
    result<added_document> add_membership(membership_row row, trail_write trail) override {
        work<added_document> apply = [row = std::move(row), trail](connection& db) {
            return sqlite::add_membership(db, row, trail);
        };
        co_return co_await write<added_document>(4096, std::move(apply));
    }
    result<added_document> add_epoch_key(epoch_key_row row, trail_write trail) override {
        work<added_document> apply = [row = std::move(row), trail](connection& db) {
            return sqlite::add_epoch_key(db, row, trail);
        };
        co_return co_await write<added_document>(4096, std::move(apply));
    }
    result<added_document> add_stand(stand_row row, trail_write trail) override {
        std::size_t bytes = row.token.size();
        work<added_document> apply = [row = std::move(row), trail](connection& db) {
            return sqlite::add_stand(db, row, trail);
        };
        co_return co_await write<added_document>(bytes, std::move(apply));
    }
    result<std::vector<wrap_row>> wraps(std::string desk, std::string lid) override {
        work<std::vector<wrap_row>> reading = [desk = std::move(desk), lid = std::move(lid)](connection& db) {
            return read_wraps(db, desk, lid);
        };
        co_return co_await readers_.read(std::move(reading));
    }

    result<::store::head> append(trail_write trail) override {
        work<::store::head> apply = [trail = std::move(trail)](connection& db) {
            return sqlite::append(db, trail);
        };
        co_return co_await write<::store::head>(1024, std::move(apply));
    }
    result<::store::head> head(std::string desk) override {
        work<::store::head> reading = [desk = std::move(desk)](connection& db) {
            return read_head(db, desk);
        };
        co_return co_await readers_.read(std::move(reading));
    }
    result<std::vector<std::string>> trail(std::string desk, std::int64_t after, std::size_t limit) override {
        work<std::vector<std::string>> reading = [desk = std::move(desk), after, limit](connection& db) {
            return read_trail(db, desk, after, limit);
        };
        co_return co_await readers_.read(std::move(reading));
    }

    result<bool> keep_nonce(crypto::block<16> mark, std::int64_t until, std::int64_t now) override {
        work<bool> apply = [mark, until, now](connection& db) {
            return sqlite::keep_nonce(db, mark, until, now);
        };
        co_return co_await write<bool>(128, std::move(apply));
    }
    result<std::vector<std::pair<crypto::block<16>, std::int64_t>>> kept_nonces() override {
        work<std::vector<std::pair<crypto::block<16>, std::int64_t>>> reading = read_nonces;
        co_return co_await readers_.read(std::move(reading));
    }

  private:
    template <class T>
    result<T> write(std::size_t bytes, work<T> apply, std::function<void(const T&)> committed = {}) {
        co_return co_await journal_.write<T>(bytes, std::move(apply), std::move(committed));
    }

    async::bell bell_;
    disk disk_;
    journal journal_;
    readers readers_;  // closed first: the writer, closing last, empties the WAL into the database
};

}  // namespace

std::expected<std::unique_ptr<::store::store>, errc> open(const std::string& file, journal_limits limits) {
    auto writer = connection::open(file, mode::create);
    if (!writer) return std::unexpected(writer.error());
    auto applied = migrate(*writer);
    if (!applied) return std::unexpected(applied.error());
    if (*applied > 0) watch::note("database migrated", {{"steps", *applied}});
    auto opened = std::make_unique<file_store>(std::move(*writer), file, limits);
    if (!opened->sees_its_disk()) return std::unexpected(errc::cannot_open);
    return opened;
}

}  // namespace store::sqlite
