#include "desk/audit.hpp"

#include <set>

#include <fmt/format.h>

#include "client/problem.hpp"
#include "client/session.hpp"
#include "crypto/protocol/audit.hpp"
#include "crypto/protocol/daily_head.hpp"
#include "crypto/protocol/faults.hpp"
#include "desk/print.hpp"

namespace desk {
namespace {

constexpr std::size_t most_lines = 1000;  // of an answer; fewer: it was the last

struct trail_page {
    std::vector<std::string> lines;  // their bytes
    std::vector<std::string> heads;  // tokens
};

std::expected<trail_page, client::errc> read_trail_page(std::string_view body) {
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

client::result<client::answer> get(client::session& session, const std::string& rest) {
    auto got = session.get(rest);
    if (!got || got->status == 200) return got;
    return std::unexpected(client::refused("The desk's trail was not fetched", *got));
}

client::result<std::vector<std::string>> members(client::session& session) {
    auto got = get(session, "leden");
    if (!got) return std::unexpected(got.error());
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
    for (;;) {
        auto got = get(session, fmt::format("logboek?na={}", audit.head().regel));
        if (!got) return std::unexpected(got.error());
        auto page = read_trail_page(got->body);
        if (!page) return std::unexpected(page.error());
        heads.expect(page->heads, audit);
        for (const auto& line : page->lines) audit.take(line);
        if (page->lines.size() == most_lines) continue;
        // The last answer's own line is the last of the trail.
        const auto said = protocol::read_head(got->field("logboek"));
        if (!said || *said != audit.head())
            return client::refuse(
                "The server shows a trail that does not end where it says it ends; tell a lead, and do not "
                "trust it.");
        return {};
    }
}

}  // namespace

client::result<void> audit(const audit_order& order) {
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto session = client::session::open(*profile);
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
        judge.expect(seen->second, "this machine");
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
    if (!print(fmt::format("{} {}\n{} lines, {} daily heads: whole\n", session->desk(),
                           protocol::write_head(head), head.regel, heads.known.size())))
        return client::refuse("The trail is whole, but standard output is closed or full.");
    return {};
}

}  // namespace desk
