#include "client/desk/fetched.hpp"

#include <fmt/format.h>

#include "client/desk/report_text.hpp"
#include "client/desk/whole_ids.hpp"
#include "client/line/problem.hpp"
#include "client/print.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {

client::result<report_item> fetch_item(client::session& session, const std::string& id) {
    auto got = session.get("meldingen/" + id);
    if (!got) return std::unexpected(got.error());
    switch (got->status) {
        case 200:
            break;
        case 403:
            return client::refuse(
                fmt::format("You are not a member of desk {}; ask a lead of it.", session.desk()),
                client::failed, "not-allowed");
        case 404:
            return client::refuse(fmt::format("Desk {} has no report {}: it may belong to another desk, the "
                                              "id may be mistyped, or it was "
                                              "destroyed.",
                                              session.desk(), id),
                                  client::failed, "not-there");
        default:
            return std::unexpected(client::refused("The report was not fetched", *got));
    }
    auto item = read_item(got->body, session.desk(), id);
    if (!item) return std::unexpected(item.error());
    if (item->withheld)
        return client::refuse(
            fmt::format("Report {0} is closed: a member of desk {1} ordered its destruction. baken desk "
                        "destroy --list says who "
                        "and why; baken desk destroy {0} --undo takes that back.",
                        id, session.desk()));
    return std::move(*item);
}

client::result<epoch_secrets> own_secrets(client::session& session, const client::published& published) {
    const auto* entry = published.directory.newest().desk(session.desk());
    if (!entry)
        return client::refuse(
            fmt::format("The directory has no desk {}; correct --loket (or loket in the profile), or ask the "
                        "administrator to add it.",
                        session.desk()));
    auto got = session.get("sleutels");
    if (!got) return std::unexpected(got.error());
    if (got->status != 200) return std::unexpected(client::refused("Your keys were not fetched", *got));
    auto keys = read_held_keys(got->body, session.desk(), entry->beheerders);
    if (!keys) return std::unexpected(keys.error());
    return unwrap(*keys, *session.keys().box_keys);
}

namespace {

// protocol::open_report, with this machine's memory of the directories that were published.
client::result<std::expected<protocol::opened_report, protocol::open_errc>> open_item(
    client::session& session, const report_item& item, const epoch_secrets& secrets) {
    client::result<bool> known = true;
    auto opened =
        protocol::open_report(item.received, session.desk(), secrets.by_mark, [&](const auto& mark) {
            known = client::was_published(session.line(), session.memory(), mark);
            return known && *known;
        });
    if (!known) return std::unexpected(known.error());
    return client::result<std::expected<protocol::opened_report, protocol::open_errc>>(std::in_place,
                                                                                       std::move(opened));
}

// What does not open here is told to the server, but where a colleague has opened it and only this officer
// has no key of its week: then nobody waits for it.
std::string tell_unopenable(client::session& session, const report_item& item, protocol::open_errc why) {
    if (item.row.geopend && why == protocol::open_errc::no_secret)
        return " A colleague has opened it, so nothing more was done.";
    if (auto told = say_seen(session, item.row.id, "niet-te-openen"); !told)
        return " It counts as fetched, not as opened, and the server does not know that it does not open: " +
               told.error().sentence;
    return item.row.spoed ? " The server now knows that it does not open; its fallback desk, where it has "
                            "one, may read it now."
                          : " The server now knows that it does not open; it counts as not opened.";
}

}  // namespace

client::result<opened_item> fetch_and_open(client::session& session, const std::string& typed) {
    auto id = whole_id(session, typed);
    if (!id) return std::unexpected(id.error());
    auto item = fetch_item(session, *id);
    if (!item) return std::unexpected(item.error());
    auto published = session.directory();
    if (!published) return std::unexpected(published.error());
    auto secrets = own_secrets(session, *published);
    if (!secrets) return std::unexpected(secrets.error());
    name_key(*item, session.desk(), *secrets);
    auto opened = open_item(session, *item, *secrets);
    if (!opened) return std::unexpected(opened.error());
    if (!*opened) {
        print_error(alarms_text({}, secrets->spoiled));
        const auto told = tell_unopenable(session, *item, opened->error());
        return client::refuse(std::string(protocol::text(opened->error())) + told);
    }
    return opened_item{std::move(*item), std::move(**opened), std::move(secrets->spoiled)};
}

client::result<void> say_seen(client::session& session, const std::string& id, std::string_view what) {
    protocol::json::object body;
    body["id"] = crypto::uuid::random().text();
    body["handeling"] = what;
    body["tot"] = nullptr;
    // Sent again in the same bytes where the answer is lost: it is said once.
    auto got = session.send("POST", "meldingen/" + id + "/inzagen", protocol::to_text(body));
    if (!got) return std::unexpected(got.error());
    if (!got->ok()) return std::unexpected(client::refused("The server did not take that", *got));
    return {};
}

}  // namespace desk
