#include "server/api/endpoints.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/protocol/trail.hpp"
#include "openapi.hpp"

namespace api {
namespace {

constexpr std::size_t largest_json = 512 * 1024;  // api.md, Sizes

// What everybody may read, the script of any page may read, and so may it read why that was refused.
http::response open_to_all(http::method asked, http::response response) {
    if (asked != http::method::post && response.status >= 400)
        response.with("Access-Control-Allow-Origin", "*");
    return response;
}

http::response no_such_method(std::string allow, http::method asked) {
    http::response out;
    out.status = 204;
    if (asked != http::method::options)
        out = http::problem(405, "Method not allowed", "This address does not take this method; see Allow.");
    out.with("Allow", std::move(allow));
    return out;
}

protocol::trail_entry entry_of(const desk_call& call, std::string object, protocol::day today) {
    return {today,
            call.caller.who,
            std::string(protocol::form_of(call.action).code),
            std::move(object),
            call.caller.signature_base,
            call.caller.signature};
}

store::trail_write written(std::string desk, protocol::trail_entry entry) {
    return {std::move(desk), [entry = std::move(entry)](const store::head& previous) {
                return protocol::write_line(entry, {previous.line, previous.hash});
            }};
}

// Of a request that was signed, and for which nothing was done.
protocol::trail_entry refused_with(unsigned status, protocol::trail_entry entry) {
    if (!entry.object.empty()) entry.object += ' ';
    entry.object += std::string(protocol::refused_as) + std::to_string(status);
    return entry;
}

}  // namespace

std::span<const http::route<endpoint>> endpoints::table() {
    using enum http::method;
    using e = endpoints;
    using enum admission::importance;
    using enum protocol::action;
    constexpr auto open = [](auto handler, admission::importance importance) {
        return endpoint{roles::anyone, trail::none, {}, importance, handler, nullptr};
    };
    // No route of a desk without an action: it would leave no line.
    constexpr auto desk = [](roles who, trail line, protocol::action action, auto handler) {
        return endpoint{who, line, action, rescue, nullptr, handler};
    };
    // What a client needs to seal an urgent report is as important as that; of a report itself only its body
    // says what it is.
    static const http::route<endpoint> routes[] = {
        {get, "/v1/openapi.json", open(&e::openapi, reading)},
        {get, "/v1/sleutelgids", open(&e::directory, rescue)},
        {post, "/v1/sleutelgids", open(&e::post_directory, rescue)},
        {get, "/v1/sleutelgids/{versie}", open(&e::directory_version, rescue)},
        {get, "/v1/routering", open(&e::routing, rescue)},
        {get, "/v1/gemeenten", open(&e::municipalities, reading)},
        {get, "/v1/wegwijzer", open(&e::where_to_report, reading)},
        {get, "/v1/hulpaanbod", open(&e::help, reading)},
        {get, "/v1/signalen", open(&e::signals, reading)},
        {post, "/v1/meldingen", open(&e::post_report, rescue)},
        {get, "/v1/loketten/{l}/standen/{versie}", open(&e::stand_version, rescue)},
        {get, "/v1/loketten/{l}/meldingen", desk(roles::officers, trail::none, list_fetched_whole, &e::list)},
        {get, "/v1/loketten/{l}/meldingen/{id}",
         desk(roles::officers, trail::before, report_fetched, &e::report)},
        {patch, "/v1/loketten/{l}/meldingen/{id}",
         desk(roles::officers, trail::inside, report_changed, &e::change_report)},
        {del, "/v1/loketten/{l}/meldingen/{id}",
         desk(roles::officers, trail::inside, destruction_ordered, &e::destroy_report)},
        {post, "/v1/loketten/{l}/meldingen/{id}/inzagen",
         desk(roles::officers, trail::inside, report_opened, &e::report_seen)},
        {get, "/v1/loketten/{l}/sleutels", desk(roles::officers, trail::before, keys_fetched, &e::keys)},
        {post, "/v1/loketten/{l}/sleutels", desk(roles::leads, trail::inside, key_handed_in, &e::post_key)},
        {get, "/v1/loketten/{l}/leden", desk(roles::members, trail::before, members_fetched, &e::members)},
        {post, "/v1/loketten/{l}/leden",
         desk(roles::leads, trail::inside, member_handed_in, &e::post_member)},
        {post, "/v1/loketten/{l}/standen",
         desk(roles::leads, trail::inside, stand_handed_in, &e::post_stand)},
        {get, "/v1/loketten/{l}/logboek", desk(roles::officers, trail::before, trail_read, &e::trail_lines)},
    };
    return routes;
}

endpoints::endpoints(parts parts)
    : parts_(parts),
      router_(table()),
      openapi_(std::make_shared<const std::string>(embedded::openapi()[0].text)),
      openapi_hash_(crypto::hash_text(crypto::as_bytes(*openapi_))) {}

std::expected<std::size_t, http::response> endpoints::admit(const http::head& head) const {
    auto route = router_.match(head.method, head.path);
    if (std::holds_alternative<http::not_found>(route))
        return std::unexpected(not_found("There is no such address."));
    if (auto* other = std::get_if<http::not_allowed>(&route))
        return std::unexpected(no_such_method(std::move(other->allow), head.method));
    const auto& endpoint = *std::get<http::router<api::endpoint>::found>(route).handler;
    const bool has_body = head.method == http::method::post || head.method == http::method::patch;
    const bool writes = has_body || head.method == http::method::del;
    if (parts_.gate.sheds(endpoint.importance) || (writes && parts_.store.full()))
        return std::unexpected(endpoint.open ? open_to_all(head.method, overloaded()) : overloaded());
    if (endpoint.open == &endpoints::post_report)
        if (auto room = admit_report(head); !room) return std::unexpected(std::move(room.error()));
    if (!has_body) return std::size_t{0};
    // JSON's parameters mean nothing (RFC 8259 §11).
    if (!head.is_of_type("application/json"))
        return std::unexpected(
            http::problem(415, "Unsupported media type", "Send the body as application/json."));
    return largest_json;
}

std::expected<void, http::response> endpoints::admit_report(const http::head& head) const {
    const auto size = admission::class_of_request(head.content_length);
    if (parts_.gate.sheds(admission::importance_of(size, true))) return std::unexpected(overloaded());
    if (!parts_.volume.could_take(head.sender, size)) return std::unexpected(no_room());
    return {};
}

async::task<http::response> endpoints::answer(const http::request& request) {
    auto route = router_.match(request.head.method, request.head.path);
    auto* found = std::get_if<http::router<endpoint>::found>(&route);
    if (!found) co_return not_found("There is no such address.");
    call call{request, std::move(found->parameters)};
    if (found->handler->open)
        co_return open_to_all(request.head.method, co_await (this->*found->handler->open)(std::move(call)));
    co_return co_await answer_desk(*found->handler, std::move(call));
}

async::task<std::expected<trust::caller, http::response>> endpoints::identify(const http::request& request,
                                                                              std::string desk) {
    const auto& head = request.head;
    auto input = head.one("signature-input"), signature = head.one("signature"),
         digest = head.one("content-digest");
    if (!input || !signature) co_return std::unexpected(not_signed());
    trust::signed_request signed_request;
    signed_request.message = {head.method_text, head.authority, head.path,
                              head.query.empty() ? "?" : head.query, head.fields};
    signed_request.signature_input = *input;
    signed_request.signature = *signature;
    if (digest) signed_request.content_digest = *digest;
    signed_request.body = request.body;
    auto caller = co_await parts_.gatekeeper.identify(std::move(signed_request), std::move(desk));
    if (caller) co_return std::move(*caller);
    switch (caller.error()) {
        case trust::not_identified::other_time:
            co_return std::unexpected(wrong_clock(parts_.clock.now()));
        case trust::not_identified::store:
            co_return std::unexpected(overloaded());
        case trust::not_identified::not_believed:
            break;
    }
    co_return std::unexpected(not_signed());
}

async::task<std::expected<bool, store::errc>> endpoints::still_may(trust::caller who) {
    auto again = co_await parts_.gatekeeper.again(who);
    if (!again) co_return std::unexpected(again.error());
    co_return again->has_value() && (*again)->rol == who.rol;
}

store::trail_write endpoints::line(const desk_call& call, std::string object) const {
    return written(call.desk(), entry_of(call, std::move(object), parts_.clock.today()));
}

// Identity, then the desk, then the role, then the trail, then the handler. Whatever the answer is, it
// carries the head.
async::task<http::response> endpoints::answer_desk(const endpoint& route, call call) {
    auto caller = co_await identify(call.request, call.parameters[0]);
    if (!caller) co_return std::move(caller.error());
    auto now = parts_.registry.now();
    if (!now || !now->directory.newest().desk(call.parameters[0]))
        co_return not_found("There is no such desk.");
    if (caller->desk != call.parameters[0]) co_return forbidden("You are not a member of this desk.");
    std::string_view not_theirs = lacks(route.who, *caller);
    desk_call inner{call.request, std::move(call.parameters), std::move(*caller), std::move(now),
                    *route.action};
    // Only what can be an id of ours goes into the trail.
    std::string about = inner.parameters.size() > 1 ? inner.parameters[1] : std::string();
    if (!crypto::uuid::parse(about)) about.clear();
    auto entry = entry_of(inner, about, parts_.clock.today());
    std::string desk = inner.desk();
    std::optional<store::head> head;
    if (route.line == trail::before) {
        const bool no_id = inner.parameters.size() > 1 && about.empty();
        auto trail = written(desk, !not_theirs.empty() ? refused_with(403, entry)
                                   : no_id             ? refused_with(404, entry)
                                                       : entry);
        auto grown = co_await parts_.store.append(std::move(trail));
        if (!grown) co_return from_store(grown.error());
        inner.line = grown->line;
        head = std::move(*grown);
    }
    desk_answer answered{forbidden(not_theirs), {}};
    if (not_theirs.empty()) answered = co_await (this->*route.desk)(std::move(inner));
    // Not a member any more: who was one learns no more of the desk than anybody.
    if (answered.response.status == 401) co_return std::move(answered.response);
    if (answered.head) head = std::move(answered.head);
    if (!head) {
        // A plain list leaves no line; a write that was refused leaves one too, also for want of a role, and
        // says that nothing was done. Of one that failed here that is not sure: its line may be there
        // already.
        const bool none = route.line == trail::none || answered.response.status >= 500;
        auto refused = written(desk, refused_with(answered.response.status, std::move(entry)));
        auto last =
            none ? co_await parts_.store.head(desk) : co_await parts_.store.append(std::move(refused));
        if (!last) co_return from_store(last.error());
        head = std::move(*last);
    }
    answered.response.with("Logboek", protocol::write_head({head->line, head->hash}));
    co_return std::move(answered.response);
}

}  // namespace api
