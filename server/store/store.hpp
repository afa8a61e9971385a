// The store: the one interface to what lasts, whichever engine is behind it. A write's answer comes
// after it is durable, never before. Every write that a signed request asked for grows that desk's
// trail in the same transaction.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/async/bell.hpp"
#include "base/async/task.hpp"
#include "server/store/errc.hpp"
#include "server/store/orders.hpp"
#include "server/store/rows.hpp"

namespace store {

inline constexpr std::string_view trust_bell = ":vertrouwen";  // no desk has such an id
inline constexpr std::string_view hour_bell = ":uur";          // nor this one

template <class T>
using result = async::task<std::expected<T, errc>>;

class store {
  public:
    store() = default;
    store(const store&) = delete;
    store& operator=(const store&) = delete;
    virtual ~store() = default;

    // Makes what is queued durable and answers it, then takes no write and no read any more (closed). The
    // executors of those who wait must still be there. Called before the server's threads' contexts go.
    virtual void close() = 0;
    // Whether a write would be refused with `busy` now, because the queue is full or the disk stands still;
    // asked before a body is read. From any thread, as the next.
    [[nodiscard]] virtual bool full() const = 0;
    // How much of what may wait to be written does: 0 to 1.
    [[nodiscard]] virtual double pressure() const = 0;
    // Rings a desk's id when a report for it is durable, whichever server took it, and `trust_bell` when
    // another server may have taken a document of trust. Who stores a report whose fallback reads at once
    // rings `hour_bell`.
    [[nodiscard]] virtual async::bell& arrivals() = 0;
    // Whether other servers write into it too.
    [[nodiscard]] virtual bool shared() const = 0;

    // Reports. id_taken, mailbox_taken, attachment_missing, trust_changed.
    [[nodiscard]] virtual result<added_report> add_report(new_report report) = 0;
    // What add_report would answer to the same id and bytes again; nothing where there is no such report.
    // id_taken.
    [[nodiscard]] virtual result<std::optional<added_report>> earlier_report(
        crypto::uuid id, crypto::block<32> request_hash) = 0;
    [[nodiscard]] virtual result<report_page> list(list_query query) = 0;
    // not_found for a report that this desk does not have, or may not have yet; damaged for one whose bytes
    // are not those that were stored.
    [[nodiscard]] virtual result<stored_report> report(std::string desk, crypto::uuid id) = 0;
    // not_found unless this desk is its first, or only its key is sealed anew; stale where it has another
    // revision; trust_changed. It comes again at the end of the list of every desk that has it, as after
    // whatever else changes its row, and their bells ring.
    [[nodiscard]] virtual result<changed_report> change(report_change change, trail_write trail) = 0;
    // What an officer says of a report that their desk has. Said by the first desk, geopend ends its hour,
    // and niet-te-openen gives its fallback the key at once; by another desk it is a line in the trail.
    // not_found; id_taken.
    [[nodiscard]] virtual result<added_sighting> add_sighting(sighting what, trail_write trail) = 0;
    // Orders to destroy a report (protocol §11). What its end depends on: not_found.
    [[nodiscard]] virtual result<::store::end_state> end_state(std::string desk, crypto::uuid id) = 0;
    // An order by a member of its first desk, whose line it leaves there, and one at each other desk that has
    // the report. not_found, stale, on_hold, too_many.
    [[nodiscard]] virtual result<placed_order> order(new_order order, trail_write trail,
                                                     line_elsewhere elsewhere) = 0;
    // Its confirmation by another: destroys it as the term does. not_found, stale, needs_lead.
    [[nodiscard]] virtual result<ended_report> confirm(confirmation by, trail_write trail,
                                                       line_elsewhere elsewhere) = 0;
    // Orders that time alone carries out, and whose days are over; and that. False where it is not so any
    // more.
    [[nodiscard]] virtual result<std::vector<due_order>> due_orders(std::int32_t today) = 0;
    [[nodiscard]] virtual result<bool> carry_out_order(
        due_order order, std::int32_t today, std::function<std::string(const head& previous)> line) = 0;
    // A desk that shares a report takes its own sealed key away. not_found, stale.
    [[nodiscard]] virtual result<ended_report> give_up_key(crypto::uuid id, std::int64_t revision,
                                                           trail_write trail) = 0;
    // Reports whose fallback's key may be released at this hour (since 1970-01-01), and its release: once,
    // with a line for each of both trails, and a ring of the bells. False where it is not so any more.
    [[nodiscard]] virtual result<std::vector<overdue_report>> overdue(std::int64_t hour) = 0;
    [[nodiscard]] virtual result<bool> release(overdue_report what, std::int64_t hour,
                                               std::function<std::string(const head& previous)> line) = 0;

    // Attachments. begin_attachment says how much of it is there already, for an upload that goes on;
    // id_taken where a report has it, or it was begun with another size. add_chunk: wrong_offset, not_found,
    // id_taken. What no report claims is gone after one to two sweeps, counted from the last piece.
    [[nodiscard]] virtual result<attachment> begin_attachment(crypto::uuid id, std::int64_t total) = 0;
    [[nodiscard]] virtual result<attachment> add_chunk(crypto::uuid id, chunk piece) = 0;
    [[nodiscard]] virtual result<attachment> attachment_of(crypto::uuid id) = 0;
    // Those of a report, by index, without those of its messages.
    [[nodiscard]] virtual result<std::vector<attachment>> attachments(crypto::uuid report) = 0;
    // The piece in which this byte lies. not_found past the end; damaged where it is not what was stored.
    [[nodiscard]] virtual result<chunk> chunk_at(crypto::uuid attachment, std::int64_t at) = 0;
    // Takes away what nobody claimed, if the round of sweeps is still this one; the round that it is then.
    // Called by each server an hour after it saw that round.
    [[nodiscard]] virtual result<std::int64_t> sweep(std::int64_t round) = 0;

    // Reports whose retention runs: in this status, an ending one, since that day or longer.
    [[nodiscard]] virtual result<std::vector<ending_report>> ending(std::string status,
                                                                    std::int32_t since) = 0;
    // Reports that nobody of their first desk opened, and about which that was not noted yet: those that came
    // on that day or before, and urgent ones until the other. Some of them, if there are many.
    [[nodiscard]] virtual result<std::vector<unread_report>> unread(std::int32_t day,
                                                                    std::int32_t urgent) = 0;
    // Notes a warning about the end of each of these; how many of them it was not noted about before, on this
    // day or an earlier one.
    [[nodiscard]] virtual result<int> warn(std::vector<crypto::uuid> ids, std::string kind,
                                           std::int32_t today) = 0;
    // Destroys it with its keys, thread and warnings; what is left are its id for repeats and restores, a
    // shell without it, a counter, and a line in the trail of each of its desks: all in one transaction.
    // False where it is not so any more: gone, in another status, on hold, never opened, or with a message
    // nobody read.
    [[nodiscard]] virtual result<bool> destroy(destruction how) = 0;
    // Reports that no desk that has them can open, since that day or longer, and not on hold on `today`; and
    // their end, as the one above. False where it is not so any more.
    [[nodiscard]] virtual result<std::vector<unopenable_report>> unopenable(std::int32_t since,
                                                                            std::int32_t today) = 0;
    [[nodiscard]] virtual result<bool> destroy(unopenable_destruction how) = 0;
    // Takes away what outlived its own term: shells, ids of destroyed reports, and the wraps of each epoch
    // before this one that no report is sealed to any more that a desk can open, but those of a desk's
    // newest, and none from the newest on that any report is sealed to; documents that no stand
    // listed within waiting_days.
    [[nodiscard]] virtual result<void> expire(std::int32_t today, std::string epoch, expiry_line line) = 0;

    // Brings what came before today into random order, and overwrites what tells the old one (protocol §8):
    // row by row between other writes, so that nobody waits. A desk finds such a report again behind its
    // cursor. busy: all is in order, but something still holds what is to be overwritten; do it again later.
    [[nodiscard]] virtual result<void> compact(std::int32_t today) = 0;

    // Documents of trust. wrong_version where it does not follow; verified by the caller.
    [[nodiscard]] virtual result<trust_rows> trust() = 0;
    // trust_rows::generation alone.
    [[nodiscard]] virtual result<std::int64_t> generation() = 0;
    [[nodiscard]] virtual result<std::string> gids(std::int64_t version) = 0;
    [[nodiscard]] virtual result<std::string> stand(std::string desk, std::int64_t version) = 0;
    [[nodiscard]] virtual result<bool> add_gids(gids_row row) = 0;
    [[nodiscard]] virtual result<added_document> add_membership(membership_row row, trail_write trail) = 0;
    [[nodiscard]] virtual result<added_document> add_epoch_key(epoch_key_row row, trail_write trail) = 0;
    [[nodiscard]] virtual result<added_document> add_stand(stand_row row, trail_write trail) = 0;
    // Of one member at one desk.
    [[nodiscard]] virtual result<std::vector<wrap_row>> wraps(std::string desk, std::string lid) = 0;

    // The trail.
    [[nodiscard]] virtual result<::store::head> append(trail_write trail) = 0;
    [[nodiscard]] virtual result<::store::head> head(std::string desk) = 0;
    [[nodiscard]] virtual result<std::vector<std::string>> trail(std::string desk, std::int64_t after,
                                                                 std::size_t limit) = 0;
    // Its signed daily heads behind this line.
    [[nodiscard]] virtual result<std::vector<std::string>> daily_heads(std::string desk,
                                                                       std::int64_t after) = 0;
    // Desks with a trail but without a daily head of this day, each with the line of its newest head (0:
    // none).
    [[nodiscard]] virtual result<std::vector<std::pair<std::string, std::int64_t>>> without_head(
        std::int32_t day) = 0;
    // Kept unless there is one of that desk and day already: of several servers the first is kept.
    [[nodiscard]] virtual result<void> add_daily_heads(std::vector<daily_head_row> rows) = 0;

    // Nonces of signed requests, on a server of its own only those ahead of our clock: kept over a restart,
    // until `until` (Unix seconds) by every server's clock. False when it was kept before. Those an hour past
    // `now` are forgotten: so far a clock may run ahead of another.
    [[nodiscard]] virtual result<bool> keep_nonce(crypto::block<16> mark, std::int64_t until,
                                                  std::int64_t now) = 0;
    [[nodiscard]] virtual result<std::vector<std::pair<crypto::block<16>, std::int64_t>>> kept_nonces() = 0;
};

}  // namespace store
