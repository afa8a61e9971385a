#include "client/desk/trail.hpp"

#include <fmt/format.h>

#include "client/line/problem.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

constexpr std::size_t most_lines = 1000;  // of an answer; fewer: it was the last

std::expected<trail_page, client::errc> read_page(std::string_view body) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    trail_page out;
    for (const auto& text : r.texts("regels", most_lines, 65536)) {
        const auto bytes = crypto::from_b64u(text);
        if (!bytes) return std::unexpected(client::errc::bad_answer);
        out.lines.emplace_back(bytes->begin(), bytes->end());
    }
    out.heads = r.texts("hoofden", 100000, 8192);
    if (!found.empty()) return std::unexpected(client::errc::bad_answer);
    return out;
}

}  // namespace

client::result<protocol::trail_head> read_trail(
    client::session& session, std::int64_t after,
    const std::function<client::result<void>(const trail_page&)>& take) {
    for (;;) {
        auto got = session.get(fmt::format("logboek?na={}", after));
        if (got && got->status != 200)
            return std::unexpected(client::refused("The desk's trail was not fetched", *got));
        if (!got) return std::unexpected(got.error());
        auto page = read_page(got->body);
        if (!page) return std::unexpected(page.error());
        after += static_cast<std::int64_t>(page->lines.size());
        if (auto taken = take(*page); !taken) return std::unexpected(taken.error());
        if (page->lines.size() == most_lines) continue;
        const auto said = protocol::read_head(got->field("logboek"));
        if (!said) return std::unexpected(client::errc::bad_answer);
        return *said;
    }
}

client::result<void> follow_trail(client::session& session) {
    const auto before = session.memory().read();
    if (!before) return std::unexpected(before.error());
    const auto heads = before->trails.find(session.desk());
    if (heads == before->trails.end() || heads->second.size() < 2) return {};
    const auto hour = protocol::system_clock().now() / 3600;
    if (const auto last = before->followed.find(session.desk());
        last != before->followed.end() && last->second == hour)
        return {};
    protocol::trail_followed followed(heads->second);
    const auto refused = [&session]() -> std::unexpected<client::refusal> {
        if (auto raised = session.raise_alarm(); !raised) return std::unexpected(raised.error());
        return client::refuse(
            "The audit trail no longer contains what this machine saw of it: it was cut or rewritten. Keep "
            "this "
            "output, run baken desk audit, and tell the administrator and the people who oversee the desk.");
    };
    const auto said =
        read_trail(session, followed.at().regel, [&](const trail_page& page) -> client::result<void> {
            for (const auto& line : page.lines)
                if (!followed.take(line)) return refused();
            return {};
        });
    if (!said) return std::unexpected(said.error());
    if (!followed.end() || *said != followed.at()) return refused();
    return session.memory().change([&](protocol::seen& seen) -> client::result<void> {
        protocol::remember_followed(seen, session.desk(), followed.at(), heads->second);
        seen.followed[session.desk()] = hour;
        return {};
    });
}

}  // namespace desk
