#include "desk/member_card.hpp"

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {

std::string member_card::fingerprint() const { return crypto::fingerprint(sign_key, box_key); }

member_card card_of(const protocol::key_file& keys) {
    member_card out;
    out.loket = keys.loket;
    out.lid = keys.lid;
    out.rol = keys.soort;
    out.sign_key = keys.sign_keys->public_key;
    out.box_key = keys.box_keys->public_key;
    if (keys.top_key) out.lead_key = keys.top_key->public_key;
    return out;
}

std::string write_card(const member_card& card) {
    protocol::json::object out;
    out["loket"] = card.loket;
    out["lid"] = card.lid.text();
    out["rol"] = card.rol;
    out["signKey"] = crypto::b64u(card.sign_key);
    out["boxKey"] = crypto::b64u(card.box_key);
    out["beheerder"] = nullptr;
    if (card.lead_key) out["beheerder"] = crypto::b64u(*card.lead_key);
    out["vingerafdruk"] = card.fingerprint();
    return protocol::to_text(out) + "\n";
}

client::result<member_card> read_card(std::string_view text, const std::string& name) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    auto object = protocol::parse_object(text);
    if (!object) return client::refuse(fmt::format("{}: {}", name, protocol::text(object.error())));
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    member_card out;
    out.loket = r.text("loket", 40);
    out.lid = r.id("lid");
    out.rol = r.one_of("rol", {"beheerder", "medewerker", "regisseur"});
    out.sign_key = r.block<32>("signKey");
    out.box_key = r.block<32>("boxKey");
    if (r.text_or_null("beheerder", 64)) out.lead_key = r.block<32>("beheerder");
    auto stated = r.text("vingerafdruk", 32);
    if (found.empty() && out.lead_key.has_value() != (out.rol == "beheerder"))
        return client::refuse(
            name +
            " was changed: a lead's card, and no other, names a lead key; ask its owner for "
            "FILE.pub again.");
    if (!found.empty() || !protocol::is_desk_id(out.loket))
        return client::refuse(name +
                              " is not a card that baken desk keygen wrote; ask its owner for FILE.pub.");
    if (stated != out.fingerprint())
        return client::refuse(
            name +
            " was changed: its fingerprint is not that of its keys; ask its owner for FILE.pub again.");
    return out;
}

std::string spoken(const std::string& fingerprint) {
    std::string out;
    for (std::size_t i = 0; i < fingerprint.size(); i += 4)
        out += (i > 0 ? " " : "") + fingerprint.substr(i, 4);
    return out;
}

}  // namespace desk
