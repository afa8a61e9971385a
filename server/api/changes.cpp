// What an officer changes about a report.
#include "server/api/endpoints.hpp"
#include "server/api/report_calls.hpp"
#include "server/inbox/change.hpp"

namespace api {
namespace {

namespace json = protocol::json;

constexpr std::string_view not_first = "Only the desk that a report is with may do this.";

}  // namespace

async::task<desk_answer> endpoints::change_report(desk_call call) {
    const auto id = crypto::uuid::parse(call.parameters[1]);
    if (!id) co_return refuse(not_found(none_here));
    auto report = co_await parts_.store.report(call.desk(), *id);
    if (!report) co_return refuse(refused(report.error()));
    const auto today = parts_.clock.today();
    faults_in places[] = {{"header", {}}, {"body", {}}};
    auto& found = places[1].found;
    const auto revision = read_revision(call.request, places[0].found);
    const auto object = read_body(call.request);
    inbox::change change;
    if (object) {
        const auto codes = parts_.codes.get();
        const auto keeps = [&codes](std::string_view code) { return codes->is_reason(code, "bewaren"); };
        change = inbox::read_change(*object, keeps, today, found);
    } else {
        found.push_back(object.error());
    }
    if (!places[0].found.empty() || !found.empty()) co_return refuse(bad_input(places));
    if (change.of_first() && report->listed.role != "eerste") co_return refuse(forbidden(not_first));
    const inbox::moment at{*report, *call.now, today};
    inbox::judge(change, call.desk(), at, found);
    if (!found.empty()) co_return refuse(bad_input("body", found));
    if (report->listed.revision != *revision) co_return refuse(refused(store::errc::stale));
    if (const auto why = inbox::conflict(change, *report); !why.empty()) co_return refuse(conflict(why));
    auto row = inbox::row_of(change, call.desk(), at);
    row.lid = call.caller.who;
    row.role = call.caller.rol;
    if (parts_.store.shared() && !row.sealed_anew.empty()) row.generation = call.now->generation;
    if (change.undo) call.action = protocol::action::destruction_undone;
    auto trail = line(call, id->text() + inbox::told(change));
    auto changed = co_await parts_.store.change(std::move(row), std::move(trail));
    if (!changed) co_return refuse(refused(changed.error()));
    json::object out{{"id", id->text()}, {"revisie", changed->revision}};
    auto answer = json_answer(200, out);
    answer.with("ETag", etag(changed->revision));
    co_return desk_answer{std::move(answer), std::move(changed->head)};
}

}  // namespace api
