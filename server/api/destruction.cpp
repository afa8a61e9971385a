// The end of a report by its officers (protocol §11): an order, and the word of another member; or a desk
// that shares it takes its own key away.
#include "crypto/protocol/trail.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/parameters.hpp"
#include "server/api/report_calls.hpp"
#include "server/inbox/orders.hpp"

namespace api {
namespace {

namespace json = protocol::json;

// What the other desks' trails say of it: whose trail has the officer's line, and which line it is.
store::line_elsewhere elsewhere(const desk_call& call, const crypto::uuid& id, protocol::day today) {
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = std::string(protocol::another_desk) + call.desk();
    entry.handeling = protocol::form_of(call.action).code;
    entry.object = id.text();
    return [entry](const store::head& previous, const store::head& of_first) {
        auto out = entry;
        out.signature_base = protocol::write_head({of_first.line, of_first.hash});
        return protocol::write_line(out, {previous.line, previous.hash});
    };
}

desk_answer ordered(const crypto::uuid& id, const store::end_state& state, std::int64_t revision,
                    store::head head) {
    json::object out{{"id", id.text()}};
    out["vernietiging"] = inbox::to_json(*state.order, state.falls_due());
    auto answer = json_answer(202, out);
    answer.with("ETag", etag(revision));
    return {std::move(answer), std::move(head)};
}

}  // namespace

// Who signs, and what the request says; read before the state of the report is looked at.
struct endpoints::ending {
    crypto::uuid id;
    std::string reason;
    std::int64_t revision = 0;
    std::string lid;
    crypto::sign_public key{};
    bool lead = false;
    protocol::day today;
};

async::task<desk_answer> endpoints::destroy_report(desk_call call) {
    const auto id = crypto::uuid::parse(call.parameters[1]);
    if (!id) co_return refuse(not_found(none_here));
    auto state = co_await parts_.store.end_state(call.desk(), *id);
    if (!state) co_return refuse(refused(state.error()));
    parameters query(call.request.head.query);
    const auto reason = query.text("reden");
    if (!reason)
        query.add("reden", "vereist", "Say why: one of the reasons for destruction of codes.json.");
    else if (!parts_.codes.get()->is_reason(*reason, "vernietiging"))
        query.add("reden", "onbekende-code", "There is no such reason for destruction.");
    faults_in places[] = {{"header", {}}, {"query", query.finish()}};
    const auto revision = read_revision(call.request, places[0].found);
    if (!places[0].found.empty() || !places[1].found.empty()) co_return refuse(bad_input(places));

    ending how{
        *id, *reason, *revision, call.caller.who, {}, call.caller.rol == "beheerder", parts_.clock.today()};
    // Who was a member when they were identified may be none any more: midnight, or a stand in between.
    const auto* member =
        call.caller.lid ? call.now->directory.member(call.desk(), *call.caller.lid, how.today) : nullptr;
    if (!member) co_return refuse(not_signed());
    how.key = member->sign_key;
    if (state->role != "eerste") co_return co_await give_up_key(std::move(call), std::move(how));
    if (state->order) co_return co_await confirm(std::move(call), std::move(how), std::move(*state));
    co_return co_await order(std::move(call), std::move(how), std::move(*state));
}

async::task<desk_answer> endpoints::give_up_key(desk_call call, ending how) {
    call.action = protocol::action::key_given_up;
    auto trail = line(call, how.id.text() + " reden=" + how.reason);
    auto done = co_await parts_.store.give_up_key(how.id, how.revision, std::move(trail));
    if (!done) co_return refuse(refused(done.error()));
    co_return desk_answer{
        json_answer(200, json::object{{"id", how.id.text()}, {"afgestaan", how.today.text()}}),
        std::move(done->head)};
}

async::task<desk_answer> endpoints::order(desk_call call, ending how, store::end_state state) {
    const auto* desk = call.now->directory.desk(call.desk());
    if (!desk || !desk->stand) co_return refuse(not_signed());
    call.action = protocol::action::destruction_ordered;
    state.order = store::order{how.lid, how.key, how.lead, desk->stand->versie, how.today.number, how.reason};
    store::new_order row{how.id, call.desk(), how.revision, *state.order, inbox::most_orders(how.lead)};
    auto trail = line(call, how.id.text() + " reden=" + how.reason);
    auto other = elsewhere(call, how.id, how.today);
    auto done = co_await parts_.store.order(std::move(row), std::move(trail), std::move(other));
    if (!done && done.error() == store::errc::too_many)
        co_return refuse(too_many(how.lead ? "A beheerder orders at most 500 destructions a day."
                                           : "A member orders at most 50 destructions a day.",
                                  parts_.clock.now()));
    if (!done) co_return refuse(refused(done.error()));
    state.opened_by_another = done->opened_by_another;
    co_return ordered(how.id, state, done->revision, std::move(done->head));
}

async::task<desk_answer> endpoints::confirm(desk_call call, ending how, store::end_state state) {
    const auto& order = *state.order;
    if (order.lid == how.lid) {
        // The same again: nothing is done, and no line is left.
        auto head = co_await parts_.store.head(call.desk());
        if (!head) co_return refuse(from_store(head.error()));
        co_return ordered(how.id, state, state.revision, std::move(*head));
    }
    if (order.key == how.key)
        co_return refuse(
            forbidden("Somebody else has to confirm this: you sign with the key that ordered it."));
    auto stand = co_await parts_.store.stand(call.desk(), order.stand);
    if (!stand && stand.error() != store::errc::not_found) co_return refuse(from_store(stand.error()));
    const auto files = call.now->files.find(call.desk());
    const auto role = stand && files != call.now->files.end()
                          ? inbox::role_in(*stand, files->second, *call.caller.lid, how.key)
                          : std::nullopt;
    if (!role)
        co_return refuse(
            forbidden("Only somebody who was already a member of the desk with this key when it was ordered "
                      "can confirm it."));
    how.lead = how.lead && *role == "beheerder";
    if (state.needs_lead() && !order.lead && !how.lead) co_return refuse(refused(store::errc::needs_lead));
    call.action = protocol::action::report_destroyed;
    auto trail = line(call, how.id.text() + " reden=" + how.reason + " opdracht=" + order.lid);
    store::confirmation row{how.id, how.revision, how.lid, how.lead, how.today.number};
    auto other = elsewhere(call, how.id, how.today);
    auto done = co_await parts_.store.confirm(std::move(row), std::move(trail), std::move(other));
    if (!done) co_return refuse(refused(done.error()));
    co_return desk_answer{
        json_answer(200, json::object{{"id", how.id.text()}, {"vernietigd", how.today.text()}}),
        std::move(done->head)};
}

}  // namespace api
