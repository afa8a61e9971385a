#include "client/desk/listing.hpp"

#include <set>

#include <fmt/format.h>

#include "client/line/problem.hpp"
#include "client/print.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

constexpr int page_size = 200;
constexpr std::string_view columns = "{:<36}  {:<10}  {:<10}  {:<6}  {:<16}  {:<10}  {:<8}  {:<6}  {}\n";

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
    read_terms(r, out);
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

client::result<std::vector<row>> every_row(client::session& session, std::string_view status) {
    std::vector<row> out;
    std::set<std::string> known;
    for (std::string cursor;;) {
        auto got = session.get(page_query(cursor, status, 0));
        if (!got) return std::unexpected(got.error());
        if (got->status != 200) return std::unexpected(client::refused("The reports were not listed", *got));
        auto page = read_page(got->body);
        if (!page) return std::unexpected(page.error());
        for (auto& row : page->rows)
            if (known.insert(row.id).second) out.push_back(std::move(row));
        if (!page->more) return out;
        if (page->cursor == cursor) return std::unexpected(client::errc::bad_answer);
        cursor = page->cursor;
    }
}

void read_terms(protocol::reading& from, row& to) {
    const auto day = [&](std::string_view name) {
        if (!from.has(name) || !from.text_or_null(name, 16)) return std::string();
        return from.date(name).text();
    };
    to.termijn = day("termijn");
    to.einde = day("einde");
    if (from.has("geopend")) to.geopend = from.boolean("geopend");
    if (from.has("nietTeOpenen")) to.unopenable = from.boolean("nietTeOpenen");
    if (!from.has("bewaren")) return;
    const auto* kept = from.object_or_null("bewaren");
    const auto* until = kept ? kept->if_contains("tot") : nullptr;
    const auto* why = kept ? kept->if_contains("reden") : nullptr;
    if (until && until->is_string())
        to.kept_until = escaped_line({until->as_string().data(), until->as_string().size()});
    if (why && why->is_string()) to.kept = escaped_line({why->as_string().data(), why->as_string().size()});
}

std::string end_text(const row& row) {
    std::string out;
    const auto say = [&](const std::string& words) { out += (out.empty() ? "" : " ") + words; };
    if (!row.kept_until.empty()) say(fmt::format("Kept until {} ({}).", row.kept_until, row.kept));
    if (row.unopenable) say("No desk can open it.");
    if (!row.einde.empty()) say(fmt::format("Destroyed on {}.", row.einde));
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
    return fmt::format(columns, "id", "ontvangen", "termijn", "spoed", "status", "rol", "epoch", "opened",
                       "end");
}

std::string line_of(const row& row) {
    return fmt::format(columns, row.id, row.ontvangen, row.termijn, row.spoed ? "URGENT" : "",
                       escaped_line(row.status), escaped_line(row.rol), escaped_line(row.epoch),
                       row.geopend ? "yes" : "NO", end_text(row));
}

std::string json_line_of(const row& row) { return escaped(protocol::to_text(row.members)) + "\n"; }

}  // namespace desk
