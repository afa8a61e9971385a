#include "client/here/member_card.hpp"

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/faults.hpp"

namespace client {

namespace {

namespace json = protocol::json;

constexpr std::int64_t version = 2;  // 1 did not sign itself

json::object unsigned_object(const member_card& card) {
    json::object out;
    out["versie"] = version;
    out["loket"] = card.loket;
    out["lid"] = card.lid.text();
    out["rol"] = card.rol;
    out["signKey"] = crypto::b64u(card.sign_key);
    out["boxKey"] = crypto::b64u(card.box_key);
    out["beheerder"] = nullptr;
    if (card.lead_key) out["beheerder"] = crypto::b64u(*card.lead_key);
    out["vingerafdruk"] = card.fingerprint();
    return out;
}

// object: without its signature.
std::string signed_text(const json::object& object) { return "baken-kaart\n" + protocol::to_text(object); }

// Whether it is one of before version 2: those that keygen wrote then.
bool is_unsigned(const json::object& object) {
    return object.contains("vingerafdruk") && !object.contains("versie") && !object.contains("handtekening");
}

refusal changed(const std::string& name, std::string_view why) {
    return refusal(fmt::format("{} was changed: {}; ask its owner for FILE.pub again.", name, why));
}

}  // namespace

std::string member_card::fingerprint() const {
    return crypto::fingerprint(sign_key, box_key, lead_key.value_or(crypto::sign_public{}));
}

member_card card_of(const protocol::key_file& keys) {
    member_card out;
    out.loket = keys.loket;
    out.lid = keys.lid;
    out.rol = keys.soort;
    out.sign_key = keys.sign_keys->public_key;
    out.box_key = keys.box_keys->public_key;
    if (keys.top_key) out.lead_key = keys.top_key->public_key;
    sign_card(out, *keys.sign_keys);
    return out;
}

void sign_card(member_card& card, const crypto::sign_keys& keys) {
    card.mark = crypto::sign(crypto::as_bytes(signed_text(unsigned_object(card))), keys);
}

std::string write_card(const member_card& card) {
    auto out = unsigned_object(card);
    out["handtekening"] = crypto::b64u(card.mark);
    return protocol::to_text(out) + "\n";
}

result<member_card> read_card(std::string_view text, const std::string& name) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    auto object = protocol::parse_object(text);
    if (!object) return refuse(fmt::format("{}: {}", name, protocol::text(object.error())));
    if (is_unsigned(*object))
        return refuse(
            name +
            " was written by an older baken and does not sign itself; its owner makes it again from the key "
            "file (baken desk card --key FILE) and sends that.");
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    member_card out;
    const auto versie = r.integer("versie");
    if (object->contains("versie") && found.empty() && versie > version)
        return refuse(name + " was written by a newer baken than this one; update this program.");
    out.loket = r.text("loket", 40);
    out.lid = r.id("lid");
    out.rol = r.one_of("rol", {"beheerder", "medewerker", "regisseur"});
    out.sign_key = r.block<32>("signKey");
    out.box_key = r.block<32>("boxKey");
    if (r.text_or_null("beheerder", 64)) out.lead_key = r.block<32>("beheerder");
    auto stated = r.text("vingerafdruk", 32);
    out.mark = r.block<64>("handtekening");
    if (!found.empty() || !protocol::is_desk_id(out.loket))
        return refuse(name + " is not a card that baken desk keygen wrote; ask its owner for FILE.pub.");
    auto without = *object;
    without.stable_erase("handtekening");
    if (!crypto::verify(crypto::as_bytes(signed_text(without)), out.mark, out.sign_key))
        return std::unexpected(changed(name, "it is not as its own key signed it"));
    if (out.lead_key.has_value() != (out.rol == "beheerder"))
        return std::unexpected(changed(name, "a lead's card, and no other, names a lead key"));
    if (stated != out.fingerprint())
        return std::unexpected(changed(name, "its fingerprint is not that of its keys"));
    return out;
}

std::string spoken(const std::string& fingerprint) {
    std::string out;
    for (std::size_t i = 0; i < fingerprint.size(); i += 4)
        out += (i > 0 ? " " : "") + fingerprint.substr(i, 4);
    return out;
}

}  // namespace client
