#include "client/desk/audit.hpp"

#include <functional>
#include <set>
#include <span>

#include <fmt/format.h>

#include "client/desk/local_names.hpp"
#include "client/desk/session_of.hpp"
#include "client/desk/trail.hpp"
#include "client/line/problem.hpp"
#include "client/print.hpp"
#include "crypto/protocol/audit.hpp"
#include "crypto/protocol/daily_head.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/trail_shown.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

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

// shown: of each line, where they are asked for.
client::result<void> read_whole(client::session& session, protocol::audit& audit, day_heads& heads,
                                const std::function<void(const protocol::trail_line&)>& shown) {
    const auto said = read_trail(session, 0, [&](const trail_page& page) -> client::result<void> {
        heads.expect(page.heads, audit);
        for (const auto& bytes : page.lines) {
            audit.take(bytes);
            if (!shown) continue;
            if (const auto line = protocol::parse_line(bytes)) shown(*line);
        }
        return {};
    });
    if (!said) return std::unexpected(said.error());
    if (*said == audit.head()) return {};
    return client::refuse(
        "The server shows a trail that does not end where it says it ends; tell a lead, and do not trust "
        "it.");
}

// The query with a local name made the id it stands for.
client::result<protocol::trail_query> resolved(protocol::trail_query query, const local_names& names) {
    if (query.member.empty()) return query;
    if (const auto lid = names.called(query.member)) query.member = lid->text();
    if (auto fault = protocol::fault_of(query); !fault.empty())
        return client::refuse(fmt::format("Nobody, or more than one, is called '{}' on this machine, and it "
                                          "is not an id; baken desk names "
                                          "lists them.",
                                          escaped_line(query.member)),
                              client::wrong_use);
    return query;
}

std::string name_of(const protocol::trail_line& line, const local_names& names) {
    const auto lid = crypto::uuid::parse(line.lid);
    return lid ? names.of(*lid) : std::string();
}

std::string in_words(const protocol::trail_line& line, const local_names& names) {
    const auto name = name_of(line, names);
    const auto who = name.empty() ? line.lid : fmt::format("{} ({})", name, line.lid.substr(0, 8));
    return escaped_line(protocol::in_words(line, who)) + "\n";
}

json::object as_json(const protocol::trail_line& line, const local_names& names) {
    const auto [object, refusal] = protocol::split_object(line.object);
    json::object out{{"regel", line.regel},
                     {"dag", line.dag.text()},
                     {"lid", line.lid},
                     {"naam", name_of(line, names)},
                     {"handeling", line.handeling},
                     {"woorden", json::string(protocol::words_of(line.handeling))},
                     {"object", json::string(object)},
                     {"geweigerd", nullptr}};
    if (!refusal.empty()) out["geweigerd"] = json::string(refusal);
    return out;
}

json::object summary(const std::string& desk, const protocol::trail_head& head, std::size_t days,
                     const std::vector<protocol::audit_fault>& faults, std::size_t foreign) {
    json::array list;
    for (const auto& fault : faults)
        list.push_back(json::object{{"regel", fault.regel}, {"fout", fault.sentence}});
    return {{"loket", desk},      {"regel", head.regel},          {"hash", head.hash},
            {"daghoofden", days}, {"vreemdeDaghoofden", foreign}, {"fouten", std::move(list)}};
}

}  // namespace

client::result<void> audit(const audit_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    const auto names = local_names::read(session->memory(), session->desk());
    if (!names) return std::unexpected(names.error());
    const auto query = resolved(order.query, *names);
    if (!query) return std::unexpected(query.error());
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
    std::string shown;
    json::array lines;
    std::function<void(const protocol::trail_line&)> show;
    if (order.show)
        show = [&](const protocol::trail_line& line) {
            if (!query->admits(line)) return;
            if (order.json)
                lines.push_back(as_json(line, *names));
            else
                shown += in_words(line, *names);
        };
    if (auto done = read_whole(*session, judge, heads, show); !done) return done;
    const auto head = judge.head();
    const auto faults = judge.finish();
    if (order.json) {
        auto out = summary(session->desk(), head, heads.known.size(), faults, heads.foreign);
        if (order.show) out["regels"] = std::move(lines);
        shown = protocol::to_text(out) + "\n";
    }
    if (!print(shown))
        return client::refuse("Standard output is closed or full; the trail was not shown whole.");
    for (const auto& fault : faults) print_error(fmt::format("{}\n", escaped_line(fault.sentence)));
    if (heads.foreign > 0)
        print_error(
            fmt::format("{} daily heads are not signed with a log key of the directory\n", heads.foreign));
    if (!faults.empty() || heads.foreign > 0) {
        if (auto raised = session->raise_alarm(); !raised) return raised;
        return client::refuse(
            "The trail is not whole: somebody changed it. Keep this output, and tell the administrator and "
            "the people who oversee the desk.");
    }
    auto kept = session->memory().change([&](protocol::seen& seen) -> client::result<void> {
        const auto judged = before->trails.find(session->desk());
        protocol::remember_followed(
            seen, session->desk(), head,
            judged == before->trails.end() ? std::span<const protocol::trail_head>() : judged->second);
        return {};
    });
    if (!kept) return kept;
    if (order.json) return {};
    if (!print(fmt::format("{} {}\n{} lines, {} daily heads: whole\n", session->desk(),
                           protocol::write_head(head), head.regel, heads.known.size())))
        return client::refuse("The trail is whole, but standard output is closed or full.");
    return {};
}

}  // namespace desk
