#include "server/jobs/retention.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "crypto/protocol/trail.hpp"
#include "crypto/protocol/trail_actions.hpp"

namespace jobs {
namespace {

constexpr int last_call = 3;

fate fate_of(const store::ending_report& report, protocol::day due, protocol::day today) {
    if (today < due) {
        if (due - today <= last_call) return fate::near_3;
        return due - today <= announced_days ? fate::near_14 : fate::waits;
    }
    if (!report.opened) return fate::unread;
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
    const auto& form = protocol::form_of(protocol::action::report_destroyed);
    entry.lid = form.clock;
    entry.handeling = form.code;
    entry.object = one.report.id.text();
    entry.signature_base =
        fmt::format("archiefcategorie: {}\nvastgesteld door: {}\nvastgesteld op: {}\nstatus: {} sinds {}",
                    one.by->category, one.by->approved_by, one.by->approved_on.text(), one.report.status,
                    protocol::day{one.report.since}.text());
    return [entry](const store::head& previous) {
        return protocol::write_line(entry, {previous.line, previous.hash});
    };
}

// The least days that any profile gives a status: nothing younger has a term that is near.
int shortest(std::span<const profile> profiles, std::string_view status) {
    int out = 3650;
    for (const auto& one : profiles) out = std::min(out, one.days(status));
    return out;
}

// Notes what the plan says to tell, a kind at a time.
async::task<std::expected<int, store::errc>> tell(std::map<fate, std::vector<crypto::uuid>> all,
                                                  protocol::day today, store::store& store) {
    int fresh = 0;
    for (auto& [next, ids] : all) {
        auto told = co_await store.warn(std::move(ids), std::string(warning(next)), today.number);
        if (!told) co_return std::unexpected(told.error());
        fresh += *told;
    }
    co_return fresh;
}

// What is due of one status.
async::task<std::expected<carried_out, store::errc>> retain(std::span<const profile> profiles,
                                                            std::string status, protocol::day today,
                                                            store::store& store) {
    carried_out out;
    const auto since = today - shortest(profiles, status) + announced_days;
    auto ending = co_await store.ending(std::move(status), since.number);
    if (!ending) co_return std::unexpected(ending.error());
    std::map<fate, std::vector<crypto::uuid>> ahead, instead;
    for (auto& one : plan(profiles, std::move(*ending), today, announced_days)) {
        if (one.next != fate::destroyed) {
            const bool near = one.next == fate::near_14 || one.next == fate::near_3;
            (near ? ahead : instead)[one.next].push_back(one.report.id);
            continue;
        }
        store::destruction how{one.report.id, one.report.status, one.report.since, today.number,
                               line(one, today)};
        auto gone = co_await store.destroy(std::move(how));
        if (!gone) co_return std::unexpected(gone.error());
        if (*gone) ++out.destroyed;
    }
    auto announced = co_await tell(std::move(ahead), today, store);
    if (!announced) co_return std::unexpected(announced.error());
    auto escalated = co_await tell(std::move(instead), today, store);
    if (!escalated) co_return std::unexpected(escalated.error());
    out.announced = *announced;
    out.escalated = *escalated;
    co_return out;
}

// By nobody's decision: whoever could open it said that it does not.
std::function<std::string(const store::head&)> line(const store::unopenable_report& one,
                                                    protocol::day today) {
    const auto& form = protocol::form_of(protocol::action::report_destroyed);
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = form.clock;
    entry.handeling = form.code;
    entry.object = one.id.text();
    entry.signature_base =
        fmt::format("geen loket kan dit openen\nsinds {}", protocol::day{one.since}.text());
    return [entry](const store::head& previous) {
        return protocol::write_line(entry, {previous.line, previous.hash});
    };
}

async::task<std::expected<int, store::errc>> destroy_unopenable(protocol::day today, store::store& store) {
    auto all = co_await store.unopenable((today - unopenable_days).number, today.number);
    if (!all) co_return std::unexpected(all.error());
    int out = 0;
    for (const auto& one : *all) {
        store::unopenable_destruction how{one, today.number, line(one, today)};
        auto gone = co_await store.destroy(std::move(how));
        if (!gone) co_return std::unexpected(gone.error());
        if (*gone) ++out;
    }
    co_return out;
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

std::optional<protocol::day> end_of(std::span<const profile> profiles, const store::listed_report& report,
                                    protocol::day today) {
    const auto* by = governing(profiles, report.first);
    const int days = by && report.since && report.opened && report.unread == 0 ? by->days(report.status) : 0;
    std::optional<protocol::day> out;
    if (days > 0) {
        const auto told = report.announced ? protocol::day{*report.announced} : today;
        out = std::max(protocol::day{*report.since} + days, told + last_call);
    }
    if (report.unopenable) {
        const auto gone = protocol::day{*report.unopenable} + unopenable_days;
        out = out ? std::min(*out, gone) : gone;
    }
    if (out && report.hold) out = std::max(*out, protocol::day{report.hold->until} + 1);
    return out;
}

store::expiry_line keys_destroyed(protocol::day today) {
    const auto& form = protocol::form_of(protocol::action::keys_destroyed);
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = form.clock;
    entry.handeling = form.code;
    entry.signature_base = "niets is meer verzegeld met deze sleutels";
    return [entry](const store::head& previous, const std::string& epochs) {
        auto out = entry;
        out.object = epochs;
        return protocol::write_line(out, {previous.line, previous.hash});
    };
}

// Also where nothing is ever destroyed by itself: nobody looked at these.
async::task<std::expected<int, store::errc>> tell_unread(protocol::day today, store::store& store) {
    int out = 0;
    for (;;) {
        auto unread = co_await store.unread((today - unread_days).number, (today - 1).number);
        if (!unread) co_return std::unexpected(unread.error());
        if (unread->empty()) co_return out;
        std::vector<crypto::uuid> ids;
        for (const auto& one : *unread) ids.push_back(one.id);
        auto fresh = co_await store.warn(std::move(ids), std::string(warning(fate::unread)), today.number);
        if (!fresh) co_return std::unexpected(fresh.error());
        out += *fresh;
    }
}

async::task<std::expected<carried_out, store::errc>> retain(const std::vector<profile>& profiles,
                                                            protocol::day today, store::store& store) {
    carried_out out;
    for (const char* status : {"afgesloten", "overgedragen", "ingetrokken"}) {
        if (profiles.empty()) break;
        auto done = co_await retain(profiles, status, today, store);
        if (!done) co_return std::unexpected(done.error());
        out.destroyed += done->destroyed;
        out.announced += done->announced;
        out.escalated += done->escalated;
    }
    auto gone = co_await destroy_unopenable(today, store);
    if (!gone) co_return std::unexpected(gone.error());
    out.destroyed += *gone;
    co_return out;
}

}  // namespace jobs
