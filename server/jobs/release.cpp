#include "server/jobs/release.hpp"

#include "crypto/protocol/trail.hpp"
#include "crypto/protocol/trail_actions.hpp"

namespace jobs {
namespace {

// Nobody signs what happens by the clock. Its day, and not the hour, which would tell when it came.
std::function<std::string(const store::head&)> line(const store::overdue_report& report,
                                                    protocol::day today) {
    const auto& form = protocol::form_of(protocol::action::fallback_released);
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = form.clock;
    entry.handeling = form.code;
    entry.object = report.id.text();
    entry.signature_base = "eerste: " + report.first + "\nachtervang: " + report.fallback;
    return [entry](const store::head& previous) {
        return protocol::write_line(entry, {previous.line, previous.hash});
    };
}

}  // namespace

async::task<std::expected<int, store::errc>> release_overdue(std::int64_t now, store::store& store) {
    const auto hour = now / 3600;
    int out = 0;
    for (;;) {
        auto due = co_await store.overdue(hour);
        if (!due) co_return std::unexpected(due.error());
        int some = 0;
        for (const auto& one : *due) {
            auto said = line(one, protocol::day::of(now));
            auto done = co_await store.release(one, hour, std::move(said));
            if (!done) co_return std::unexpected(done.error());
            if (*done) ++some;
        }
        out += some;
        // Some of many, or all: what is still due then another server is at work on.
        if (some == 0) co_return out;
    }
}

}  // namespace jobs
