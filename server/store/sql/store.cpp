#include "server/store/sql/store.hpp"

#include <atomic>

#include "base/watch/log.hpp"
#include "server/store/sha256.hpp"
#include "server/store/sql/attachments.hpp"
#include "server/store/sql/changes.hpp"
#include "server/store/sql/compaction.hpp"
#include "server/store/sql/orders.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/sql/retention.hpp"
#include "server/store/sql/sightings.hpp"
#include "server/store/sql/store_base.hpp"
#include "server/store/sql/trail.hpp"
#include "server/store/sql/writes.hpp"

namespace store::sql {
namespace {

struct released {
    bool done = false;
    std::vector<std::string> desks;
};

class engine_store final : public store_base {
  public:
    using store_base::store_base;

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
        asked<std::optional<added_report>> known =
            [this, id, request_hash](connection& db) -> std::expected<std::optional<added_report>, errc> {
            auto found = read_earlier(db, id, request_hash);
            if (found && *found && !engine_->lasts()) return std::unexpected(errc::unavailable);
            return found;
        };
        auto found = co_await ask(std::move(known));
        if (!found || !*found || !engine_->shared()) co_return found;
        // A database that came back may show what its standby never got: that is confirmed once it has it.
        asked<void> vouch = [this](connection&) { return engine_->vouch(); };
        auto lasts = co_await carry_out(128, std::move(vouch));
        if (!lasts) co_return std::unexpected(lasts.error());
        co_return found;
    }
    result<report_page> list(list_query query) override {
        return ask<report_page>([query = std::move(query)](connection& db) { return read_list(db, query); });
    }
    result<stored_report> report(std::string desk, crypto::uuid id) override {
        return ask<stored_report>(
            [desk = std::move(desk), id](connection& db) { return read_report(db, desk, id); });
    }

    result<changed_report> change(report_change change, trail_write trail) override {
        for (auto& to : change.sealed_anew) to.hash = sha256(to.sealed_key.view());
        return ringing<changed_report>(
            [change = std::move(change), trail](connection& db) { return sql::change(db, change, trail); });
    }
    result<added_sighting> add_sighting(sighting what, trail_write trail) override {
        return ringing<added_sighting>(
            [what = std::move(what), trail](connection& db) { return sql::add_sighting(db, what, trail); });
    }
    result<::store::end_state> end_state(std::string desk, crypto::uuid id) override {
        return ask<::store::end_state>(
            [desk = std::move(desk), id](connection& db) { return read_end_state(db, desk, id); });
    }
    result<placed_order> order(new_order order, trail_write trail, line_elsewhere elsewhere) override {
        return ringing<placed_order>([order = std::move(order), trail, elsewhere](connection& db) {
            return place_order(db, order, trail, elsewhere);
        });
    }
    result<ended_report> confirm(confirmation by, trail_write trail, line_elsewhere elsewhere) override {
        return ringing<ended_report>([by = std::move(by), trail, elsewhere](connection& db) {
            return sql::confirm(db, by, trail, elsewhere);
        });
    }
    result<std::vector<due_order>> due_orders(std::int32_t today) override {
        return ask<std::vector<due_order>>([today](connection& db) { return read_due_orders(db, today); });
    }
    result<bool> carry_out_order(due_order order, std::int32_t today,
                                 std::function<std::string(const ::store::head&)> line) override {
        return write<bool>(1024, [order = std::move(order), today, line = std::move(line)](connection& db) {
            return sql::destroy(db, order, today, line);
        });
    }
    result<ended_report> give_up_key(crypto::uuid id, std::int64_t revision, trail_write trail) override {
        return ringing<ended_report>(
            [id, revision, trail](connection& db) { return sql::give_up_key(db, id, revision, trail); });
    }
    result<std::vector<overdue_report>> overdue(std::int64_t hour) override {
        return ask<std::vector<overdue_report>>([hour](connection& db) { return read_overdue(db, hour); });
    }
    result<bool> release(overdue_report what, std::int64_t hour,
                         std::function<std::string(const ::store::head&)> line) override {
        asked<released> apply = [what, hour,
                                 line = std::move(line)](connection& db) -> std::expected<released, errc> {
            auto desks = sql::release(db, what, hour, line);
            if (!desks) return std::unexpected(desks.error());
            return released{desks->has_value(), desks->value_or(std::vector<std::string>())};
        };
        auto done = co_await ringing<released>(std::move(apply));
        if (!done) co_return std::unexpected(done.error());
        co_return done->done;
    }

    result<attachment> begin_attachment(crypto::uuid id, std::int64_t total) override {
        return write<attachment>(
            256, [id, total](connection& db) { return sql::begin_attachment(db, id, total); });
    }
    result<attachment> add_chunk(crypto::uuid id, chunk piece) override {
        piece.hash = sha256(piece.bytes.view());
        const auto bytes = piece.bytes.size() + 256;
        const auto kept = std::make_shared<const chunk>(std::move(piece));
        return write<attachment>(bytes, [id, kept](connection& db) { return sql::add_chunk(db, id, *kept); });
    }
    result<attachment> attachment_of(crypto::uuid id) override {
        return ask<attachment>([id](connection& db) { return read_attachment(db, id); });
    }
    result<std::vector<attachment>> attachments(crypto::uuid report) override {
        return ask<std::vector<attachment>>(
            [report](connection& db) { return read_attachments(db, report); });
    }
    result<chunk> chunk_at(crypto::uuid id, std::int64_t at) override {
        return ask<chunk>([id, at](connection& db) { return read_chunk(db, id, at); });
    }
    result<std::int64_t> sweep(std::int64_t round) override {
        return write<std::int64_t>(128, [round](connection& db) { return sql::sweep(db, round); });
    }
    result<std::vector<ending_report>> ending(std::string status, std::int32_t since) override {
        return ask<std::vector<ending_report>>(
            [status = std::move(status), since](connection& db) { return read_ending(db, status, since); });
    }
    result<std::vector<unread_report>> unread(std::int32_t day, std::int32_t urgent) override {
        return ask<std::vector<unread_report>>(
            [day, urgent](connection& db) { return read_unread(db, {day, urgent, false, 500}); });
    }
    result<int> warn(std::vector<crypto::uuid> ids, std::string kind, std::int32_t today) override {
        const auto bytes = 64 * ids.size();
        return write<int>(bytes, [ids = std::move(ids), kind = std::move(kind), today](connection& db) {
            return sql::warn(db, ids, kind, today);
        });
    }
    result<bool> destroy(destruction how) override {
        return write<bool>(1024, [how = std::move(how)](connection& db) { return sql::destroy(db, how); });
    }
    result<std::vector<unopenable_report>> unopenable(std::int32_t since, std::int32_t today) override {
        return ask<std::vector<unopenable_report>>(
            [since, today](connection& db) { return read_unopenable(db, since, today); });
    }
    result<bool> destroy(unopenable_destruction how) override {
        return write<bool>(1024, [how = std::move(how)](connection& db) { return sql::destroy(db, how); });
    }
    result<void> expire(std::int32_t today, std::string epoch, expiry_line line) override {
        return carry_out(1024, [today, epoch = std::move(epoch), line = std::move(line)](connection& db) {
            return sql::expire(db, today, epoch, line);
        });
    }
    result<void> compact(std::int32_t today) override {
        return sql::compact(*engine_, readers_, journal_, today);
    }

    result<trust_rows> trust() override { return ask<trust_rows>(read_trust); }
    result<std::int64_t> generation() override { return ask<std::int64_t>(read_generation); }
    result<std::string> gids(std::int64_t version) override {
        return ask<std::string>([version](connection& db) { return read_gids(db, version); });
    }
    result<std::string> stand(std::string desk, std::int64_t version) override {
        return ask<std::string>(
            [desk = std::move(desk), version](connection& db) { return read_stand(db, desk, version); });
    }
    result<bool> add_gids(gids_row row) override {
        std::size_t bytes = row.token.size() + row.table.size();
        return write<bool>(bytes, [row = std::move(row)](connection& db) { return sql::add_gids(db, row); });
    }
    result<added_document> add_membership(membership_row row, trail_write trail) override {
        return write<added_document>(4096, [row = std::move(row), trail](connection& db) {
            return sql::add_membership(db, row, trail);
        });
    }
    result<added_document> add_epoch_key(epoch_key_row row, trail_write trail) override {
        return write<added_document>(4096, [row = std::move(row), trail](connection& db) {
            return sql::add_epoch_key(db, row, trail);
        });
    }
    result<added_document> add_stand(stand_row row, trail_write trail) override {
        std::size_t bytes = row.token.size();
        // Other servers judge their held calls of this desk again; this one once it has read the stand.
        return write<added_document>(bytes, [this, row = std::move(row), trail](connection& db) {
            auto added = sql::add_stand(db, row, trail);
            if (added && added->fresh) engine_->arrived(row.desk);
            return added;
        });
    }
    result<std::vector<wrap_row>> wraps(std::string desk, std::string lid) override {
        return ask<std::vector<wrap_row>>([this, desk = std::move(desk), lid = std::move(lid)](
                                              connection& db) -> std::expected<std::vector<wrap_row>, errc> {
            auto found = read_wraps(db, desk, lid);
            if (!found) return std::unexpected(found.error());
            if (found->damaged > 0 && !told_of_wraps_.exchange(true))
                watch::fault("a wrapped secret is damaged and was left out: run baken admin check",
                             {{"desk", watch::configured{desk}}});
            return std::move(found->rows);
        });
    }

    result<::store::head> append(trail_write trail) override {
        return write<::store::head>(
            1024, [trail = std::move(trail)](connection& db) { return sql::append(db, trail); });
    }
    result<::store::head> head(std::string desk) override {
        return ask<::store::head>([desk = std::move(desk)](connection& db) { return read_head(db, desk); });
    }
    result<std::vector<std::string>> trail(std::string desk, std::int64_t after, std::size_t limit) override {
        return ask<std::vector<std::string>>([desk = std::move(desk), after, limit](connection& db) {
            return read_trail(db, desk, after, limit);
        });
    }

    result<std::vector<std::string>> daily_heads(std::string desk, std::int64_t after) override {
        return ask<std::vector<std::string>>(
            [desk = std::move(desk), after](connection& db) { return read_daily_heads(db, desk, after); });
    }
    result<std::vector<std::pair<std::string, std::int64_t>>> without_head(std::int32_t day) override {
        return ask<std::vector<std::pair<std::string, std::int64_t>>>(
            [day](connection& db) { return read_without_head(db, day); });
    }
    result<void> add_daily_heads(std::vector<daily_head_row> rows) override {
        const auto bytes = 512 * rows.size();
        return carry_out(bytes, [rows = std::move(rows)](connection& db) {
            std::expected<void, errc> ok;
            for (auto row = rows.begin(); ok && row != rows.end(); ++row) ok = add_daily_head(db, *row);
            return ok;
        });
    }

    result<bool> keep_nonce(crypto::block<16> mark, std::int64_t until, std::int64_t now) override {
        return write<bool>(
            128, [mark, until, now](connection& db) { return sql::keep_nonce(db, mark, until, now); });
    }
    result<std::vector<std::pair<crypto::block<16>, std::int64_t>>> kept_nonces() override {
        return readers_.read(asked<std::vector<std::pair<crypto::block<16>, std::int64_t>>>(read_nonces));
    }

  private:
    std::atomic<bool> told_of_wraps_ = false;  // each desk asks for them all day
};

}  // namespace

std::unique_ptr<::store::store> over(std::unique_ptr<engine> engine, limits limits) {
    return std::make_unique<engine_store>(std::move(engine), limits);
}

}  // namespace store::sql
