#include "client/lead/handing_in.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>

#include <fmt/format.h>

#include "client/line/problem.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

using protocol::json::array;
using protocol::json::object;

// Before the hash of a stand that the server took.
constexpr std::string_view taken_mark = "in-kracht";

// What is kept of a document that is handed in: nothing that opens anything.
std::string line_of(std::string_view rest, const object& kept) {
    return fmt::format("{} {}", rest, protocol::to_text(kept));
}

// Kept before it is sent: where the answer gets lost it may be in force.
client::result<void> post(client::session& session, std::string_view rest, const object& body,
                          const object& kept, std::string_view what) {
    if (auto ok = session.memory().keep_handed_in(session.desk(), line_of(rest, kept)); !ok) return ok;
    auto got = session.post_as_lead(rest, protocol::to_text(body));
    if (!got) return std::unexpected(got.error());
    if (got->status == 409 && rest == "standen")
        return client::refuse("Another lead signed a standing in the meantime; run the same command again.");
    if (!got->ok()) return std::unexpected(client::refused(what, *got));
    return {};
}

struct kept_document {
    std::string rest, body;
    std::optional<protocol::stand> stand{};
};

// Of a line that holds a stand which this lead key signed.
std::optional<protocol::stand> stand_in(const client::session& session, const std::string& body) {
    auto object = protocol::parse_object(body);
    if (!object) return std::nullopt;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    auto read =
        protocol::read_stand(r.text("stand", 262144), std::span(&session.keys().top_key->public_key, 1));
    if (!read) return std::nullopt;
    return std::move(*read);
}

// Without stands that were never in force, as one that another lead's came before: a server that lost its own
// would take it, and everybody who saw the true one would see two under one number. One was where the server
// said so, where this machine saw it, or where a later one that was follows it.
client::result<std::vector<kept_document>> read_kept(const client::session& session) {
    const auto all = session.memory().handed_in(session.desk());
    if (!all) return std::unexpected(all.error());
    const auto seen = session.memory().read();
    if (!seen) return std::unexpected(seen.error());
    std::set<std::string> in_force;
    if (const auto mark = seen->stands.find(session.desk()); mark != seen->stands.end())
        in_force.insert(mark->second.hash);
    std::vector<kept_document> out;
    for (const auto& line : *all) {
        const auto space = std::min(line.find(' '), line.size());
        kept_document one{line.substr(0, space), line.substr(std::min(space + 1, line.size()))};
        if (one.rest == taken_mark)
            in_force.insert(one.body);
        else
            out.push_back(std::move(one));
    }
    for (auto one = out.rbegin(); one != out.rend(); ++one) {
        if (one->rest != "standen") continue;
        one->stand = stand_in(session, one->body);
        if (one->stand && in_force.contains(one->stand->hash))
            in_force.insert(one->stand->vorige);
        else
            one->rest.clear();
    }
    std::erase_if(out, [](const kept_document& one) { return one.rest.empty(); });
    return out;
}

bool is_there(client::session& session, const protocol::stand& stand) {
    return client::fetch_stand(session.line(), session.desk(), stand.versie) == stand.token;
}

}  // namespace

client::result<void> hand_in(client::session& session, const protocol::membership& member,
                             const epoch_wraps& wraps) {
    array list;
    for (const auto& [epoch, sealed] : wraps)
        list.push_back(object{{"epoch", epoch.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
    return post(session, "leden", {{"lid", member.token}, {"wraps", std::move(list)}},
                {{"lid", member.token}, {"wraps", array()}}, "The membership was not stored");
}

client::result<void> hand_in(client::session& session, const protocol::issued_key& key) {
    array list;
    for (const auto& [lid, sealed] : key.wraps)
        list.push_back(object{{"lid", lid.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
    return post(session, "sleutels", {{"sleutel", key.key.token}, {"wraps", std::move(list)}},
                {{"sleutel", key.key.token}, {"wraps", array()}},
                fmt::format("The key of {} was not stored", key.key.epoch.text()));
}

client::result<handed_in_again> hand_in_again(client::session& session) {
    auto kept = read_kept(session);
    if (!kept) return std::unexpected(kept.error());
    // Everything behind the last stand that is still there.
    auto first = kept->end();
    while (first != kept->begin() &&
           !(std::prev(first)->stand && is_there(session, *std::prev(first)->stand)))
        --first;
    handed_in_again out;
    for (; first != kept->end(); ++first) {
        auto got = session.post_as_lead(first->rest, first->body);
        if (!got) return std::unexpected(got.error());
        if (got->status >= 500) return std::unexpected(client::refused("Not everything was handed in", *got));
        if (got->status != 201) continue;
        ++out.documents;
        out.keys = out.keys || first->rest == "sleutels";
    }
    return out;
}

client::result<protocol::stand> publish(client::session& session, const standing& standing,
                                        std::vector<std::string> members, std::vector<std::string> keys) {
    auto stand = protocol::issue_stand(standing.previous, session.desk(), std::move(members), std::move(keys),
                                       session.today(), *session.keys().top_key);
    const object body{{"stand", stand.token}};
    if (auto ok = post(session, "standen", body, body, "The standing was not stored"); !ok)
        return std::unexpected(ok.error());
    auto taken =
        session.memory().keep_handed_in(session.desk(), fmt::format("{} {}", taken_mark, stand.hash));
    if (!taken) return std::unexpected(taken.error());
    // What was signed here is known here, whatever a server shows from now on.
    auto kept = session.memory().change([&](protocol::seen& seen) -> client::result<void> {
        auto& mark = seen.stands[session.desk()];
        if (mark.versie < stand.versie) mark = {stand.versie, stand.hash};
        return {};
    });
    if (!kept) return std::unexpected(kept.error());
    return stand;
}

}  // namespace desk
