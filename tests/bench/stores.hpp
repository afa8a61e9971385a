// The store with one thing changed: what the same submission costs without storing it, and with a commit of
// its own. Everything else is asked of the store behind it.
#pragma once

#include <deque>
#include <functional>
#include <mutex>

#include "server/store/store.hpp"

namespace bench {

class changed_store : public store::store {
  public:
    explicit changed_store(::store::store& behind) : behind_(behind) {}
    void close() override { behind_.close(); }
    bool full() const override { return behind_.full(); }
    double pressure() const override { return behind_.pressure(); }
    async::bell& arrivals() override { return behind_.arrivals(); }
    ::store::result<std::vector<::store::ending_report>> ending(std::string status,
                                                                std::int32_t since) override {
        return behind_.ending(std::move(status), since);
    }
    ::store::result<std::vector<::store::unread_report>> unread(std::int32_t day,
                                                                std::int32_t urgent) override {
        return behind_.unread(day, urgent);
    }
    ::store::result<int> warn(std::vector<crypto::uuid> ids, std::string kind, std::int32_t today) override {
        return behind_.warn(std::move(ids), std::move(kind), today);
    }
    ::store::result<bool> destroy(::store::destruction how) override {
        return behind_.destroy(std::move(how));
    }
    ::store::result<std::vector<::store::unopenable_report>> unopenable(std::int32_t since,
                                                                        std::int32_t today) override {
        return behind_.unopenable(since, today);
    }
    ::store::result<bool> destroy(::store::unopenable_destruction how) override {
        return behind_.destroy(std::move(how));
    }
    ::store::result<::store::end_state> end_state(std::string desk, crypto::uuid id) override {
        return behind_.end_state(std::move(desk), id);
    }
    ::store::result<::store::placed_order> order(::store::new_order order, ::store::trail_write trail,
                                                 ::store::line_elsewhere elsewhere) override {
        return behind_.order(std::move(order), std::move(trail), std::move(elsewhere));
    }
    ::store::result<::store::ended_report> confirm(::store::confirmation by, ::store::trail_write trail,
                                                   ::store::line_elsewhere elsewhere) override {
        return behind_.confirm(std::move(by), std::move(trail), std::move(elsewhere));
    }
    ::store::result<std::vector<::store::due_order>> due_orders(std::int32_t today) override {
        return behind_.due_orders(today);
    }
    ::store::result<bool> carry_out_order(
        ::store::due_order order, std::int32_t today,
        std::function<std::string(const ::store::head& previous)> line) override {
        return behind_.carry_out_order(std::move(order), today, std::move(line));
    }
    ::store::result<::store::ended_report> give_up_key(crypto::uuid id, std::int64_t revision,
                                                       ::store::trail_write trail) override {
        return behind_.give_up_key(id, revision, std::move(trail));
    }
    ::store::result<void> expire(std::int32_t today, std::string epoch, ::store::expiry_line line) override {
        return behind_.expire(today, std::move(epoch), std::move(line));
    }
    ::store::result<::store::changed_report> change(::store::report_change change,
                                                    ::store::trail_write trail) override {
        return behind_.change(std::move(change), std::move(trail));
    }
    ::store::result<std::vector<::store::overdue_report>> overdue(std::int64_t hour) override {
        return behind_.overdue(hour);
    }
    ::store::result<bool> release(::store::overdue_report what, std::int64_t hour,
                                  std::function<std::string(const ::store::head& previous)> line) override {
        return behind_.release(std::move(what), hour, std::move(line));
    }
    ::store::result<::store::added_sighting> add_sighting(::store::sighting what,
                                                          ::store::trail_write trail) override {
        return behind_.add_sighting(std::move(what), std::move(trail));
    }
    ::store::result<::store::attachment> begin_attachment(crypto::uuid id, std::int64_t total) override {
        return behind_.begin_attachment(id, total);
    }
    ::store::result<::store::attachment> add_chunk(crypto::uuid id, ::store::chunk piece) override {
        return behind_.add_chunk(id, std::move(piece));
    }
    ::store::result<::store::attachment> attachment_of(crypto::uuid id) override {
        return behind_.attachment_of(id);
    }
    ::store::result<std::vector<::store::attachment>> attachments(crypto::uuid report) override {
        return behind_.attachments(report);
    }
    ::store::result<::store::chunk> chunk_at(crypto::uuid id, std::int64_t at) override {
        return behind_.chunk_at(id, at);
    }
    ::store::result<std::int64_t> sweep(std::int64_t round) override { return behind_.sweep(round); }
    ::store::result<void> compact(std::int32_t today) override { return behind_.compact(today); }
    bool shared() const override { return behind_.shared(); }
    ::store::result<std::int64_t> generation() override { return behind_.generation(); }
    ::store::result<std::optional<::store::added_report>> earlier_report(crypto::uuid id,
                                                                         crypto::block<32> hash) override {
        return behind_.earlier_report(id, hash);
    }
    ::store::result<::store::report_page> list(::store::list_query query) override {
        return behind_.list(std::move(query));
    }
    ::store::result<::store::stored_report> report(std::string desk, crypto::uuid id) override {
        return behind_.report(std::move(desk), id);
    }
    ::store::result<::store::trust_rows> trust() override { return behind_.trust(); }
    ::store::result<std::string> gids(std::int64_t version) override { return behind_.gids(version); }
    ::store::result<std::string> stand(std::string desk, std::int64_t version) override {
        return behind_.stand(std::move(desk), version);
    }
    ::store::result<bool> add_gids(::store::gids_row row) override {
        return behind_.add_gids(std::move(row));
    }
    ::store::result<::store::added_document> add_membership(::store::membership_row row,
                                                            ::store::trail_write trail) override {
        return behind_.add_membership(std::move(row), std::move(trail));
    }
    ::store::result<::store::added_document> add_epoch_key(::store::epoch_key_row row,
                                                           ::store::trail_write trail) override {
        return behind_.add_epoch_key(std::move(row), std::move(trail));
    }
    ::store::result<::store::added_document> add_stand(::store::stand_row row,
                                                       ::store::trail_write trail) override {
        return behind_.add_stand(std::move(row), std::move(trail));
    }
    ::store::result<std::vector<::store::wrap_row>> wraps(std::string desk, std::string lid) override {
        return behind_.wraps(std::move(desk), std::move(lid));
    }
    ::store::result<::store::head> append(::store::trail_write trail) override {
        return behind_.append(std::move(trail));
    }
    ::store::result<::store::head> head(std::string desk) override { return behind_.head(std::move(desk)); }
    ::store::result<std::vector<std::string>> trail(std::string desk, std::int64_t after,
                                                    std::size_t limit) override {
        return behind_.trail(std::move(desk), after, limit);
    }
    ::store::result<std::vector<std::string>> daily_heads(std::string desk, std::int64_t after) override {
        return behind_.daily_heads(std::move(desk), after);
    }
    ::store::result<std::vector<std::pair<std::string, std::int64_t>>> without_head(
        std::int32_t day) override {
        return behind_.without_head(day);
    }
    ::store::result<void> add_daily_heads(std::vector<::store::daily_head_row> rows) override {
        return behind_.add_daily_heads(std::move(rows));
    }
    ::store::result<bool> keep_nonce(crypto::block<16> mark, std::int64_t until, std::int64_t now) override {
        return behind_.keep_nonce(mark, until, now);
    }
    ::store::result<std::vector<std::pair<crypto::block<16>, std::int64_t>>> kept_nonces() override {
        return behind_.kept_nonces();
    }

  protected:
    ::store::store& behind_;
};

// Says it stored what it threw away.
class forgetful_store final : public changed_store {
  public:
    using changed_store::changed_store;
    ::store::result<::store::added_report> add_report(::store::new_report report) override;
};

// Hands the journal one report at a time, so that each has a commit of its own.
class single_store final : public changed_store {
  public:
    using changed_store::changed_store;
    ::store::result<::store::added_report> add_report(::store::new_report report) override;

  private:
    [[nodiscard]] async::task<void> turn();
    void pass_on();

    std::mutex mutex_;
    bool taken_ = false;
    std::deque<std::function<void()>> waiting_;  // each resumes one who waits, on its own executor
};

}  // namespace bench
