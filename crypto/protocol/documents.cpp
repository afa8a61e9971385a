#include "crypto/protocol/documents.hpp"

#include <algorithm>
#include <set>

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace protocol {
namespace {

struct verified {
    json::object payload;
    signed_document head;
};

std::expected<verified, errc> open(std::string_view token, std::string_view typ,
                                   std::span<const crypto::sign_public> trusted) {
    verified out;
    auto payload = crypto::verify_jws(token, typ, trusted, &out.head.signer);
    if (!payload) {
        return std::unexpected(payload.error() == crypto::errc::wrong_type ? errc::unknown_version
                                                                           : errc::bad_signature);
    }
    auto object = parse_object(*payload);
    if (!object) return std::unexpected(object.error());
    out.payload = std::move(*object);
    out.head.token = token;
    out.head.hash = crypto::hash_text(crypto::as_bytes(token));
    return out;
}

void close(signed_document& document, std::string_view typ, const json::object& payload,
           const crypto::sign_keys& key) {
    document.token = crypto::sign_jws(typ, to_text(payload), key);
    document.hash = crypto::hash_text(crypto::as_bytes(document.token));
    document.signer = key.public_key;
}

bool is_hash(std::string_view text) { return crypto::block_from_b64u<32>(text).has_value(); }

// A term that ends before it begins, or is too long.
bool bad_term(day from, day to, int most) { return to < from || to - from > most; }

desk_entry read_desk(const json::object& object, std::string at, faults& found) {
    reading r(object, std::move(at), found, unknown::ignore);
    desk_entry out;
    out.id = r.text("id", 40);
    if (!is_desk_id(out.id))
        r.add("id", "formaat", "A desk's id is 1 to 40 of a–z, 0–9 and -, a letter first.");
    out.naam = r.text("naam", 200);
    out.soort =
        r.one_of("soort", {"politie", "zorg", "arbeid", "grens", "landelijk", "gemeente", "veiligheidshuis"});
    out.opsporing = r.boolean("opsporing");
    for (const auto& key : r.texts("beheerders", 32)) {
        auto block = crypto::block_from_b64u<32>(key);
        if (!block)
            r.add("beheerders", "formaat", "A lead key is 32 bytes in base64url.");
        else
            out.beheerders.push_back(*block);
    }
    out.achtervang = r.text_or_null("achtervang", 40);
    return out;
}

// The order in which a desk's members are written is that of §2.
json::object write_desk(const desk_entry& desk) {
    json::array leads;
    for (const auto& key : desk.beheerders) leads.push_back(json::string(crypto::b64u(key)));
    json::object out;
    out["id"] = desk.id;
    out["naam"] = desk.naam;
    out["soort"] = desk.soort;
    out["opsporing"] = desk.opsporing;
    out["beheerders"] = std::move(leads);
    if (desk.achtervang)
        out["achtervang"] = *desk.achtervang;
    else
        out["achtervang"] = nullptr;
    return out;
}

json::array write_texts(const std::vector<std::string>& texts) {
    json::array out;
    for (const auto& text : texts) out.push_back(json::string(text));
    return out;
}

std::expected<void, errc> check(const gids& g) {
    if (bad_term(g.datum, g.tot, gids_days)) return std::unexpected(errc::gids_term);
    std::set<std::string_view> ids;
    for (const auto& desk : g.loketten) {
        if (!ids.insert(desk.id).second) return std::unexpected(errc::gids_double);
        std::set<crypto::sign_public> leads(desk.beheerders.begin(), desk.beheerders.end());
        if (leads.size() != desk.beheerders.size()) return std::unexpected(errc::gids_double);
    }
    for (const auto& desk : g.loketten)
        if (desk.achtervang && (!ids.contains(*desk.achtervang) || *desk.achtervang == desk.id))
            return std::unexpected(errc::gids_desk);
    return {};
}

std::expected<gids, errc> gids_of(verified from) {
    faults found;
    reading r(from.payload, "", found, unknown::ignore);
    gids out;
    static_cast<signed_document&>(out) = std::move(from.head);
    out.versie = r.integer("versie");
    out.vorige = r.text("vorige", 64);
    out.datum = r.date("datum");
    out.tot = r.date("tot");
    out.logboek = r.block<32>("logboek");
    out.routering = r.text("routering", 64);
    r.each("loketten", 1000, [&](const json::value& value, std::string at) {
        if (const auto* object = value.if_object())
            out.loketten.push_back(read_desk(*object, std::move(at), found));
        else
            found.push_back({std::move(at), "type", "A desk must be an object."});
    });
    if (!found.empty() || out.versie < 1 || !is_hash(out.routering) ||
        (out.versie == 1) != out.vorige.empty())
        return std::unexpected(errc::bad_document);
    if (auto ok = check(out); !ok) return std::unexpected(ok.error());
    return out;
}

}  // namespace

bool is_desk_id(std::string_view id) {
    if (id.empty() || id.size() > 40 || id[0] < 'a' || id[0] > 'z') return false;
    return std::all_of(id.begin(), id.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

const desk_entry* gids::desk(std::string_view id) const {
    auto at = std::find_if(loketten.begin(), loketten.end(), [&](const desk_entry& d) { return d.id == id; });
    return at == loketten.end() ? nullptr : &*at;
}

std::expected<gids, errc> read_gids(std::string_view token, std::span<const crypto::sign_public> trusted) {
    auto opened = open(token, typ_gids, trusted);
    if (!opened) return std::unexpected(opened.error());
    return gids_of(std::move(*opened));
}

std::expected<gids, errc> read_gids_before(std::string_view token, const gids& later) {
    if (later.vorige.empty() || crypto::hash_text(crypto::as_bytes(token)) != later.vorige)
        return std::unexpected(errc::gids_chain);
    const auto parts = crypto::read_jws(token);
    if (!parts || parts->typ != typ_gids) return std::unexpected(errc::bad_document);
    auto object = parse_object(parts->payload);
    if (!object) return std::unexpected(object.error());
    auto out = gids_of({std::move(*object), {std::string(token), later.vorige, {}}});
    if (out && out->versie + 1 != later.versie) return std::unexpected(errc::gids_chain);
    return out;
}

std::expected<epoch_key, errc> read_epoch_key(std::string_view token,
                                              std::span<const crypto::sign_public> trusted) {
    auto opened = open(token, typ_epoch_key, trusted);
    if (!opened) return std::unexpected(opened.error());
    faults found;
    reading r(opened->payload, "", found, unknown::ignore);
    epoch_key out;
    static_cast<signed_document&>(out) = std::move(opened->head);
    out.loket = r.text("loket", 40);
    auto week = epoch::parse(r.text("epoch", 16));
    out.public_key = r.block<32>("publicKey");
    day van = r.date("van"), tot = r.date("tot");
    if (!found.empty() || !week || !is_desk_id(out.loket)) return std::unexpected(errc::bad_document);
    out.epoch = *week;
    if (van != out.van() || tot != out.tot()) return std::unexpected(errc::key_window);
    if (!crypto::can_seal_to(out.public_key)) return std::unexpected(errc::key_weak);
    return out;
}

std::expected<membership, errc> read_membership(std::string_view token,
                                                std::span<const crypto::sign_public> trusted) {
    auto opened = open(token, typ_membership, trusted);
    if (!opened) return std::unexpected(opened.error());
    faults found;
    reading r(opened->payload, "", found, unknown::ignore);
    membership out;
    static_cast<signed_document&>(out) = std::move(opened->head);
    out.loket = r.text("loket", 40);
    out.lid = r.id("lid");
    out.sign_key = r.block<32>("signKey");
    out.box_key = r.block<32>("boxKey");
    out.rol = r.one_of("rol", {"medewerker", "beheerder", "regisseur"});
    out.van = r.date("van");
    out.tot = r.date("tot");
    if (!found.empty() || !is_desk_id(out.loket)) return std::unexpected(errc::bad_document);
    if (bad_term(out.van, out.tot, membership_days)) return std::unexpected(errc::lid_term);
    if (!crypto::can_seal_to(out.box_key) || !crypto::can_verify_with(out.sign_key))
        return std::unexpected(errc::key_weak);
    return out;
}

std::expected<stand, errc> read_stand(std::string_view token, std::span<const crypto::sign_public> trusted) {
    auto opened = open(token, typ_stand, trusted);
    if (!opened) return std::unexpected(opened.error());
    faults found;
    reading r(opened->payload, "", found, unknown::ignore);
    stand out;
    static_cast<signed_document&>(out) = std::move(opened->head);
    out.loket = r.text("loket", 40);
    out.versie = r.integer("versie");
    out.vorige = r.text("vorige", 64);
    out.datum = r.date("datum");
    out.tot = r.date("tot");
    out.leden = r.texts("leden", 1000, 64);
    out.sleutels = r.texts("sleutels", 1000, 64);
    if (!found.empty() || !is_desk_id(out.loket) || out.versie < 1 || (out.versie == 1) != out.vorige.empty())
        return std::unexpected(errc::bad_document);
    if (bad_term(out.datum, out.tot, stand_days)) return std::unexpected(errc::stand_term);
    return out;
}

void sign_document(gids& g, const crypto::sign_keys& key) {
    json::array desks;
    for (const auto& desk : g.loketten) desks.push_back(write_desk(desk));
    json::object payload;
    payload["versie"] = g.versie;
    payload["vorige"] = g.vorige;
    payload["datum"] = g.datum.text();
    payload["tot"] = g.tot.text();
    payload["logboek"] = crypto::b64u(g.logboek);
    payload["routering"] = g.routering;
    payload["loketten"] = std::move(desks);
    close(g, typ_gids, payload, key);
}

void sign_document(epoch_key& k, const crypto::sign_keys& key) {
    json::object payload;
    payload["loket"] = k.loket;
    payload["epoch"] = k.epoch.text();
    payload["publicKey"] = crypto::b64u(k.public_key);
    payload["van"] = k.van().text();
    payload["tot"] = k.tot().text();
    close(k, typ_epoch_key, payload, key);
}

void sign_document(membership& m, const crypto::sign_keys& key) {
    json::object payload;
    payload["loket"] = m.loket;
    payload["lid"] = m.lid.text();
    payload["signKey"] = crypto::b64u(m.sign_key);
    payload["boxKey"] = crypto::b64u(m.box_key);
    payload["rol"] = m.rol;
    payload["van"] = m.van.text();
    payload["tot"] = m.tot.text();
    close(m, typ_membership, payload, key);
}

void sign_document(stand& s, const crypto::sign_keys& key) {
    json::object payload;
    payload["loket"] = s.loket;
    payload["versie"] = s.versie;
    payload["vorige"] = s.vorige;
    payload["datum"] = s.datum.text();
    payload["tot"] = s.tot.text();
    payload["leden"] = write_texts(s.leden);
    payload["sleutels"] = write_texts(s.sleutels);
    close(s, typ_stand, payload, key);
}

}  // namespace protocol
