#include "server/admin/trail/audit.hpp"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/here/escaped.hpp"
#include "crypto/protocol/audit.hpp"
#include "crypto/protocol/daily_head.hpp"
#include "crypto/protocol/json.hpp"
#include "server/admin/directory/root_key.hpp"
#include "server/admin/trail/look.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/sql/trail.hpp"

namespace admin {
namespace {

namespace json = protocol::json;
namespace sql = store::sql;

client::refusal of_store(store::errc error) { return client::refusal(std::string(store::text(error))); }

// Every version, the newest first: that one by the pinned roots, each before it by the hash in its successor.
client::result<std::vector<protocol::gids>> directories(looked_at& at, const store::trust_rows& rows,
                                                        std::span<const crypto::sign_public> roots) {
    if (!rows.gids) return client::refuse("No directory was published here, so nobody could sign anything.");
    auto newest = protocol::read_gids(rows.gids->token, roots);
    if (!newest)
        return client::refuse("The newest directory: " + std::string(protocol::text(newest.error())));
    std::vector<protocol::gids> out{std::move(*newest)};
    while (out.back().versie > 1) {
        const auto version = out.back().versie - 1;
        auto token = sql::read_gids(at.store.connection(), version);
        if (!token) return std::unexpected(of_store(token.error()));
        auto read = protocol::read_gids_before(*token, out.back());
        if (!read)
            return client::refuse(
                fmt::format("Version {} of the directory: {}", version, protocol::text(read.error())));
        out.push_back(std::move(*read));
    }
    return out;
}

using seen_heads = std::multimap<std::string, protocol::trail_head>;

// Those named, of which each was a desk once; where none is, every desk that there ever was. Those that
// somebody saw a head of besides.
client::result<std::vector<std::string>> desks_of(const audit_options& options, const seen_heads& seen,
                                                  const std::vector<protocol::gids>& all) {
    auto out = options.desks;
    if (out.empty())
        for (const auto& one : all)
            for (const auto& desk : one.loketten)
                if (std::ranges::find(out, desk.id) == out.end()) out.push_back(desk.id);
    for (const auto& [desk, head] : seen)
        if (std::ranges::find(out, desk) == out.end()) out.push_back(desk);
    std::vector<std::string> unknown;
    for (const auto& desk : out)
        if (std::ranges::none_of(all, [&](const auto& one) { return one.desk(desk) != nullptr; }))
            unknown.push_back(client::escaped_line(desk));
    if (unknown.empty()) return out;
    std::vector<std::string> known;
    for (const auto& desk : all.front().loketten) known.push_back(desk.id);
    return client::refuse(fmt::format("No version of the directory has a desk {}. The desks are: {}.",
                                      fmt::join(unknown, ", "), fmt::join(known, ", ")),
                          client::wrong_use);
}

client::result<seen_heads> read_seen(const std::vector<std::string>& all) {
    seen_heads out;
    for (const auto& one : all) {
        const auto space = one.find(' ');
        auto head = protocol::read_head(space == std::string::npos ? "" : one.substr(space + 1));
        if (!head || !protocol::is_desk_id(one.substr(0, space)))
            return client::refuse("'" + one +
                                      "' is not the head of a trail; write it as \"rotterdam regel=17, "
                                      "hash=…\", as baken desk audit prints it.",
                                  client::wrong_use);
        out.emplace(one.substr(0, space), std::move(*head));
    }
    return out;
}

struct found {
    std::string desk;
    protocol::trail_head head;
    std::size_t signers = 0, days = 0;  // who could have signed; daily heads
    std::vector<protocol::audit_fault> faults;
    std::vector<protocol::trail_line> shown;
};

// What the daily heads and others saw, before the lines are read.
client::result<void> expect(protocol::audit& audit, sql::connection& db,
                            const std::vector<protocol::gids>& all, const seen_heads& seen, found& out) {
    auto tokens = sql::read_daily_heads(db, out.desk, 0);
    if (!tokens) return std::unexpected(of_store(tokens.error()));
    for (const auto& token : *tokens) {
        const auto head = [&]() -> std::optional<protocol::daily_head> {
            for (const auto& one : all)
                if (auto read = protocol::read_daily_head(token, one.logboek);
                    read && read->loket == out.desk)
                    return std::move(*read);
            return std::nullopt;
        }();
        if (!head) {
            out.faults.push_back({0, "a daily head is not signed with a log key of the directory"});
            continue;
        }
        ++out.days;
        audit.expect(head->head, "the daily head of " + head->datum.text());
    }
    const auto [from, to] = seen.equal_range(out.desk);
    for (auto one = from; one != to; ++one) audit.expect(one->second, "the head that --seen names");
    return {};
}

client::result<found> verify(sql::connection& db, const std::string& desk,
                             const std::vector<protocol::gids>& all, const std::vector<std::string>& members,
                             const seen_heads& seen, const audit_options& options) {
    constexpr std::size_t page = 1000;
    found out;
    out.desk = desk;
    const auto signers = protocol::signers_of(desk, all, members);
    out.signers = signers.size();
    protocol::audit audit(desk, signers);
    if (auto ok = expect(audit, db, all, seen, out); !ok) return std::unexpected(ok.error());
    for (;;) {
        auto lines = sql::read_trail(db, desk, audit.head().regel, page);
        if (!lines) return std::unexpected(of_store(lines.error()));
        for (const auto& bytes : *lines) {
            audit.take(bytes);
            if (!options.show) continue;
            if (auto line = protocol::parse_line(bytes); line && options.query.admits(*line))
                out.shown.push_back(std::move(*line));
        }
        if (lines->size() < page) break;
    }
    out.head = audit.head();
    std::ranges::move(audit.finish(), std::back_inserter(out.faults));
    return out;
}

void write(const found& one, std::ostream& out) {
    out << fmt::format("{} {}; {} lines, {} signers, {} daily heads: {}\n", one.desk,
                       protocol::write_head(one.head), one.head.regel, one.signers, one.days,
                       one.faults.empty() ? "whole" : fmt::format("{} FAULTS", one.faults.size()));
    for (const auto& fault : one.faults) out << "  " << fault.sentence << "\n";
    for (const auto& line : one.shown)
        out << "  " << client::escaped_line(protocol::in_words(line, line.lid)) << "\n";
}

json::array shown_json(const found& one) {
    json::array out;
    for (const auto& line : one.shown) {
        const auto [object, refusal] = protocol::split_object(line.object);
        json::object row{{"regel", line.regel},
                         {"dag", line.dag.text()},
                         {"lid", line.lid},
                         {"handeling", line.handeling},
                         {"woorden", json::string(protocol::words_of(line.handeling))},
                         {"object", json::string(object)},
                         {"geweigerd", nullptr}};
        if (!refusal.empty()) row["geweigerd"] = json::string(refusal);
        out.push_back(std::move(row));
    }
    return out;
}

json::object as_json(const found& one) {
    json::array faults;
    for (const auto& fault : one.faults)
        faults.push_back(json::object{{"regel", fault.regel}, {"fout", fault.sentence}});
    return {{"loket", one.desk},      {"regel", one.head.regel},
            {"hash", one.head.hash},  {"ondertekenaars", one.signers},
            {"daghoofden", one.days}, {"fouten", std::move(faults)}};
}

}  // namespace

client::result<std::size_t> audit_verify(const audit_options& options, std::ostream& out) {
    auto seen = read_seen(options.seen);
    if (!seen) return std::unexpected(seen.error());
    auto at = look(options.data);
    if (!at) return std::unexpected(at.error());
    auto& db = at->store.connection();
    auto rows = sql::read_trust(db);
    if (!rows) return std::unexpected(of_store(rows.error()));
    auto roots = at->config.roots;
    if (!options.roots.empty()) {
        auto named = read_roots(options.roots);
        if (!named) return std::unexpected(named.error());
        roots = std::move(*named);
    }
    auto all = directories(*at, *rows, roots);
    if (!all) return std::unexpected(all.error());
    auto desks = desks_of(options, *seen, *all);
    if (!desks) return std::unexpected(desks.error());
    std::vector<std::string> members;
    for (const auto& row : rows->memberships) members.push_back(row.token);
    std::size_t faults = 0;
    json::array list;
    for (const auto& desk : *desks) {
        auto one = verify(db, desk, *all, members, *seen, options);
        if (!one) return std::unexpected(one.error());
        faults += one->faults.size();
        if (options.json) {
            list.push_back(as_json(*one));
            if (options.show) list.back().as_object()["regels"] = shown_json(*one);
        } else {
            write(*one, out);
        }
    }
    if (options.json) out << protocol::to_text(json::object{{"logboeken", std::move(list)}}) << "\n";
    return faults;
}

}  // namespace admin
