#include "client/desk/order_item.hpp"

#include <fmt/format.h>

#include "client/line/problem.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

given_order read_order(const protocol::json::object& object, std::string at, protocol::faults& found) {
    protocol::reading r(object, std::move(at), found, protocol::unknown::ignore);
    given_order out;
    out.lid = r.id("door").text();
    out.day = r.date("dag").text();
    out.reason = r.text("reden", 64);
    if (r.text_or_null("uiterlijk", 16)) out.until = r.date("uiterlijk").text();
    return out;
}

}  // namespace

std::string order_item::needs_lead() const {
    if (!opened) return "nobody of the desk opened it";
    if (urgent) return "it is urgent";
    return unread > 0 ? "a message in it is unread" : std::string();
}

std::expected<order_item, client::errc> read_order_item(std::string_view body, std::string_view id) {
    const auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    order_item out;
    out.id = r.id("id").text();
    out.status = r.text("status", 64);
    out.rol = r.text("rol", 64);
    out.revisie = r.integer("revisie");
    out.urgent = r.boolean("spoed");
    out.opened = r.boolean_or("geopend", true);
    if (r.has("ongelezen")) out.unread = r.integer("ongelezen");
    out.kept = r.object_or_null("bewaren") != nullptr;
    if (const auto* given = r.object_or_null("vernietiging"))
        out.order = read_order(*given, "/vernietiging", found);
    if (!found.empty() || out.id != id) return std::unexpected(client::errc::bad_answer);
    return out;
}

std::expected<given_order, client::errc> read_given_order(std::string_view body) {
    const auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    const auto* given = r.object("vernietiging");
    if (!given) return std::unexpected(client::errc::bad_answer);
    auto out = read_order(*given, "/vernietiging", found);
    if (!found.empty()) return std::unexpected(client::errc::bad_answer);
    return out;
}

client::result<order_item> fetch_order_item(client::session& session, const std::string& id) {
    auto got = session.get("meldingen/" + id);
    if (!got) return std::unexpected(got.error());
    if (got->status == 404)
        return client::refuse(
            fmt::format("Desk {} has no report {}: it was destroyed already, or the id may be mistyped.",
                        session.desk(), id));
    if (got->status != 200) return std::unexpected(client::refused("The report was not fetched", *got));
    auto item = read_order_item(got->body, id);
    if (!item) return std::unexpected(item.error());
    return std::move(*item);
}

}  // namespace desk
