#include "client/desk/card.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "client/done.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/member_card.hpp"

namespace desk {
namespace {

// A card that stands there may be replaced where it is of the same keys, also one that did not sign itself
// yet.
client::result<void> may_replace(const std::string& path, const client::member_card& fresh) {
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown)) return {};
    const auto text = client::read_file(path, 65536);
    if (!text) return std::unexpected(text.error());
    if (text->find(crypto::b64u(fresh.sign_key)) != text->npos) return {};
    return client::refuse(path +
                          " exists already and is not the card of these keys; name another with --out.");
}

}  // namespace

client::result<void> card(const card_order& order) {
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto path = client::key_of(*profile);
    if (!path) return std::unexpected(path.error());
    auto keys = client::open_key_file(*path, profile->passphrase_file);
    if (!keys) return std::unexpected(keys.error());
    if (!keys->sign_keys || !keys->box_keys)
        return client::refuse(fmt::format("{} is the key file of a root, which has no card.", *path));
    const auto out = order.out.empty() ? *path + ".pub" : order.out;
    const auto made = client::card_of(*keys);
    if (auto may = may_replace(out, made); !may) return may;
    const client::text_file file{out, client::write_card(made)};
    if (auto written = client::replace_files({&file, 1}, 0644); !written) return written;
    auto text = fmt::format("Made {} (hand it to a lead of {}).\nFingerprint: {}\n", out, made.loket,
                            client::spoken(made.fingerprint()));
    if (made.lead_key) text += fmt::format("Lead key: {}\n", crypto::b64u(*made.lead_key));
    protocol::json::object done{{"kaart", out},
                                {"loket", made.loket},
                                {"lid", made.lid.text()},
                                {"rol", made.rol},
                                {"vingerafdruk", made.fingerprint()},
                                {"beheerder", nullptr}};
    if (made.lead_key) done["beheerder"] = crypto::b64u(*made.lead_key);
    return say_done(order.json, std::move(done), text);
}

}  // namespace desk
