#include "server/jobs/release.hpp"

#include "server/inbox/release_line.hpp"

namespace jobs {
namespace {

std::function<std::string(const store::head&)> line(const store::overdue_report& report,
                                                    protocol::day today) {
    return [report, today](const store::head& previous) {
        return inbox::release_line(previous, report.id, report.first, report.fallback, report.hour, today);
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
