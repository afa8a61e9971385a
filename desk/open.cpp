#include "desk/open.hpp"

#include <fmt/format.h>

#include "client/problem.hpp"
#include "client/session.hpp"
#include "desk/epoch_secrets.hpp"
#include "desk/print.hpp"
#include "desk/report_item.hpp"
#include "desk/report_text.hpp"

namespace desk {
namespace {

client::result<client::answer> get(client::session& session, const std::string& rest, std::string_view id) {
    auto got = session.get(rest);
    if (!got) return got;
    switch (got->status) {
        case 200:
            return got;
        case 403:
            return client::refuse(
                fmt::format("You are not a member of desk {}; ask a lead of it.", session.desk()));
        case 404:
            return client::refuse(fmt::format(
                "Desk {} has no report {}: it may belong to another desk, or the id may be mistyped.",
                session.desk(), id));
        default:
            return std::unexpected(client::refused("The report was not fetched", *got));
    }
}

client::result<epoch_secrets> own_secrets(client::session& session, const client::published& published) {
    const auto* entry = published.directory.newest().desk(session.desk());
    if (!entry)
        return client::refuse(fmt::format("The directory has no desk {}; correct --loket.", session.desk()));
    auto got = session.get("sleutels");
    if (!got) return std::unexpected(got.error());
    if (got->status != 200) return std::unexpected(client::refused("Your keys were not fetched", *got));
    auto keys = read_held_keys(got->body, session.desk(), entry->beheerders);
    if (!keys) return std::unexpected(keys.error());
    return unwrap(*keys, *session.keys().box_keys);
}

}  // namespace

client::result<void> open(const open_order& order) {
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto session = client::session::open(*profile);
    if (!session) return std::unexpected(session.error());

    auto got = get(*session, "meldingen/" + order.id, order.id);
    if (!got) return std::unexpected(got.error());
    auto item = read_item(got->body, session->desk(), order.id);
    if (!item) return std::unexpected(item.error());
    auto published = session->directory();
    if (!published) return std::unexpected(published.error());
    auto secrets = own_secrets(*session, *published);
    if (!secrets) return std::unexpected(secrets.error());

    client::result<bool> known = true;
    auto opened =
        protocol::open_report(item->received, session->desk(), secrets->by_mark, [&](const auto& mark) {
            known = client::was_published(session->line(), session->memory(), mark);
            return known && *known;
        });
    if (!known) return std::unexpected(known.error());
    if (!opened) {
        print_error(alarms_text({}, secrets->spoiled));
        return std::unexpected(opened.error());
    }
    auto alarms = alarms_text(opened->alarms, secrets->spoiled);
    if (order.json) print_error(alarms);
    auto text =
        order.json ? report_json(*item, opened->report, opened->alarms) : report_text(*item, opened->report);
    if (!print(order.json ? std::string_view() : std::string_view(alarms)) || !print(text.text()))
        return client::refuse("Standard output is closed or full; the report was not shown whole.");
    return {};
}

}  // namespace desk
