#include "client/desk/stragglers.hpp"

#include <optional>

#include <fmt/format.h>

#include "client/desk/changing.hpp"
#include "client/desk/listing.hpp"
#include "client/desk/ordering.hpp"
#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/terminal.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

// Not put aside with a whole week: nobody may have read it, and then it never reaches the fallback desk.
bool is_new_and_urgent(const row& row) { return row.status == "nieuw" && row.spoed; }

bool is_open(const row& row) {
    return row.status == "nieuw" || row.status == "in-behandeling" || row.status == "wacht-op-melder";
}

// Every report of the desk under an epoch before this one that is still open and with this desk.
client::result<std::vector<row>> behind(client::session& session, protocol::epoch before) {
    auto rows = every_row(session, "");
    if (!rows) return rows;
    std::erase_if(*rows, [&](const row& one) {
        const auto epoch = protocol::epoch::parse(one.epoch);
        return !epoch || !(*epoch < before) || one.rol != "eerste" || !is_open(one);
    });
    return rows;
}

// A program gets the rows as the server gave them, as baken desk pull writes them.
client::result<void> list(const std::vector<row>& rows, protocol::epoch before, bool as_json) {
    std::string text = as_json ? std::string() : heading();
    for (const auto& one : rows) text += as_json ? json_line_of(one) : line_of(one);
    if (!as_json)
        text += fmt::format(
            "{} open reports keep the keys of weeks before {} alive; close them all with --close, seal them "
            "to this week with --keep --until DAY --reason CODE, or order them destroyed with --destroy "
            "--reason CODE.\n",
            rows.size(), before.text());
    if (!print(text)) return client::refuse("Standard output is closed or full.");
    return {};
}

// One question for the whole list.
client::result<void> agreed(const stragglers_order& order, std::size_t count, protocol::epoch before) {
    if (order.yes) return {};
    auto yes =
        client::ask_yes(fmt::format("{} {} reports of weeks before {}?",
                                    order.close ? "Close" : "Order the destruction of", count, before.text()),
                        "Use --yes.");
    if (!yes) return std::unexpected(yes.error());
    if (!*yes) return client::refuse(order.close ? "Nothing was closed." : "Nothing was ordered.");
    return {};
}

}  // namespace

client::result<void> stragglers(const stragglers_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    constexpr int weeks_left_alone = 8;
    auto before = protocol::epoch::parse(order.before);
    if (!before) before = protocol::epoch::of(session->today()).next(-weeks_left_alone);
    const auto next = protocol::epoch::of(session->today()).next();
    if (next < *before)
        return client::refuse(fmt::format("{} is yet to come; before {} is everything that there is.",
                                          before->text(), next.text()),
                              client::wrong_use);
    auto rows = behind(*session, *before);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty() && order.json) return {};
    if (rows->empty())
        return say_done(false, {},
                        fmt::format("No report of a week before {} is still open.\n", before->text()));
    if (!order.close && !order.keep && !order.destroy) return list(*rows, *before, order.json);
    if (!order.keep) {
        const auto left = std::erase_if(*rows, is_new_and_urgent);
        if (left > 0)
            print_error(fmt::format(
                "{} urgent reports are new and stay as they are: open each, and name it by its id.\n", left));
        if (rows->empty()) return {};
        if (auto yes = agreed(order, rows->size(), *before); !yes) return yes;
    }
    if (order.destroy) {
        std::vector<std::string> ids;
        for (const auto& one : *rows) ids.push_back(one.id);
        return order_all(*session, ids, order.reason, order.json);
    }
    std::optional<keys_at_hand> keys;
    if (order.keep) {
        auto read = keys_of(*session);
        if (!read) return std::unexpected(read.error());
        keys.emplace(std::move(*read));
    }
    for (const auto& one : *rows) {
        auto done = order.keep ? keep_one(*session, *keys, one.id, order.until, order.reason)
                               : set_status(*session, one.id, "afgesloten");
        if (!done) return done;
        auto ok = order.keep ? say_done(order.json, kept_object(one.id, order.until, order.reason),
                                        fmt::format("{} is sealed to this week\n", one.id))
                             : say_done(order.json, {{"id", one.id}, {"status", "afgesloten"}},
                                        fmt::format("{} is closed\n", one.id));
        if (!ok) return ok;
    }
    return {};
}

}  // namespace desk
