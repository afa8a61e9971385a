#include "server/intake/take_report.hpp"

#include <algorithm>

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

store::new_report row_of(const protocol::posted_report& report, crypto::block<32> request_hash,
                         std::int64_t now) {
    constexpr std::int64_t hour = 3600;
    store::new_report out;
    out.id = report.envelope.id;
    out.request_hash = request_hash;
    out.day = protocol::day::of(now).number;
    out.urgent = report.spoed;
    out.mailbox = report.mailbox_key;
    for (const auto& to : report.envelope.ontvangers)
        out.recipients.push_back(
            {std::string(to.desk()), to.rol, to.epoch->text(), to.sleutel, to.sealed_key});
    // Rounded up to the full hour (protocol §8).
    for (auto& to : out.recipients)
        if (to.role == "achtervang") to.release_hour = (now + hour - 1) / hour + unread_hours;
    return out;
}

}  // namespace

async::task<stored> take_report(protocol::posted_report report, protocol::faults found,
                                crypto::block<32> request_hash, std::shared_ptr<const trust::snapshot> now,
                                std::int64_t clock, trust::registry& registry, store::store& store) {
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
        if (store.shared()) {
            row.generation = now->generation;
            row.body = report.envelope.body;
        } else {
            row.body = std::move(report.envelope.body);
        }
        auto added = co_await store.add_report(std::move(row));
        if (added) co_return *added;
        if (added.error() != store::errc::trust_changed || attempts == 0)
            co_return std::unexpected(refused(added.error()));
        if (auto read = co_await registry.freshen(); !read) co_return std::unexpected(refused(read.error()));
        now = registry.now();
    }
}

}  // namespace intake
