#include "server/store/sql/store.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "server/store/sha256.hpp"
#include "server/store/sql/attachments.hpp"
#include "server/store/sql/journal.hpp"
#include "server/store/sql/readers.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/sql/retention.hpp"
#include "server/store/sql/writes.hpp"

namespace store::sql {
namespace {

template <class T>
using asked = std::function<std::expected<T, errc>(connection&)>;

class engine_store final : public ::store::store {
  public:
    engine_store(std::unique_ptr<engine> engine, limits limits)
        : engine_(std::move(engine)), journal_(*engine_, limits), readers_(*engine_) {
        engine_->follow([this](std::string_view word) { heard(word); });
    }

    void close() override {
        journal_.close();
        readers_.close();
    }
    bool full() const override { return journal_.full(); }
    double pressure() const override { return journal_.pressure(); }
    async::bell& arrivals() override { return bell_; }
    bool shared() const override { return engine_->shared(); }

    result<added_report> add_report(new_report report) override {
        // Here, and not on the one thread that writes for all.
        report.body_hash = sha256(report.body.view());
        for (auto& to : report.recipients) to.hash = sha256(to.sealed_key.view());
        const auto kept = std::make_shared<const new_report>(std::move(report));
        work<added_report> one;
        one.bytes = kept->body.size() + 1024;
        one.apply = [this, kept](connection&) { return engine_->add_report(*kept); };
        if (kept->attachments.empty()) one.send = [this, kept] { engine_->send_report(*kept); };
        one.committed = [this, kept](const added_report& added) {
            for (const auto& to : kept->recipients)
                if (added.fresh && to.role != "achtervang") bell_.ring(to.desk);
        };
        co_return co_await journal_.write(std::move(one));
    }
    result<std::optional<added_report>> earlier_report(crypto::uuid id,
                                                       crypto::block<32> request_hash) override {
        // It is there for good only on a disk that did not give up since.
        asked<std::optional<added_report>> ask =
            [this, id, request_hash](connection& db) -> std::expected<std::optional<added_report>, errc> {
            auto found = read_earlier(db, id, request_hash);
            if (found && *found && !engine_->lasts()) return std::unexpected(errc::unavailable);
            return found;
        };
        auto found = co_await readers_.read(std::move(ask));
        if (!found || !*found || !engine_->shared()) co_return found;
        // A database that came back may show what its standby never got: that is confirmed once it has it.
        asked<bool> vouch = [this](connection&) -> std::expected<bool, errc> {
            if (auto ok = engine_->vouch(); !ok) return std::unexpected(ok.error());
            return true;
        };
        auto lasts = co_await write<bool>(128, std::move(vouch));
        if (!lasts) co_return std::unexpected(lasts.error());
        co_return found;
    }
    result<report_page> list(list_query query) override {
        asked<report_page> ask = [query = std::move(query)](connection& db) { return read_list(db, query); };
        co_return co_await readers_.read(std::move(ask));
    }
    result<void> fetched(std::string desk, std::vector<crypto::uuid> ids) override {
        asked<bool> apply = [desk = std::move(desk),
                             ids = std::move(ids)](connection& db) -> std::expected<bool, errc> {
            for (const auto& id : ids)
                if (auto ok = mark_read(db, desk, id); !ok) return std::unexpected(ok.error());
            return true;
        };
        auto done = co_await write<bool>(1024, std::move(apply));
        if (!done) co_return std::unexpected(done.error());
        co_return std::expected<void, errc>();
    }
    result<stored_report> report(std::string desk, crypto::uuid id) override {
        asked<stored_report> ask = [desk = std::move(desk), id](connection& db) {
            return read_report(db, desk, id);
        };
        co_return co_await readers_.read(std::move(ask));
    }

    result<attachment> begin_attachment(crypto::uuid id, std::int64_t total) override {
        asked<attachment> apply = [id, total](connection& db) {
            return sql::begin_attachment(db, id, total);
        };
        co_return co_await write<attachment>(256, std::move(apply));
    }
    result<attachment> add_chunk(crypto::uuid id, chunk piece) override {
        piece.hash = sha256(piece.bytes.view());
        const auto bytes = piece.bytes.size() + 256;
        const auto kept = std::make_shared<const chunk>(std::move(piece));
        asked<attachment> apply = [id, kept](connection& db) { return sql::add_chunk(db, id, *kept); };
        co_return co_await write<attachment>(bytes, std::move(apply));
    }
    result<attachment> attachment_of(crypto::uuid id) override {
        asked<attachment> ask = [id](connection& db) { return read_attachment(db, id); };
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::vector<attachment>> attachments(crypto::uuid report) override {
        asked<std::vector<attachment>> ask = [report](connection& db) {
            return read_attachments(db, report);
        };
        co_return co_await readers_.read(std::move(ask));
    }
    result<chunk> chunk_at(crypto::uuid id, std::int64_t at) override {
        asked<chunk> ask = [id, at](connection& db) { return read_chunk(db, id, at); };
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::int64_t> sweep(std::int64_t round) override {
        asked<std::int64_t> apply = [round](connection& db) { return sql::sweep(db, round); };
        co_return co_await write<std::int64_t>(128, std::move(apply));
    }
    result<std::vector<ending_report>> ending(std::string status, std::int32_t since) override {
        asked<std::vector<ending_report>> ask = [status = std::move(status), since](connection& db) {
            return read_ending(db, status, since);
        };
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::vector<unread_report>> unread(std::int32_t day, std::int32_t urgent) override {
        asked<std::vector<unread_report>> ask = [day, urgent](connection& db) {
            return read_unread(db, {day, urgent, false, 500});
        };
        co_return co_await readers_.read(std::move(ask));
    }
    result<int> warn(std::vector<crypto::uuid> ids, std::string kind, std::int32_t today) override {
        const auto bytes = 64 * ids.size();
        asked<int> apply = [ids = std::move(ids), kind = std::move(kind), today](connection& db) {
            return sql::warn(db, ids, kind, today);
        };
        co_return co_await write<int>(bytes, std::move(apply));
    }
    result<bool> destroy(destruction how) override {
        asked<bool> apply = [how = std::move(how)](connection& db) { return sql::destroy(db, how); };
        co_return co_await write<bool>(1024, std::move(apply));
    }
    result<void> expire(std::int32_t today, std::string epoch) override {
        asked<bool> apply = [today, epoch = std::move(epoch)](connection& db) -> std::expected<bool, errc> {
            if (auto ok = sql::expire(db, today, epoch); !ok) return std::unexpected(ok.error());
            return true;
        };
        auto done = co_await write<bool>(128, std::move(apply));
        if (!done) co_return std::unexpected(done.error());
        co_return std::expected<void, errc>();
    }
    result<void> compact(std::int32_t today) override {
        asked<unsorted_rows> ask = [this, today](connection& db) { return engine_->unsorted(db, today); };
        auto found = co_await readers_.read(std::move(ask));
        if (!found) co_return std::unexpected(found.error());
        auto reports = co_await place_anew(std::move(found->reports), &engine::place_report_anew);
        if (!reports) co_return reports;
        auto messages = co_await place_anew(std::move(found->messages), &engine::place_message_anew);
        if (!messages) co_return messages;
        auto attachments = co_await place_anew(std::move(found->attachments), &engine::place_attachment_anew);
        if (!attachments) co_return attachments;
        auto chunks = co_await place_anew(std::move(found->chunks), &engine::place_chunk_anew, 4);
        if (!chunks) co_return chunks;
        asked<bool> wiping = [this](connection&) -> std::expected<bool, errc> {
            if (auto ok = engine_->wipe(); !ok) return std::unexpected(ok.error());
            return true;
        };
        auto wiped = co_await readers_.read(std::move(wiping));
        if (!wiped) co_return std::unexpected(wiped.error());
        co_return std::expected<void, errc>();
    }

    result<trust_rows> trust() override {
        asked<trust_rows> ask = read_trust;
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::int64_t> generation() override {
        asked<std::int64_t> ask = read_generation;
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::string> gids(std::int64_t version) override {
        asked<std::string> ask = [version](connection& db) { return read_gids(db, version); };
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::string> stand(std::string desk, std::int64_t version) override {
        asked<std::string> ask = [desk = std::move(desk), version](connection& db) {
            return read_stand(db, desk, version);
        };
        co_return co_await readers_.read(std::move(ask));
    }
    result<bool> add_gids(gids_row row) override {
        std::size_t bytes = row.token.size() + row.table.size();
        asked<bool> apply = [row = std::move(row)](connection& db) { return sql::add_gids(db, row); };
        co_return co_await write<bool>(bytes, std::move(apply));
    }
    result<added_document> add_membership(membership_row row, trail_write trail) override {
        asked<added_document> apply = [row = std::move(row), trail](connection& db) {
            return sql::add_membership(db, row, trail);
        };
        co_return co_await write<added_document>(4096, std::move(apply));
    }
    result<added_document> add_epoch_key(epoch_key_row row, trail_write trail) override {
        asked<added_document> apply = [row = std::move(row), trail](connection& db) {
            return sql::add_epoch_key(db, row, trail);
        };
        co_return co_await write<added_document>(4096, std::move(apply));
    }
    result<added_document> add_stand(stand_row row, trail_write trail) override {
        std::size_t bytes = row.token.size();
        asked<added_document> apply = [row = std::move(row), trail](connection& db) {
            return sql::add_stand(db, row, trail);
        };
        co_return co_await write<added_document>(bytes, std::move(apply));
    }
    result<std::vector<wrap_row>> wraps(std::string desk, std::string lid) override {
        asked<std::vector<wrap_row>> ask = [desk = std::move(desk), lid = std::move(lid)](connection& db) {
            return read_wraps(db, desk, lid);
        };
        co_return co_await readers_.read(std::move(ask));
    }

    result<::store::head> append(trail_write trail) override {
        asked<::store::head> apply = [trail = std::move(trail)](connection& db) {
            return sql::append(db, trail);
        };
        co_return co_await write<::store::head>(1024, std::move(apply));
    }
    result<::store::head> head(std::string desk) override {
        asked<::store::head> ask = [desk = std::move(desk)](connection& db) { return read_head(db, desk); };
        co_return co_await readers_.read(std::move(ask));
    }
    result<std::vector<std::string>> trail(std::string desk, std::int64_t after, std::size_t limit) override {
        asked<std::vector<std::string>> ask = [desk = std::move(desk), after, limit](connection& db) {
            return read_trail(db, desk, after, limit);
        };
        co_return co_await readers_.read(std::move(ask));
    }

    result<bool> keep_nonce(crypto::block<16> mark, std::int64_t until, std::int64_t now) override {
        asked<bool> apply = [mark, until, now](connection& db) {
            return sql::keep_nonce(db, mark, until, now);
        };
        co_return co_await write<bool>(128, std::move(apply));
    }
    result<std::vector<std::pair<crypto::block<16>, std::int64_t>>> kept_nonces() override {
        asked<std::vector<std::pair<crypto::block<16>, std::int64_t>>> ask = read_nonces;
        co_return co_await readers_.read(std::move(ask));
    }

  private:
    // In random order, a few in a batch.
    result<void> place_anew(std::vector<std::int64_t> rows,
                            std::expected<void, errc> (engine::*place)(std::int64_t),
                            std::size_t at_once = 50) {
        std::shuffle(rows.begin(), rows.end(), crypto::random_bits());
        for (std::size_t from = 0; from < rows.size(); from += at_once) {
            const auto to = std::min(from + at_once, rows.size());
            const std::vector<std::int64_t> part(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                                 rows.begin() + static_cast<std::ptrdiff_t>(to));
            asked<bool> apply = [this, part, place](connection&) -> std::expected<bool, errc> {
                for (const auto row : part)
                    if (auto ok = ((*engine_).*place)(row); !ok) return std::unexpected(ok.error());
                return true;
            };
            auto placed = co_await write<bool>(4096, std::move(apply));
            if (!placed) co_return std::unexpected(placed.error());
        }
        co_return std::expected<void, errc>();
    }
    void heard(std::string_view word) {
        constexpr std::string_view desk = "loket:";
        if (word.starts_with(desk))
            bell_.ring(word.substr(desk.size()));
        else if (word == "vertrouwen")
            bell_.ring(trust_bell);
        else
            bell_.ring_all();
    }
    template <class T>
    result<T> write(std::size_t bytes, std::function<std::expected<T, errc>(connection&)> apply) {
        work<T> one;
        one.bytes = bytes;
        one.apply = std::move(apply);
        co_return co_await journal_.write(std::move(one));
    }

    async::bell bell_;
    std::unique_ptr<engine> engine_;
    journal journal_;
    readers readers_;  // closed first: a file's writer, closing last, empties its log into the database
};

}  // namespace

std::unique_ptr<::store::store> over(std::unique_ptr<engine> engine, limits limits) {
    return std::make_unique<engine_store>(std::move(engine), limits);
}

}  // namespace store::sql
