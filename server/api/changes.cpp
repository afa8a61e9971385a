// What an officer does to a report: changing it, destroying it.
#include <charconv>

#include "crypto/protocol/trail.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/parameters.hpp"
#include "server/inbox/change.hpp"

namespace api {
namespace {

namespace json = protocol::json;

constexpr std::string_view none_here = "There is no such report at this desk.";
constexpr std::string_view not_first = "Only the desk that a report is with may do this.";

desk_answer refuse(http::response response) { return {std::move(response), {}}; }

// If-Match: the revision as ETag gives it.
std::optional<std::int64_t> read_revision(const http::request& request) {
    const auto field = request.head.one("if-match");
    if (!field || field->size() < 3 || field->front() != '"' || field->back() != '"') return std::nullopt;
    const auto digits = std::string_view(*field).substr(1, field->size() - 2);
    std::int64_t out = 0;
    const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (bad != std::errc() || end != digits.data() + digits.size() || out < 1) return std::nullopt;
    return out;
}

http::response stale() {
    return conflict("The report was changed in the meantime: fetch it again, then say what is to change.");
}

// A refused change of the store.
http::response refused(store::errc error) {
    if (error == store::errc::stale) return stale();
    if (error == store::errc::on_hold)
        return conflict("The report is kept on purpose; end that first, with bewaren null.");
    if (error == store::errc::not_found) return not_found(none_here);
    return from_store(error);
}

// {"name": …} of a body; with every fault.
std::expected<json::object, http::response> read_body(const http::request& request) {
    auto object =
        protocol::parse_object({reinterpret_cast<const char*>(request.body.data()), request.body.size()});
    if (object) return std::move(*object);
    return std::unexpected(bad_input("body", {{"", "json", std::string(protocol::text(object.error()))}}));
}

// What the other desks' trails say of a destruction: whose trail has the officer's line, and which it is.
std::function<std::string(const store::head&, const store::head&)> elsewhere(const std::string& first,
                                                                             const crypto::uuid& id,
                                                                             protocol::day today) {
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = std::string(protocol::another_desk) + first;
    entry.handeling = protocol::form_of(protocol::action::report_destroyed).code;
    entry.object = id.text();
    return [entry](const store::head& previous, const store::head& of_first) {
        auto out = entry;
        out.signature_base = protocol::write_head({of_first.line, of_first.hash});
        return protocol::write_line(out, {previous.line, previous.hash});
    };
}

}  // namespace

async::task<desk_answer> endpoints::change_report(desk_call call) {
    const auto id = crypto::uuid::parse(call.parameters[1]);
    if (!id) co_return refuse(not_found(none_here));
    const auto revision = read_revision(call.request);
    if (!revision)
        co_return refuse(
            bad_input("header", {{"If-Match", "vereist", "Send If-Match with the report's ETag."}}));
    auto object = read_body(call.request);
    if (!object) co_return refuse(std::move(object.error()));
    protocol::faults found;
    const auto change = inbox::read_change(*object, found);
    auto report = co_await parts_.store.report(call.desk(), *id);
    if (!report) co_return refuse(refused(report.error()));
    if (report->listed.role != "eerste") co_return refuse(forbidden(not_first));
    const auto codes = parts_.codes.get();
    const inbox::moment at{*report, *call.now, *codes, parts_.clock.today()};
    inbox::judge(change, call.desk(), at, found);
    if (!found.empty()) co_return refuse(bad_input("body", found));
    if (report->listed.revision != *revision) co_return refuse(stale());
    auto row = inbox::row_of(change, call.desk(), at);
    row.lid = call.caller.who;
    row.role = call.caller.rol;
    if (parts_.store.shared() && !row.sealed_anew.empty()) row.generation = call.now->generation;
    auto trail = line(call, id->text() + " " + inbox::told(change));
    auto changed = co_await parts_.store.change(std::move(row), std::move(trail));
    if (!changed) co_return refuse(refused(changed.error()));
    json::object out{{"id", id->text()}, {"revisie", changed->revision}};
    auto answer = json_answer(200, out);
    answer.with("ETag", "\"" + std::to_string(changed->revision) + "\"");
    co_return desk_answer{std::move(answer), std::move(changed->head)};
}

async::task<desk_answer> endpoints::destroy_report(desk_call call) {
    parameters query(call.request.head.query);
    const auto reason = query.text("reden");
    if (!reason)
        query.add("reden", "vereist", "Say why: one of the reasons for destruction of codes.json.");
    else if (!parts_.codes.get()->is_reason(*reason, "vernietiging"))
        query.add("reden", "onbekende-code", "There is no such reason for destruction.");
    if (auto found = query.finish(); !found.empty()) co_return refuse(bad_input("query", found));
    const auto id = crypto::uuid::parse(call.parameters[1]);
    if (!id) co_return refuse(not_found(none_here));
    auto report = co_await parts_.store.report(call.desk(), *id);
    // One that cannot be read any more can still be destroyed.
    if (!report && report.error() != store::errc::damaged) co_return refuse(refused(report.error()));
    if (report && report->listed.role != "eerste") co_return refuse(forbidden(not_first));
    const auto today = parts_.clock.today();
    store::ordered_destruction how{*id, today.number, line(call, id->text() + " reden=" + *reason), {}};
    how.elsewhere = elsewhere(call.desk(), *id, today);
    auto grown = co_await parts_.store.destroy(std::move(how));
    if (!grown) co_return refuse(refused(grown.error()));
    co_return desk_answer{json_answer(200, json::object{{"id", id->text()}, {"vernietigd", today.text()}}),
                          std::move(*grown)};
}

}  // namespace api
