#include "server/inbox/inbox.hpp"

#include <boost/asio/this_coro.hpp>

#include "crypto/protocol/calendar.hpp"
#include "crypto/receipt.hpp"
#include "server/inbox/cursor.hpp"
#include "server/inbox/orders.hpp"

namespace inbox {
namespace {

namespace json = protocol::json;

json::value day_or_null(std::optional<std::int32_t> day) {
    return day ? json::value(protocol::day{*day}.text()) : json::value(nullptr);
}

json::value hold_of(const store::listed_report& row) {
    if (!row.hold) return nullptr;
    return json::object{{"tot", protocol::day{row.hold->until}.text()}, {"reden", row.hold->reason}};
}

// What was ordered to be destroyed is closed to the desk that may order that; whoever shares it reads on.
bool is_withheld(const store::listed_report& row) {
    return row.status == "wordt-vernietigd" && row.role == "eerste";
}

json::value sealed_or_null(const store::listed_report& row, const crypto::sealed& bytes) {
    return is_withheld(row) ? json::value(nullptr) : json::value(crypto::b64u(bytes.view()));
}

// The day that ends it: of its term, or of an order that time alone carries out.
std::optional<protocol::day> end_day(const store::listed_report& row, const end_of& end_of) {
    auto out = end_of(row);
    if (!row.ordered) return out;
    const protocol::day ordered{*row.ordered + store::order_days};
    return out && *out < ordered ? out : ordered;
}

json::object write(const store::listed_report& row, const end_of& end_of, bool with_body) {
    json::object out;
    out["id"] = row.id.text();
    out["status"] = row.status;
    out["rol"] = row.role;
    out["spoed"] = row.urgent;
    out["ontvangen"] = protocol::day{row.day}.text();
    out["epoch"] = row.epoch;
    out["sealedKey"] = sealed_or_null(row, row.sealed_key);
    out["grootteklasse"] = row.body_size;
    out["toegewezen"] = nullptr;
    if (row.assignee) out["toegewezen"] = *row.assignee;
    out["termijn"] = day_or_null(row.term);
    out["geopend"] = row.opened;
    out["ongelezen"] = row.unread;
    out["bewaren"] = hold_of(row);
    out["einde"] = nullptr;
    if (const auto end = end_day(row, end_of)) out["einde"] = end->text();
    out["nietTeOpenen"] = row.unopenable.has_value();
    out["revisie"] = row.revision;
    if (!with_body) return out;
    out["body"] = sealed_or_null(row, row.body);
    out["berichten"] = json::array();
    out["notities"] = json::array();
    return out;
}

json::object write(const store::report_page& page, const end_of& end_of, bool with_body) {
    json::array rows;
    for (const auto& row : page.rows) rows.push_back(write(row, end_of, with_body));
    json::object out;
    out["meldingen"] = std::move(rows);
    out["cursor"] = write_cursor(page.last_place);
    out["meer"] = page.more;
    if (page.unreadable > 0) out["onleesbaar"] = page.unreadable;
    return out;
}

}  // namespace

async::task<std::expected<std::optional<json::object>, store::errc>> list(list_call call, end_of end_of,
                                                                          store::store& store) {
    const auto& query = call.query;
    auto executor = co_await boost::asio::this_coro::executor;
    // Listen before looking, so that what arrives in between is heard.
    auto listening = call.wait.count() > 0 ? store.arrivals().listen(query.desk, executor) : nullptr;
    auto* holder = call.holder;
    auto place = listening && holder ? holder->calls.begin(holder->member, *listening) : nullptr;
    auto until = std::chrono::steady_clock::now() + call.wait;
    for (bool over = listening == nullptr, held = false;; held = true) {
        auto page = co_await store.list(query);
        if (!page) co_return std::unexpected(page.error());
        if (held) {
            auto may = co_await call.still_may();
            if (!may) co_return std::unexpected(may.error());
            if (!*may) co_return std::optional<json::object>();
        }
        auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        const bool any = !page->rows.empty() || page->unreadable > 0;
        if (any || over || left.count() <= 0) co_return std::optional(write(*page, end_of, query.with_body));
        bool rung = co_await listening->wait(left);
        if (place) holder->gave_way = place->gave_way();
        // Not rung is the time's end; rung without a row is a drain, or a report of another status.
        over = !rung || listening->ended() || store.arrivals().closed();
    }
}

async::task<std::expected<item, store::errc>> report(std::string desk, crypto::uuid id, end_of end_of,
                                                     store::store& store) {
    auto stored = co_await store.report(desk, id);
    if (!stored) co_return std::unexpected(stored.error());
    item out;
    out.revision = stored->listed.revision;
    out.json = write(stored->listed, end_of, true);
    // Who else has it; their keys are theirs.
    json::array recipients;
    for (const auto& row : stored->recipients)
        recipients.push_back(
            json::object{{"voor", "loket:" + row.desk}, {"rol", row.role}, {"epoch", row.epoch}});
    out.json["ontvangers"] = std::move(recipients);
    out.json["bijlagen"] = json::array();
    out.json["postbus"] = nullptr;
    if (stored->mailbox) out.json["postbus"] = crypto::mailbox_id(*stored->mailbox);
    out.json["overdracht"] = nullptr;
    out.json["vernietiging"] = nullptr;
    if (stored->listed.status == "wordt-vernietigd") {
        auto state = co_await store.end_state(std::move(desk), id);
        if (!state) co_return std::unexpected(state.error());
        // Taken back in between: the next fetch shows the state that came with that.
        if (state->order) out.json["vernietiging"] = to_json(*state->order, state->falls_due());
    }
    co_return std::move(out);
}

}  // namespace inbox
