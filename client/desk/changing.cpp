#include "client/desk/changing.hpp"

#include <fmt/format.h>

#include "client/desk/fetched.hpp"
#include "client/desk/session_of.hpp"
#include "client/desk/whole_ids.hpp"
#include "client/done.hpp"
#include "client/line/problem.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

client::result<void> patch(client::session& session, const std::string& id, std::int64_t revision,
                           const json::object& body) {
    auto got = session.send("PATCH", "meldingen/" + id, protocol::to_text(body),
                            {{"if-match", fmt::format("\"{}\"", revision)}});
    if (!got) return std::unexpected(got.error());
    if (got->status == 403)
        return client::refuse(fmt::format("Report {} is with another desk; only that desk changes it.", id));
    if (!got->ok()) return std::unexpected(client::refused("Report " + id + " was not changed", *got));
    return {};
}

}  // namespace

client::result<void> set_status(client::session& session, const std::string& id, std::string_view status) {
    auto item = fetch_item(session, id);
    if (!item) return std::unexpected(item.error());
    json::object body;
    body["status"] = status;
    return patch(session, id, item->row.revisie, body);
}

client::result<keys_at_hand> keys_of(client::session& session) {
    auto published = session.directory();
    if (!published) return std::unexpected(published.error());
    auto secrets = own_secrets(session, *published);
    if (!secrets) return std::unexpected(secrets.error());
    return keys_at_hand{std::move(*published), std::move(*secrets)};
}

client::result<void> keep_one(client::session& session, const keys_at_hand& keys, const std::string& id,
                              const std::string& until, const std::string& reason) {
    auto item = fetch_item(session, id);
    if (!item) return std::unexpected(item.error());
    name_key(*item, session.desk(), keys.secrets);
    auto anew = protocol::reseal(item->received, session.desk(), keys.secrets.by_mark,
                                 keys.published.directory, keys.published.table, session.today());
    if (!anew) return client::refuse(fmt::format("Report {}: {}", id, protocol::text(anew.error())));
    json::array recipients;
    for (const auto& to : *anew) recipients.push_back(protocol::to_json(to));
    json::array sealed;
    if (!recipients.empty())
        sealed.push_back(json::object{{"id", id}, {"ontvangers", std::move(recipients)}});
    json::object body;
    body["bewaren"] = json::object{{"tot", until}, {"reden", reason}, {"herzegeld", std::move(sealed)}};
    return patch(session, id, item->row.revisie, body);
}

json::object kept_object(const std::string& id, const std::string& until, const std::string& reason) {
    return {{"id", id}, {"bewaren", json::object{{"tot", until}, {"reden", reason}}}};
}

client::result<void> close(const close_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto ids = whole_ids(*session, order.ids);
    if (!ids) return std::unexpected(ids.error());
    for (const auto& id : *ids) {
        const auto* status = order.again ? "in-behandeling" : "afgesloten";
        if (auto done = set_status(*session, id, status); !done) return done;
        auto ok = say_done(order.json, {{"id", id}, {"status", status}},
                           fmt::format("{} {}\n", id, order.again ? "is open again" : "is closed"));
        if (!ok) return ok;
    }
    return {};
}

client::result<void> keep(const keep_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto ids = whole_ids(*session, order.ids);
    if (!ids) return std::unexpected(ids.error());
    auto keys = keys_of(*session);
    if (!keys) return std::unexpected(keys.error());
    for (const auto& id : *ids) {
        if (order.end) {
            auto item = fetch_item(*session, id);
            if (!item) return std::unexpected(item.error());
            if (auto done = patch(*session, id, item->row.revisie, {{"bewaren", nullptr}}); !done)
                return done;
        } else if (auto done = keep_one(*session, *keys, id, order.until, order.reason); !done) {
            return done;
        }
        const auto what = order.end ? std::string("ends with its term again")
                                    : fmt::format("is kept until {} and sealed to this week", order.until);
        json::object made = order.end ? json::object{{"id", id}, {"bewaren", nullptr}}
                                      : kept_object(id, order.until, order.reason);
        if (auto ok = say_done(order.json, std::move(made), fmt::format("{} {}\n", id, what)); !ok) return ok;
    }
    return {};
}

}  // namespace desk
