#include "client/desk/report_item.hpp"

#include "crypto/envelope.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

protocol::recipient read_recipient(const json::object& object, std::string at, protocol::faults& found) {
    protocol::reading r(object, std::move(at), found, protocol::unknown::ignore);
    protocol::recipient out;
    out.voor = r.text("voor", 64);
    out.rol = r.text("rol", 16);
    out.epoch = protocol::epoch::parse(r.text_or_empty("epoch", 16));
    if (r.has("sleutel")) out.sleutel = r.block<8>("sleutel");
    if (r.has("sealedKey")) out.sealed_key = crypto::sealed::received(r.binary("sealedKey"));
    return out;
}

std::size_t count(protocol::reading& r, std::string_view name) {
    std::size_t out = 0;
    if (r.has(name)) r.each(name, 100000, [&](const json::value&, const std::string&) { ++out; });
    return out;
}

}  // namespace

std::expected<report_item, client::errc> read_item(std::string_view body, std::string_view desk,
                                                   std::string_view id) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    report_item out;
    auto& envelope = out.received.envelope;
    envelope.id = r.id("id");
    out.received.spoed = r.boolean("spoed");
    out.received.mailbox = r.text_or_null("postbus", 64);
    const auto* body_there = object->if_contains("body");
    out.withheld = body_there && body_there->is_null();
    if (!out.withheld) envelope.body = crypto::sealed::received(r.binary("body"));
    r.each("ontvangers", 16, [&](const json::value& value, std::string at) {
        if (const auto* one = value.if_object())
            envelope.ontvangers.push_back(read_recipient(*one, std::move(at), found));
        else
            found.push_back({std::move(at), "type", "This must be an object."});
    });
    const auto own_key = out.withheld ? crypto::bytes() : r.binary("sealedKey");
    for (auto& recipient : envelope.ontvangers)
        if (recipient.desk() == desk && recipient.sealed_key.size() == 0)
            recipient.sealed_key = crypto::sealed::received(own_key);
    out.row.id = envelope.id.text();
    out.row.status = r.text("status", 64);
    out.row.rol = r.text("rol", 64);
    out.row.epoch = r.text("epoch", 16);
    out.row.ontvangen = r.date("ontvangen").text();
    out.row.spoed = out.received.spoed;
    out.row.revisie = r.integer("revisie");
    read_terms(r, out.row);
    out.messages = count(r, "berichten");
    out.notes = count(r, "notities");
    out.files = count(r, "bijlagen");
    if (!found.empty() || out.row.id != id) return std::unexpected(client::errc::bad_answer);
    return out;
}

void name_key(report_item& item, std::string_view desk, const epoch_secrets& secrets) {
    for (auto& own : item.received.envelope.ontvangers) {
        if (own.desk() != desk || secrets.by_mark.contains(own.sleutel)) continue;
        const auto [first, last] = secrets.marks_of_week.equal_range(item.row.epoch);
        for (auto one = first; one != last; ++one) {
            own.sleutel = one->second;
            const auto& secret = secrets.by_mark.at(one->second);
            if (crypto::open_key(own.sealed_key.view(), item.received.envelope.id, secret)) break;
        }
    }
}

}  // namespace desk
