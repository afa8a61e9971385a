#include "desk/audit.hpp"

#include <set>
#include <span>

#include <fmt/format.h>

#include "client/problem.hpp"
#include "crypto/protocol/audit.hpp"
#include "crypto/protocol/daily_head.hpp"
#include "crypto/protocol/faults.hpp"
#include "desk/print.hpp"
#include "desk/session_of.hpp"
#include "desk/trail.hpp"

namespace desk {
namespace {

client::result<std::vector<std::string>> members(client::session& session) {
    auto got = session.get("leden");
    if (!got) return std::unexpected(got.error());
    if (got->status != 200)
        return std::unexpected(client::refused("The desk's members were not fetched", *got));
    auto object = protocol::parse_object(got->body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    auto out = r.texts("leden", 10000, 8192);
    if (!found.empty()) return std::unexpected(client::errc::bad_answer);
    return out;
}

// Daily heads that a log key of one of these directories signed; how many others there were.
struct day_heads {
    const std::vector<protocol::gids>& directories;
    const std::string& desk;
    std::set<std::string> known{};
    std::size_t foreign = 0;

    void expect(const std::vector<std::string>& tokens, protocol::audit& audit) {
        for (const auto& token : tokens) {
            if (!known.insert(token).second) continue;
            bool ours = false;
            for (const auto& one : directories) {
                const auto head = protocol::read_daily_head(token, one.logboek);
                if (!head || head->loket != desk) continue;
                audit.expect(head->head, "the daily head of " + head->datum.text());
                ours = true;
                break;
            }
            if (!ours) ++foreign;
        }
    }
};

client::result<void> read_whole(client::session& session, protocol::audit& audit, day_heads& heads) {
    const auto said = read_trail(session, 0, [&](const trail_page& page) -> client::result<void> {
        heads.expect(page.heads, audit);
        for (const auto& line : page.lines) audit.take(line);
        return {};
    });
    if (!said) return std::unexpected(said.error());
    if (*said == audit.head()) return {};
    return client::refuse(
        "The server shows a trail that does not end where it says it ends; tell a lead, and do not trust "
        "it.");
}

}  // namespace

client::result<void> audit(const audit_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto before = session->memory().read();
    if (!before) return std::unexpected(before.error());
    auto published = session->directory();
    if (!published) return std::unexpected(published.error());
    auto directories = client::fetch_history(session->line(), published->directory.newest());
    if (!directories) return std::unexpected(directories.error());
    auto people = members(*session);
    if (!people) return std::unexpected(people.error());

    const auto signers = protocol::signers_of(session->desk(), *directories, *people);
    protocol::audit judge(session->desk(), signers);
    if (const auto seen = before->trails.find(session->desk()); seen != before->trails.end())
        for (const auto& head : seen->second) judge.expect(head, "this machine");
    day_heads heads{*directories, session->desk()};
    if (auto done = read_whole(*session, judge, heads); !done) return done;
    const auto head = judge.head();
    const auto faults = judge.finish();
    for (const auto& fault : faults) print_error(fmt::format("{}\n", escaped_line(fault.sentence)));
    if (heads.foreign > 0)
        print_error(
            fmt::format("{} daily heads are not signed with a log key of the directory\n", heads.foreign));
    if (!faults.empty() || heads.foreign > 0)
        return client::refuse(
            "The trail is not whole: somebody changed it. Keep this output, and tell the administrator and "
            "whoever oversees the desk.");
    auto kept = session->memory().change([&](protocol::seen& seen) -> client::result<void> {
        const auto judged = before->trails.find(session->desk());
        protocol::remember_followed(
            seen, session->desk(), head,
            judged == before->trails.end() ? std::span<const protocol::trail_head>() : judged->second);
        return {};
    });
    if (!kept) return kept;
    if (!print(fmt::format("{} {}\n{} lines, {} daily heads: whole\n", session->desk(),
                           protocol::write_head(head), head.regel, heads.known.size())))
        return client::refuse("The trail is whole, but standard output is closed or full.");
    return {};
}

}  // namespace desk
