// What an officer's program says of a report: that it was opened, exported, or does not open (api.md, A
// desk).
#include "server/api/endpoints.hpp"
#include "server/inbox/release_line.hpp"
#include "server/inbox/said.hpp"
#include "server/intake/request_hash.hpp"

namespace api {
namespace {

namespace json = protocol::json;

constexpr std::string_view none_here = "There is no such report at this desk.";

desk_answer refuse(http::response response) { return {std::move(response), {}}; }

protocol::action action_of(std::string_view what) {
    if (what == inbox::exported) return protocol::action::report_exported;
    return what == inbox::opened ? protocol::action::report_opened : protocol::action::report_unopenable;
}

http::response refused(store::errc error) {
    if (error == store::errc::not_found) return not_found(none_here);
    if (error == store::errc::id_taken)
        return conflict("This id was already used for something else; make a new one.");
    return from_store(error);
}

}  // namespace

async::task<desk_answer> endpoints::report_seen(desk_call call) {
    const auto id = crypto::uuid::parse(call.parameters[1]);
    if (!id) co_return refuse(not_found(none_here));
    protocol::faults found;
    const auto object = protocol::parse_object(crypto::as_text(call.request.body));
    if (!object) found.push_back({"", "json", std::string(protocol::text(object.error()))});
    const auto said = object ? inbox::read_said(*object, found) : inbox::said();
    if (!found.empty()) {
        // Where there is no such report, that is said first.
        auto there = co_await parts_.store.report(call.desk(), *id);
        if (!there && there.error() == store::errc::not_found) co_return refuse(not_found(none_here));
        co_return refuse(bad_input("body", found));
    }
    const auto today = parts_.clock.today();
    call.action = action_of(said.what);
    store::sighting row;
    row.id = said.id;
    row.report = *id;
    row.desk = call.desk();
    row.lid = call.caller.who;
    row.role = call.caller.rol;
    row.what = said.what;
    row.request_hash = intake::request_hash(call.request.body);
    row.today = today.number;
    row.released = [id = *id, today](const store::head& previous, const std::string& first,
                                     const std::string& fallback) {
        return inbox::release_line(previous, id, first, fallback, std::nullopt, today);
    };
    auto trail = line(call, id->text() + " " + said.id.text());
    auto grown = co_await parts_.store.add_sighting(std::move(row), std::move(trail));
    if (!grown) co_return refuse(refused(grown.error()));
    co_return desk_answer{json_answer(grown->fresh ? 201 : 200, json::object{{"id", said.id.text()}}),
                          std::move(grown->head)};
}

}  // namespace api
