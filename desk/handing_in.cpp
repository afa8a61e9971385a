#include "desk/handing_in.hpp"

#include <fmt/format.h>

#include "client/problem.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

client::result<void> post(client::session& session, std::string_view rest, const protocol::json::object& body,
                          std::string_view what) {
    const auto text = protocol::to_text(body);
    auto got = session.post_as_lead(rest, text);
    if (!got) return std::unexpected(got.error());
    if (got->status == 409 && rest == "standen")
        return client::refuse("Another lead signed a standing in the meantime; run the same command again.");
    if (!got->ok()) return std::unexpected(client::refused(what, *got));
    return session.memory().keep_handed_in(session.desk(), fmt::format("{} {}", rest, text));
}

}  // namespace

client::result<void> hand_in(client::session& session, const protocol::membership& member,
                             const epoch_wraps& wraps) {
    protocol::json::array list;
    for (const auto& [epoch, sealed] : wraps)
        list.push_back(
            protocol::json::object{{"epoch", epoch.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
    protocol::json::object body;
    body["lid"] = member.token;
    body["wraps"] = std::move(list);
    return post(session, "leden", body, "The membership was not stored");
}

client::result<void> hand_in(client::session& session, const protocol::issued_key& key) {
    protocol::json::array list;
    for (const auto& [lid, sealed] : key.wraps)
        list.push_back(
            protocol::json::object{{"lid", lid.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
    protocol::json::object body;
    body["sleutel"] = key.key.token;
    body["wraps"] = std::move(list);
    return post(session, "sleutels", body, fmt::format("The key of {} was not stored", key.key.epoch.text()));
}

client::result<int> hand_in_again(client::session& session) {
    const auto all = session.memory().handed_in(session.desk());
    if (!all) return std::unexpected(all.error());
    int out = 0;
    for (const auto& line : *all) {
        const auto space = line.find(' ');
        if (space == std::string::npos) continue;
        auto got = session.post_as_lead(line.substr(0, space), line.substr(space + 1));
        if (!got) return std::unexpected(got.error());
        if (got->status >= 500) return std::unexpected(client::refused("Not everything was handed in", *got));
        if (got->status == 201) ++out;
    }
    return out;
}

client::result<protocol::stand> publish(client::session& session, const standing& standing,
                                        std::vector<std::string> members, std::vector<std::string> keys) {
    auto stand = protocol::issue_stand(standing.previous, session.desk(), std::move(members), std::move(keys),
                                       session.today(), *session.keys().top_key);
    protocol::json::object body;
    body["stand"] = stand.token;
    if (auto ok = post(session, "standen", body, "The standing was not stored"); !ok)
        return std::unexpected(ok.error());
    // What was signed here is known here, whatever a server shows from now on.
    auto kept = session.memory().change([&](protocol::seen& seen) -> client::result<void> {
        seen.stands[session.desk()] = {stand.versie, stand.hash};
        return {};
    });
    if (!kept) return std::unexpected(kept.error());
    return stand;
}

}  // namespace desk
