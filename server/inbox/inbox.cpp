#include "server/inbox/inbox.hpp"

#include <boost/asio/this_coro.hpp>

#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/envelope_json.hpp"
#include "crypto/receipt.hpp"
#include "server/inbox/cursor.hpp"

namespace inbox {
namespace {

namespace json = protocol::json;

json::object write(const store::listed_report& row, bool with_body) {
    json::object out;
    out["id"] = row.id.text();
    out["status"] = row.status;
    out["rol"] = row.role;
    out["spoed"] = row.urgent;
    out["ontvangen"] = protocol::day{row.day}.text();
    out["epoch"] = row.epoch;
    out["sealedKey"] = crypto::b64u(row.sealed_key.view());
    out["grootteklasse"] = row.body_size;
    out["toegewezen"] = nullptr;
    if (row.assignee) out["toegewezen"] = *row.assignee;
    auto labels = protocol::parse_json(row.labels);
    out["labels"] = labels ? std::move(*labels) : json::value(json::array());
    out["termijn"] = nullptr;
    if (row.term) out["termijn"] = protocol::day{*row.term}.text();
    out["revisie"] = row.revision;
    if (with_body) out["body"] = crypto::b64u(row.body.view());
    return out;
}

json::object write(const store::report_page& page, bool with_body) {
    json::array rows;
    for (const auto& row : page.rows) rows.push_back(write(row, with_body));
    json::object out;
    out["meldingen"] = std::move(rows);
    out["cursor"] = write_cursor(page.last_place);
    out["meer"] = page.more;
    if (page.unreadable > 0) out["onleesbaar"] = page.unreadable;
    return out;
}

protocol::recipient read(store::recipient_row& row) {
    protocol::recipient out;
    out.voor = "loket:" + row.desk;
    out.rol = std::move(row.role);
    out.epoch = protocol::epoch::parse(row.epoch);
    out.sleutel = row.key_mark;
    out.sealed_key = std::move(row.sealed_key);
    return out;
}

}  // namespace

namespace {

// Who is given bodies has read them: nothing that was read is told as unread, and nothing is given that could
// not be noted.
async::task<std::expected<void, store::errc>> hand_out(const store::report_page& page, std::string desk,
                                                       store::store& store) {
    std::vector<crypto::uuid> fresh;
    for (const auto& row : page.rows)
        if (!row.read) fresh.push_back(row.id);
    if (fresh.empty()) co_return std::expected<void, store::errc>();
    co_return co_await store.fetched(std::move(desk), std::move(fresh));
}

}  // namespace

async::task<std::expected<json::object, store::errc>> list(store::list_query query, std::chrono::seconds wait,
                                                           store::store& store, holder* holder) {
    auto executor = co_await boost::asio::this_coro::executor;
    // Listen before looking, so that what arrives in between is heard.
    auto listening = wait.count() > 0 ? store.arrivals().listen(query.desk, executor) : nullptr;
    auto held = listening && holder ? holder->calls.begin(holder->member, *listening) : nullptr;
    auto until = std::chrono::steady_clock::now() + wait;
    for (;;) {
        auto page = co_await store.list(query);
        if (!page) co_return std::unexpected(page.error());
        auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (query.with_body)
            if (auto told = co_await hand_out(*page, query.desk, store); !told)
                co_return std::unexpected(told.error());
        const bool any = !page->rows.empty() || page->unreadable > 0;
        if (any || !listening || left.count() <= 0) co_return write(*page, query.with_body);
        bool rung = co_await listening->wait(left);
        if (held) holder->gave_way = held->gave_way();
        // Not rung is the time's end; rung without a row is a drain, or a report of another status.
        if (!rung || listening->ended() || store.arrivals().closed()) co_return write(*page, query.with_body);
    }
}

async::task<std::expected<item, store::errc>> report(std::string desk, crypto::uuid id, store::store& store) {
    auto stored = co_await store.report(std::move(desk), id);
    if (!stored) co_return std::unexpected(stored.error());
    item out;
    out.revision = stored->listed.revision;
    out.json = write(stored->listed, true);
    json::array recipients;
    for (auto& row : stored->recipients) recipients.push_back(protocol::to_json(read(row)));
    out.json["ontvangers"] = std::move(recipients);
    out.json["bijlagen"] = json::array();
    out.json["postbus"] = nullptr;
    if (stored->mailbox) out.json["postbus"] = crypto::mailbox_id(*stored->mailbox);
    out.json["bewaren"] = nullptr;
    if (stored->hold)
        out.json["bewaren"] =
            json::object{{"tot", protocol::day{stored->hold->until}.text()}, {"reden", stored->hold->reason}};
    out.json["berichten"] = json::array();
    out.json["notities"] = json::array();
    co_return std::move(out);
}

}  // namespace inbox
