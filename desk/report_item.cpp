#include "desk/report_item.hpp"

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
    out.sleutel = r.block<8>("sleutel");
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
    envelope.body = crypto::sealed::received(r.binary("body"));
    r.each("ontvangers", 16, [&](const json::value& value, std::string at) {
        if (const auto* one = value.if_object())
            envelope.ontvangers.push_back(read_recipient(*one, std::move(at), found));
        else
            found.push_back({std::move(at), "type", "This must be an object."});
    });
    auto own_key = r.binary("sealedKey");
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
    out.messages = count(r, "berichten");
    out.notes = count(r, "notities");
    out.files = count(r, "bijlagen");
    if (!found.empty() || out.row.id != id) return std::unexpected(client::errc::bad_answer);
    return out;
}

}  // namespace desk
