#include "desk/handing_in.hpp"

#include <algorithm>
#include <set>
#include <span>

#include <fmt/format.h>

#include "client/problem.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

using protocol::json::array;
using protocol::json::object;

constexpr std::string_view refused_mark = "geweigerd";

// What is kept of a document that is handed in: nothing that opens anything.
std::string line_of(std::string_view rest, const object& kept) {
    return fmt::format("{} {}", rest, protocol::to_text(kept));
}

// Kept before it is sent: where the answer gets lost it may be in force. What was refused is marked, or it
// could be handed in to a server that lost what it was refused for.
client::result<void> post(client::session& session, std::string_view rest, const object& body,
                          const object& kept, std::string_view what) {
    const auto line = line_of(rest, kept);
    const auto& memory = session.memory();
    if (auto ok = memory.keep_handed_in(session.desk(), line); !ok) return ok;
    auto got = session.post_as_lead(rest, protocol::to_text(body));
    if (!got) return std::unexpected(got.error());
    if (got->ok()) return {};
    if (got->status < 500) {
        auto marked = memory.keep_handed_in(
            session.desk(), fmt::format("{} {}", refused_mark, crypto::hash_text(crypto::as_bytes(line))));
        if (!marked) return marked;
    }
    if (got->status == 409 && rest == "standen")
        return client::refuse("Another lead signed a standing in the meantime; run the same command again.");
    return std::unexpected(client::refused(what, *got));
}

struct kept_document {
    std::string rest, body;
};

client::result<std::vector<kept_document>> read_kept(const client::session& session) {
    const auto all = session.memory().handed_in(session.desk());
    if (!all) return std::unexpected(all.error());
    std::set<std::string> refused;
    std::vector<kept_document> out;
    const auto split = [](const std::string& line) {
        const auto space = std::min(line.find(' '), line.size());
        return kept_document{line.substr(0, space), line.substr(std::min(space + 1, line.size()))};
    };
    for (const auto& line : *all)
        if (auto one = split(line); one.rest == refused_mark) refused.insert(std::move(one.body));
    for (const auto& line : *all)
        if (auto one = split(line);
            one.rest != refused_mark && !refused.contains(crypto::hash_text(crypto::as_bytes(line))))
            out.push_back(std::move(one));
    return out;
}

// Whether the server has this stand, which this machine signed.
bool is_there(client::session& session, const kept_document& stand) {
    auto read = protocol::parse_object(stand.body);
    if (!read) return false;
    protocol::faults found;
    protocol::reading r(*read, "", found, protocol::unknown::ignore);
    const auto token = r.text("stand", 262144);
    const auto own = protocol::read_stand(token, std::span(&session.keys().top_key->public_key, 1));
    return own && client::fetch_stand(session.line(), session.desk(), own->versie) == token;
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
           !(std::prev(first)->rest == "standen" && is_there(session, *std::prev(first))))
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
