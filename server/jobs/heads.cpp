#include "server/jobs/heads.hpp"

#include <algorithm>

#include "base/watch/log.hpp"
#include "crypto/protocol/daily_head.hpp"

namespace jobs {
namespace {

constexpr std::size_t page = 1000;

// The last line of that day or before, from the line of the newest head on. Nothing where there is none.
async::task<std::expected<protocol::trail_head, store::errc>> last_of(std::string desk, std::int64_t from,
                                                                      protocol::day day,
                                                                      store::store& store) {
    protocol::trail_head out, at{std::max<std::int64_t>(from - 1, 0), {}};
    for (;;) {
        auto lines = co_await store.trail(desk, at.regel, page);
        if (!lines) co_return std::unexpected(lines.error());
        for (const auto& bytes : *lines) {
            const auto line = protocol::parse_line(bytes);
            if (!line) co_return std::unexpected(store::errc::damaged);
            if (day < line->dag) co_return out;
            out = at = protocol::head_of(at.regel + 1, bytes);
        }
        if (lines->size() < page) co_return out;
    }
}

}  // namespace

async::task<std::expected<int, store::errc>> publish_heads(const crypto::sign_keys& log_key, protocol::day of,
                                                           store::store& store) {
    auto due = co_await store.without_head(of.number);
    if (!due) co_return std::unexpected(due.error());
    std::vector<store::daily_head_row> rows;
    for (const auto& [desk, line] : *due) {
        auto last = co_await last_of(desk, line, of, store);
        if (!last && last.error() != store::errc::damaged) co_return std::unexpected(last.error());
        if (!last)
            watch::fault("the trail of this desk cannot be read: run baken admin check",
                         {{"desk", watch::configured{desk}}});
        if (!last || last->regel == 0) continue;
        protocol::daily_head head;
        head.loket = desk;
        head.datum = of;
        head.head = *last;
        protocol::sign_document(head, log_key);
        rows.push_back({desk, of.number, head.head.regel, std::move(head.token)});
    }
    const auto count = static_cast<int>(rows.size());
    if (count == 0) co_return 0;
    auto kept = co_await store.add_daily_heads(std::move(rows));
    if (!kept) co_return std::unexpected(kept.error());
    co_return count;
}

}  // namespace jobs
