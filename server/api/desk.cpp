// A desk's inbox and its audit trail.
#include <algorithm>

#include "server/api/endpoints.hpp"
#include "server/api/parameters.hpp"
#include "server/inbox/cursor.hpp"
#include "server/inbox/inbox.hpp"

namespace api {
namespace {

namespace json = protocol::json;

constexpr std::string_view statuses[] = {"nieuw",       "in-behandeling", "wacht-op-melder", "overgedragen",
                                         "ingetrokken", "afgesloten",     "wordt-vernietigd"};
constexpr std::size_t most_lines = 1000;

store::list_query read_list(parameters& query, std::string desk, std::int64_t& wait) {
    store::list_query out;
    out.desk = std::move(desk);
    if (auto cursor = query.text("na")) {
        auto place = inbox::read_cursor(*cursor);
        if (!place)
            query.add("na", "formaat", "This cursor is not one of ours; leave it out to begin at the first.");
        out.after = place.value_or(0);
    }
    if (auto status = query.text("status")) {
        if (std::find(std::begin(statuses), std::end(statuses), *status) == std::end(statuses))
            query.add("status", "onbekende-code", "There is no such status.");
        out.status = *status;
    }
    out.limit = static_cast<std::size_t>(query.number("aantal", 50, 1, 200));
    wait = query.number("wacht", 0, 0, 60);
    out.with_body = query.boolean("metBody", false);
    return out;
}

}  // namespace

async::task<desk_answer> endpoints::list(desk_call call) {
    parameters query(call.request.head.query);
    std::int64_t wait = 0;
    auto asked = read_list(query, call.desk(), wait);
    if (auto found = query.finish(); !found.empty()) co_return desk_answer{bad_input("query", found), {}};
    // With bodies it leaves a line before anything is handed out: that they were fetched, no more.
    std::optional<store::head> head;
    if (asked.with_body) {
        auto trail = line(call, {});
        auto grown = co_await parts_.store.append(std::move(trail));
        if (!grown) co_return desk_answer{from_store(grown.error()), {}};
        head = std::move(*grown);
    }
    inbox::holder holder{held_, call.desk() + ' ' + call.caller.who};
    inbox::list_call held{std::move(asked), std::chrono::seconds(wait),
                          [this, &call] { return still_may(call.caller); }, &holder};
    auto page = co_await inbox::list(std::move(held), parts_.end_of, parts_.store);
    if (!page) co_return desk_answer{from_store(page.error()), std::move(head)};
    if (!*page) co_return desk_answer{not_signed(), std::move(head)};
    auto answer = json_answer(200, **page);
    answer.close = holder.gave_way;
    co_return desk_answer{std::move(answer), std::move(head)};
}

async::task<desk_answer> endpoints::report(desk_call call) {
    auto id = crypto::uuid::parse(call.parameters[1]);
    if (!id) co_return desk_answer{not_found("There is no such report at this desk."), {}};
    auto item = co_await inbox::report(call.desk(), *id, parts_.end_of, parts_.store);
    if (!item && item.error() == store::errc::not_found)
        co_return desk_answer{not_found("There is no such report at this desk."), {}};
    if (!item) co_return desk_answer{from_store(item.error()), {}};
    auto out = json_answer(200, item->json);
    out.with("ETag", "\"" + std::to_string(item->revision) + "\"");
    co_return desk_answer{std::move(out), {}};
}

async::task<desk_answer> endpoints::trail_lines(desk_call call) {
    parameters query(call.request.head.query);
    auto after = query.number("na", 0, 0, protocol::integer_limit - 1);
    if (auto found = query.finish(); !found.empty()) co_return desk_answer{bad_input("query", found), {}};
    // Up to the line of this request, which the answer names as the last: others may have come since.
    const auto most = std::clamp<std::int64_t>(call.line - after, 0, most_lines);
    auto lines = co_await parts_.store.trail(call.desk(), after, static_cast<std::size_t>(most));
    if (!lines) co_return desk_answer{from_store(lines.error()), {}};
    json::array rows;
    for (const auto& line : *lines) rows.push_back(json::string(crypto::b64u(crypto::as_bytes(line))));
    json::object out;
    out["regels"] = std::move(rows);
    auto heads = co_await parts_.store.daily_heads(call.desk(), after);
    if (!heads) co_return desk_answer{from_store(heads.error()), {}};
    json::array days;
    for (const auto& head : *heads) days.push_back(json::string(head));
    out["hoofden"] = std::move(days);
    co_return desk_answer{json_answer(200, out), {}};
}

}  // namespace api
