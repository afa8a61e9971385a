#include "server/jobs/retention.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/trail.hpp"

namespace jobs {
namespace {

constexpr int last_call = 3;

fate fate_of(const store::ending_report& report, protocol::day due, protocol::day today) {
    if (today < due) {
        if (due - today <= last_call) return fate::near_3;
        return due - today <= announced_days ? fate::near_14 : fate::waits;
    }
    if (!report.read) return fate::unread;
    if (report.unanswered) return fate::unanswered;
    if (report.hold_until && today <= protocol::day{*report.hold_until}) return fate::held;
    // Nothing goes unannounced, also where nobody ran for weeks.
    const bool told = report.announced && today - protocol::day{*report.announced} >= last_call;
    return told ? fate::destroyed : fate::near_3;
}

// Nobody signs what happens by the clock: the line says by whose decision instead.
std::function<std::string(const store::head&)> line(const planned& one, protocol::day today) {
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = "bewaartermijn";
    entry.handeling = "melding-vernietigd";
    entry.object = one.report.id.text();
    entry.signature_base =
        fmt::format("archiefcategorie: {}\nvastgesteld door: {}\nvastgesteld op: {}\nstatus: {} sinds {}",
                    one.by->category, one.by->approved_by, one.by->approved_on.text(), one.report.status,
                    protocol::day{one.report.since}.text());
    return [entry](const store::head& previous) {
        return protocol::write_line(entry, {previous.line, previous.hash});
    };
}

// The least days that any profile gives: nothing younger has a term that is near.
int shortest(std::span<const profile> profiles) {
    int out = 3650;
    for (const auto& one : profiles) out = std::min({out, one.closed, one.handed_over, one.withdrawn});
    return out;
}

}  // namespace

std::string_view warning(fate of) {
    switch (of) {
        case fate::near_14:
            return "14";
        case fate::near_3:
            return "3";
        case fate::held:
            return "vastgehouden";
        case fate::unread:
            return "ongelezen";
        case fate::unanswered:
            return "bericht";
        case fate::waits:
        case fate::destroyed:
            return {};
    }
    return {};
}

std::vector<planned> plan(std::span<const profile> profiles, std::vector<store::ending_report> ending,
                          protocol::day today, int within) {
    std::vector<planned> out;
    for (auto& report : ending) {
        const auto* by = governing(profiles, report.desk);
        const int days = by ? by->days(report.status) : 0;
        if (days == 0) continue;
        const auto due = protocol::day{report.since} + days;
        if (due - today > within) continue;
        const auto next = fate_of(report, due, today);
        out.push_back({std::move(report), by, due, next});
    }
    std::ranges::sort(out, {}, [](const planned& one) { return std::pair(one.due, one.report.id.bytes); });
    return out;
}

async::task<std::expected<carried_out, store::errc>> retain(const std::vector<profile>& profiles,
                                                            protocol::day today, store::store& store) {
    carried_out out;
    if (!profiles.empty()) {
        auto ending = co_await store.ending((today - shortest(profiles) + announced_days).number);
        if (!ending) co_return std::unexpected(ending.error());
        for (auto& one : plan(profiles, std::move(*ending), today, announced_days)) {
            if (one.next == fate::destroyed) {
                store::destruction how{one.report.id, one.report.status, one.report.since, today.number,
                                       line(one, today)};
                auto gone = co_await store.destroy(std::move(how));
                if (!gone) co_return std::unexpected(gone.error());
                if (*gone) ++out.destroyed;
                continue;
            }
            auto fresh = co_await store.warn(one.report.id, std::string(warning(one.next)), today.number);
            if (!fresh) co_return std::unexpected(fresh.error());
            const bool ahead = one.next == fate::near_14 || one.next == fate::near_3;
            if (*fresh) ++(ahead ? out.announced : out.escalated);
        }
    }
    // Also where nothing is ever destroyed by itself: nobody looked at these.
    auto unread = co_await store.unread((today - 1).number);
    if (!unread) co_return std::unexpected(unread.error());
    for (const auto& one : *unread) {
        if (!one.urgent && today - protocol::day{one.day} < unread_days) continue;
        auto fresh = co_await store.warn(one.id, std::string(warning(fate::unread)), today.number);
        if (!fresh) co_return std::unexpected(fresh.error());
        if (*fresh) ++out.escalated;
    }
    co_return out;
}

}  // namespace jobs
