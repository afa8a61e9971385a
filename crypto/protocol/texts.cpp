#include "crypto/protocol/texts.hpp"

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace protocol {
namespace {

std::string_view type_of(crypto::kind kind) {
    switch (kind) {
        case crypto::kind::melding:
            return "melding";
        case crypto::kind::bericht:
            return "bericht";
        case crypto::kind::antwoord:
            return "antwoord";
        case crypto::kind::notitie:
            return "notitie";
        case crypto::kind::loketbericht:
            return "loketbericht";
    }
    return "";
}

template <class T>
json::value or_null(const std::optional<T>& value) {
    if (!value) return nullptr;
    if constexpr (requires { value->text(); })
        return json::string(value->text());
    else
        return json::string(*value);
}

std::optional<crypto::uuid> id_or_null(reading& r, std::string_view name) {
    auto text = r.text_or_null(name, 64);
    if (!text) return std::nullopt;
    auto id = crypto::uuid::parse(*text);
    if (!id) r.add(name, "formaat", "This must be a random UUIDv4.");
    return id ? std::optional(*id) : std::nullopt;
}

std::expected<text_document, errc> read_document(std::string_view token, const crypto::sign_public& author) {
    auto payload = crypto::verify_jws(token, typ_text, {&author, 1});
    if (!payload) return std::unexpected(errc::bad_signature);
    auto object = parse_object(*payload);
    if (!object) return std::unexpected(object.error());
    faults found;
    reading r(*object, "", found, unknown::ignore);
    text_document out;
    out.token = token;
    out.hash = crypto::hash_text(crypto::as_bytes(token));
    out.signer = author;
    out.id = r.id("id");
    auto soort = r.integer("soort");
    if (soort < 2 || soort > 5) return std::unexpected(errc::wrong_text);
    out.soort = static_cast<crypto::kind>(soort);
    out.van = r.text("van", 64);
    out.aan = r.text_or_null("aan", 64);
    out.melding_id = id_or_null(r, "meldingId");
    out.na = id_or_null(r, "na");
    out.taal = r.text("taal", 35);
    out.tekst = crypto::plain::copy_of(r.text("tekst", 262144));
    out.code = r.text_or_null("code", 64);
    out.spoed = r.boolean("spoed");
    r.each("bijlagen", 10,
           [&](const json::value& value, const std::string&) { out.bijlagen.push_back(value); });
    out.datum = r.date("datum");
    if (!found.empty()) return std::unexpected(errc::bad_document);
    return out;
}

bool fits(const text_document& text, const text_place& place) {
    bool from_reporter = place.kind == crypto::kind::bericht;
    if (text.id != place.envelope_id || text.soort != place.kind) return false;
    if (from_reporter != !text.melding_id) return false;
    if (text.melding_id && *text.melding_id != place.report_id) return false;
    if ((place.kind == crypto::kind::antwoord) != text.aan.has_value()) return false;
    if (text.aan && (!place.mailbox || *text.aan != "postbus:" + *place.mailbox)) return false;
    if (from_reporter) return place.mailbox && text.van == "postbus:" + *place.mailbox;
    return place.author_desk && text.van == "loket:" + place.author_desk->id;
}

}  // namespace

crypto::plain write_text(text_document& document, const crypto::sign_keys& author,
                         std::optional<std::string_view> membership_token) {
    json::object payload(wiping_storage());
    payload["id"] = document.id.text();
    payload["soort"] = static_cast<int>(document.soort);
    payload["van"] = document.van;
    payload["aan"] = or_null(document.aan);
    payload["meldingId"] = or_null(document.melding_id);
    payload["na"] = or_null(document.na);
    payload["taal"] = document.taal;
    payload["tekst"] = json::string_view(document.tekst.text());
    payload["code"] = or_null(document.code);
    payload["spoed"] = document.spoed;
    payload["bijlagen"] = document.bijlagen;
    payload["datum"] = document.datum.text();
    auto text = to_plain(payload);
    document.token = crypto::sign_jws(typ_text, text.text(), author);
    document.hash = crypto::hash_text(crypto::as_bytes(document.token));
    document.signer = author.public_key;
    json::object out(wiping_storage());
    out["type"] = json::string_view(type_of(document.soort));
    out["bericht"] = document.token;
    if (membership_token) out["lid"] = json::string_view(*membership_token);
    return to_plain(out);
}

std::expected<read_text, errc> open_text(const crypto::plain& json_text, const text_place& place) {
    auto object = parse_object(json_text.text());
    if (!object) return std::unexpected(object.error());
    faults found;
    reading r(*object, "", found, unknown::ignore);
    auto type = r.text("type", 64);
    auto token = r.text("bericht", 400000);
    auto lid = r.text_or_null("lid", 8192);
    if (!found.empty()) return std::unexpected(errc::bad_document);
    if (type != type_of(place.kind)) return std::unexpected(errc::wrong_text);

    read_text out;
    crypto::sign_public author{};
    if (place.kind == crypto::kind::bericht) {
        if (lid || !place.mailbox_sign_key) return std::unexpected(errc::wrong_text);
        author = *place.mailbox_sign_key;
    } else {
        if (!lid || !place.author_desk) return std::unexpected(errc::wrong_text);
        auto member = read_membership(*lid, place.author_desk->beheerders);
        if (!member) return std::unexpected(errc::bad_signature);
        if (member->loket != place.author_desk->id) return std::unexpected(errc::key_desk);
        author = member->sign_key;
        out.author = std::move(*member);
    }
    auto document = read_document(token, author);
    if (!document) return std::unexpected(document.error());
    if (!fits(*document, place)) return std::unexpected(errc::wrong_text);
    out.document = std::move(*document);
    return out;
}

}  // namespace protocol
