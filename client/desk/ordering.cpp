#include "client/desk/ordering.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/desk/listing.hpp"
#include "client/desk/order_item.hpp"
#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/terminal.hpp"
#include "client/line/problem.hpp"
#include "client/line/reasons.hpp"
#include "client/print.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

client::result<void> agreed(bool yes, const std::string& question, std::string_view otherwise) {
    if (yes) return {};
    auto answer = client::ask_yes(question, "Use --yes.");
    if (!answer) return std::unexpected(answer.error());
    if (!*answer) return client::refuse(std::string(otherwise));
    return {};
}

std::string as_match(std::int64_t revision) { return fmt::format("\"{}\"", revision); }

client::result<client::answer> send_delete(client::session& session, const order_item& item,
                                           const std::string& reason) {
    return session.send("DELETE", fmt::format("meldingen/{}?reden={}", item.id, reason), "",
                        {{"if-match", as_match(item.revisie)}});
}

std::string reports(std::size_t count) {
    return count == 1 ? std::string("1 report") : fmt::format("{} reports", count);
}

// What happens next, until when, and who must do it.
std::string told_order(const order_item& item, const given_order& order) {
    auto out = fmt::format("{} is ordered to be destroyed ({}) and closed to this desk from now on.\n",
                           item.id, client::reason_in_words(order.reason));
    const auto why = item.needs_lead();
    out +=
        fmt::format("  {} confirms: baken desk destroy {} --confirm\n",
                    why.empty() ? "Another member"
                                : fmt::format("Another member ({}, so one of the two must be a lead)", why),
                    item.id);
    out +=
        order.until
            ? fmt::format(
                  "  Otherwise it is destroyed when {} is over. Until then any member takes the order back:",
                  *order.until)
            : std::string("  Time alone never destroys it. Any member takes the order back:");
    return out + fmt::format(" baken desk destroy {} --undo\n", item.id);
}

std::string line_of_order(const order_item& item) {
    const auto& order = *item.order;
    return fmt::format("{}  ordered on {} by {}: {}; {}\n", item.id, escaped_line(order.day), order.lid,
                       client::reason_in_words(order.reason),
                       order.until ? "goes when " + *order.until + " is over" : "never by time alone");
}

// As the server's item has it.
json::object order_object(const given_order& order) {
    json::object out{
        {"door", order.lid}, {"dag", order.day}, {"reden", order.reason}, {"uiterlijk", nullptr}};
    if (order.until) out["uiterlijk"] = *order.until;
    return out;
}

// What is ordered: a line each, for people or for a program.
client::result<void> say_orders(const std::vector<order_item>& items, bool as_json) {
    for (const auto& one : items) {
        auto ok = say_done(as_json, {{"id", one.id}, {"vernietiging", order_object(*one.order)}},
                           line_of_order(one));
        if (!ok) return ok;
    }
    return {};
}

// That there was nothing: a sentence for people, no line for a program.
client::result<void> say_none(const std::string& sentence, bool as_json) {
    return as_json ? client::result<void>() : say_done(false, {}, sentence);
}

client::result<void> order_one(client::session& session, const std::string& id, const std::string& reason,
                               bool as_json) {
    auto item = fetch_order_item(session, id);
    if (!item) return std::unexpected(item.error());
    if (item->kept)
        return client::refuse(
            fmt::format("Report {} is kept on purpose. End that first: baken desk keep {} --end", id, id));
    auto got = send_delete(session, *item, reason);
    if (!got) return std::unexpected(got.error());
    // 200: of a report that is another desk's, this desk's own key alone.
    if (got->status == 200 && item->rol != "eerste")
        return say_done(as_json, {{"id", id}, {"afgestaan", session.today().text()}},
                        fmt::format("{}: this desk's key of it is gone; the other desks keep theirs\n", id));
    if (got->status != 202)
        return std::unexpected(client::refused("Report " + id + " was not ordered to be destroyed", *got));
    auto order = read_given_order(got->body);
    if (!order) return std::unexpected(order.error());
    return say_done(as_json, {{"id", id}, {"vernietiging", order_object(*order)}}, told_order(*item, *order));
}

client::result<void> confirm_one(client::session& session, const order_item& item, bool as_json) {
    auto got = send_delete(session, item, item.order->reason);
    if (!got) return std::unexpected(got.error());
    if (got->status == 202)
        return client::refuse(
            fmt::format("Report {} was ordered by you: another member of the desk confirms it.", item.id));
    if (!got->ok()) return std::unexpected(client::refused("Report " + item.id + " was not destroyed", *got));
    return say_done(as_json, {{"id", item.id}, {"vernietigd", session.today().text()}},
                    fmt::format("{} is destroyed\n", item.id));
}

// The reports of this desk that are ordered to be destroyed.
client::result<std::vector<order_item>> ordered(client::session& session) {
    auto rows = every_row(session, "wordt-vernietigd");
    if (!rows) return std::unexpected(rows.error());
    std::vector<order_item> out;
    for (const auto& row : *rows) {
        if (row.rol != "eerste") continue;
        auto item = fetch_order_item(session, row.id);
        if (!item) return std::unexpected(item.error());
        if (item->order) out.push_back(std::move(*item));
    }
    return out;
}

client::result<std::vector<order_item>> named(client::session& session, const std::vector<std::string>& ids) {
    std::vector<order_item> out;
    for (const auto& id : ids) {
        auto item = fetch_order_item(session, id);
        if (!item) return std::unexpected(item.error());
        if (!item->order)
            return client::refuse(
                fmt::format("Nobody ordered that report {} be destroyed; order it with baken desk destroy {} "
                            "--reason CODE.",
                            id, id));
        out.push_back(std::move(*item));
    }
    return out;
}

client::result<void> confirm_all(client::session& session, const destroy_order& order) {
    auto items = order.ids.empty() ? ordered(session) : named(session, order.ids);
    if (!items) return std::unexpected(items.error());
    // Who ordered is never the one who confirms.
    const auto own = session.keys().lid.text();
    if (order.ids.empty()) std::erase_if(*items, [&](const auto& one) { return one.order->lid == own; });
    if (items->empty())
        return say_none("Nothing that another member ordered waits to be confirmed.\n", order.json);
    std::string all;
    for (const auto& one : *items) all += line_of_order(one);
    // What a program reads is what was done.
    if (!(order.json ? print_error(all) : print(all)))
        return client::refuse("Nothing was destroyed: the list of it cannot be written.");
    auto yes = agreed(order.yes,
                      fmt::format("Destroy {} for every desk that has it? Nobody can bring it back.",
                                  reports(items->size())),
                      "Nothing was destroyed.");
    if (!yes) return yes;
    for (const auto& one : *items)
        if (auto done = confirm_one(session, one, order.json); !done) return done;
    return {};
}

client::result<void> undo_all(client::session& session, const destroy_order& order) {
    auto items = named(session, order.ids);
    if (!items) return std::unexpected(items.error());
    for (const auto& one : *items) {
        auto got = session.send("PATCH", "meldingen/" + one.id, R"({"vernietiging":null})",
                                {{"if-match", as_match(one.revisie)}});
        if (!got) return std::unexpected(got.error());
        if (!got->ok())
            return std::unexpected(
                client::refused("The order about report " + one.id + " was not taken back", *got));
        auto ok = say_done(order.json, {{"id", one.id}, {"vernietiging", nullptr}},
                           fmt::format("{} is not destroyed: the order is taken back\n", one.id));
        if (!ok) return ok;
    }
    return {};
}

client::result<void> list_all(client::session& session, bool as_json) {
    auto items = ordered(session);
    if (!items) return std::unexpected(items.error());
    if (items->empty()) return say_none("No report of this desk is ordered to be destroyed.\n", as_json);
    return say_orders(*items, as_json);
}

}  // namespace

client::result<void> order_all(client::session& session, const std::vector<std::string>& ids,
                               const std::string& reason, bool as_json) {
    for (const auto& id : ids)
        if (auto done = order_one(session, id, reason, as_json); !done) return done;
    return {};
}

client::result<void> destroy(const destroy_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    if (order.list) return list_all(*session, order.json);
    if (order.undo) return undo_all(*session, order);
    if (order.confirm) return confirm_all(*session, order);
    auto yes = agreed(order.yes,
                      fmt::format("Order that {} be destroyed for every desk that has it ({})?",
                                  reports(order.ids.size()), client::reason_in_words(order.reason)),
                      "Nothing was ordered.");
    if (!yes) return yes;
    return order_all(*session, order.ids, order.reason, order.json);
}

}  // namespace desk
