#include "client/desk/keygen.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/done.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/member_card.hpp"
#include "client/here/terminal.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

protocol::key_file new_keys(const keygen_order& order) {
    protocol::key_file out;
    out.soort = order.rol;
    out.loket = order.loket;
    out.lid = crypto::uuid::random();
    if (order.rol == "beheerder") out.top_key = crypto::sign_keys::random();
    out.sign_keys = crypto::sign_keys::random();
    out.box_keys = crypto::box_keys::random();
    return out;
}

}  // namespace

client::result<void> keygen(const keygen_order& order) {
    auto card_path = order.out + ".pub";
    for (const auto& path : {order.out, card_path})
        if (auto may = client::may_create(path); !may) return may;
    auto passphrase = client::new_passphrase(order.passphrase_file, order.out);
    if (!passphrase) return std::unexpected(passphrase.error());
    auto keys = new_keys(order);
    auto cost = order.cost == "interactive" ? crypto::cost_interactive : crypto::cost_moderate;
    if (auto made = client::create_key_file(order.out, keys, *passphrase, cost); !made) return made;
    auto card = client::card_of(keys);
    if (auto made = client::create_file(card_path, client::write_card(card), 0644); !made) return made;

    auto text = fmt::format(
        "Made {} (keep it, and its passphrase) and {} (hand it to a lead of {}).\nFingerprint: {}\n"
        "Read it to that lead over the telephone or in person.\n",
        order.out, card_path, order.loket, client::spoken(card.fingerprint()));
    if (card.lead_key)
        text += fmt::format(
            "Lead key: {}\nThe administrator names it in the next draft of the directory, or for a new desk "
            "with: baken "
            "admin desk-add … --lead {}\n",
            crypto::b64u(*card.lead_key), crypto::b64u(*card.lead_key));
    protocol::json::object made{
        {"sleutelbestand", order.out}, {"kaart", card_path}, {"loket", order.loket},
        {"lid", card.lid.text()},      {"rol", card.rol},    {"vingerafdruk", card.fingerprint()},
        {"beheerder", nullptr}};
    if (card.lead_key) made["beheerder"] = crypto::b64u(*card.lead_key);
    return say_done(order.json, std::move(made), text);
}

}  // namespace desk
