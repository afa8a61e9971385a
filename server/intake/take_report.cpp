#include "server/intake/take_report.hpp"

#include <algorithm>
#include <chrono>

#include "server/guide/urgent.hpp"
#include "server/trust/judge_key.hpp"

namespace intake {
namespace {

using protocol::recipient;

}  // namespace

void judge(const protocol::posted_report& report, const trust::snapshot& now, protocol::day today,
           protocol::faults& found) {
    const auto& list = report.envelope.ontvangers;
    const auto& gids = now.directory.newest();
    auto first = std::find_if(list.begin(), list.end(), [](const recipient& r) { return r.rol == "eerste"; });
    const auto* owner = first == list.end() ? nullptr : gids.desk(first->desk());
    for (std::size_t i = 0; i < list.size(); ++i) {
        std::string at = "/ontvangers/" + std::to_string(i);
        std::string_view desk = list[i].desk();
        if (desk.empty()) continue;  // a mailbox, or unreadable: said already
        if (!gids.desk(desk)) {
            found.push_back({at + "/voor", "loket", "There is no such desk in the directory."});
            continue;
        }
        trust::judge_key(list[i], desk, at, now, today, found);
        if (list[i].rol == "achtervang" && owner && owner->achtervang != desk)
            found.push_back(
                {at + "/voor", "achtervang", "The directory names another fallback desk for the first one."});
    }
    for (std::size_t i = 0; i < report.bijlagen.size(); ++i)
        found.push_back({"/bijlagen/" + std::to_string(i), "bijlage",
                         "There is no such attachment waiting; upload it first."});
}

namespace {

// The first desk's promised day, and until when a fallback waits for it; whether it need not wait at all.
bool put_terms(store::new_report& report, const terms& terms, std::int64_t now) {
    const auto& staffing = *terms.staffing;
    const auto first = std::ranges::find(report.recipients, "eerste", &store::recipient_row::role);
    if (first == report.recipients.end()) return false;
    const auto answer = std::chrono::sys_days(guide::answer_day(staffing, first->desk, report.urgent, now));
    report.term = static_cast<std::int32_t>(answer.time_since_epoch().count());
    bool at_once = false;
    for (auto& to : report.recipients) {
        if (to.role != "achtervang") continue;
        const auto until = guide::fallback_hour(staffing, first->desk, to.desk, now);
        // A page that was read for a while named the hour before.
        const bool as_shown = terms.shown && !until.at_once &&
                              (*terms.shown == until.hour || *terms.shown == until.hour - 1) &&
                              *terms.shown * 3600 > now;
        to.release_hour = as_shown ? *terms.shown : until.hour;
        at_once = at_once || until.at_once;
    }
    return at_once;
}

store::new_report row_of(const protocol::posted_report& report, crypto::block<32> request_hash,
                         std::int64_t now) {
    store::new_report out;
    out.id = report.envelope.id;
    out.request_hash = request_hash;
    out.day = protocol::day::of(now).number;
    out.urgent = report.spoed;
    out.mailbox = report.mailbox_key;
    for (const auto& to : report.envelope.ontvangers)
        out.recipients.push_back(
            {std::string(to.desk()), to.rol, to.epoch->text(), to.sleutel, to.sealed_key});
    return out;
}

}  // namespace

async::task<stored> take_report(protocol::posted_report report, protocol::faults found,
                                crypto::block<32> request_hash, std::shared_ptr<const trust::snapshot> now,
                                std::int64_t clock, terms terms, trust::registry& registry,
                                store::store& store) {
    const auto today = protocol::day::of(clock);
    // Documents change a few times a day; twice in a row between judging and storing is somebody at play.
    for (int attempts = 3;; --attempts) {
        judge(report, *now, today, found);
        // What is stored needs every part of it, whatever was or was not said above.
        for (const auto& to : report.envelope.ontvangers)
            if (found.empty() && (!to.epoch || to.desk().empty()))
                found.push_back({"/ontvangers", "formaat", "A recipient is not complete."});
        if (!found.empty()) co_return std::unexpected(refused(std::move(found)));
        auto row = row_of(report, request_hash, clock);
        const bool at_once = put_terms(row, terms, clock);
        if (store.shared()) {
            row.generation = now->generation;
            row.body = report.envelope.body;
        } else {
            row.body = std::move(report.envelope.body);
        }
        std::optional<std::int64_t> hour;
        for (const auto& to : row.recipients)
            if (to.release_hour) hour = to.release_hour;
        auto added = co_await store.add_report(std::move(row));
        // Who hands out keys by the hour does it now.
        if (added && at_once) store.arrivals().ring(store::hour_bell);
        if (added && added->fresh) added->release_hour = hour;
        if (added) co_return *added;
        if (added.error() != store::errc::trust_changed || attempts == 0)
            co_return std::unexpected(refused(added.error()));
        if (auto read = co_await registry.freshen(); !read) co_return std::unexpected(refused(read.error()));
        now = registry.now();
    }
}

}  // namespace intake
