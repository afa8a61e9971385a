#include "desk/listing.hpp"

#include <fmt/format.h>

#include "crypto/encoding.hpp"
#include "crypto/protocol/faults.hpp"
#include "desk/print.hpp"

namespace desk {
namespace {

constexpr int page_size = 200;
constexpr std::string_view columns = "{:<36}  {:<10}  {:<6}  {:<16}  {:<10}  {:<8}  {:>8}\n";

bool is_cursor(std::string_view cursor) {
    return !cursor.empty() &&
           cursor.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
               std::string_view::npos;
}

row read_row(const protocol::json::object& object, std::string at, protocol::faults& found) {
    protocol::reading r(object, std::move(at), found, protocol::unknown::ignore);
    row out;
    out.id = r.id("id").text();
    out.status = r.text("status", 64);
    out.rol = r.text("rol", 64);
    out.epoch = r.text("epoch", 16);
    out.ontvangen = r.date("ontvangen").text();
    out.spoed = r.boolean("spoed");
    out.size = r.integer("grootteklasse");
    out.revisie = r.integer("revisie");
    out.members = object;
    out.members.erase("sealedKey");
    out.members.erase("body");
    return out;
}

}  // namespace

std::expected<page, client::errc> read_page(std::string_view body) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    page out;
    r.each("meldingen", page_size, [&](const protocol::json::value& value, std::string at) {
        if (const auto* one = value.if_object())
            out.rows.push_back(read_row(*one, std::move(at), found));
        else
            found.push_back({std::move(at), "type", "This must be an object."});
    });
    out.cursor = r.text("cursor", 1024);
    out.more = r.boolean("meer");
    if (object->if_contains("onleesbaar")) out.unreadable = r.integer("onleesbaar");
    if (!found.empty() || !is_cursor(out.cursor)) return std::unexpected(client::errc::bad_answer);
    return out;
}

std::string page_query(std::string_view cursor, std::string_view status, int wait) {
    auto out = fmt::format("meldingen?aantal={}", page_size);
    if (!cursor.empty()) out += fmt::format("&na={}", cursor);
    if (!status.empty()) out += fmt::format("&status={}", status);
    if (wait > 0) out += fmt::format("&wacht={}", wait);
    return out;
}

std::string heading() {
    return fmt::format(columns, "id", "ontvangen", "spoed", "status", "rol", "epoch", "bytes");
}

std::string line_of(const row& row) {
    return fmt::format(columns, row.id, row.ontvangen, row.spoed ? "URGENT" : "", escaped_line(row.status),
                       escaped_line(row.rol), escaped_line(row.epoch), row.size);
}

std::string json_line_of(const row& row) { return escaped(protocol::to_text(row.members)) + "\n"; }

}  // namespace desk
