#include "crypto/protocol/key_file.hpp"

#include "crypto/protocol/faults.hpp"

namespace protocol {
namespace {

constexpr std::string_view file_type = "baken-sleutelbestand";

// What stands outside the secret and must not be changed.
std::string bound(std::string_view soort, std::string_view loket) {
    return std::string(file_type) + "/1/" + std::string(soort) + "/" + std::string(loket);
}

// A secret as a JSON text that is wiped with its value.
json::value secret_text(crypto::byte_view secret) {
    auto text = crypto::b64u_plain(secret);
    return json::value(json::string_view(text.text()), wiping_storage());
}

json::value seed_of(const std::optional<crypto::sign_keys>& keys) {
    if (!keys) return nullptr;
    return secret_text(keys->secret_key.view().first(32));  // libsodium's secret key is seed ‖ public key
}

std::optional<crypto::plain> read_secret(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (!value || !value->is_string()) return std::nullopt;
    auto out = crypto::plain_from_b64u({value->as_string().data(), value->as_string().size()});
    if (!out || out->size() != 32) return std::nullopt;
    return std::move(*out);
}

std::optional<crypto::sign_keys> read_sign_keys(const json::object& object, std::string_view name) {
    auto secret = read_secret(object, name);
    if (!secret) return std::nullopt;
    return crypto::sign_keys::from(*crypto::seed::from(secret->view()));
}

}  // namespace

std::string write_key_file(const key_file& keys, const crypto::plain& passphrase,
                           crypto::passphrase_cost cost) {
    json::object secret(wiping_storage());
    secret["lid"] = keys.lid.text();
    secret["topSeed"] = seed_of(keys.top_key);
    secret["signSeed"] = seed_of(keys.sign_keys);
    secret["boxSecret"] = nullptr;
    if (keys.box_keys) secret["boxSecret"] = secret_text(keys.box_keys->secret_key.view());
    auto ad = bound(keys.soort, keys.loket);
    auto box = crypto::seal_with_passphrase(to_plain(secret), passphrase, cost, crypto::as_bytes(ad));
    json::object out;
    out["type"] = json::string_view(file_type);
    out["versie"] = 1;
    out["soort"] = keys.soort;
    out["loket"] = keys.loket;
    out["kdf"] = json::object{{"alg", "argon2id13"},
                              {"ops", static_cast<std::int64_t>(box.cost.ops)},
                              {"mem", static_cast<std::int64_t>(box.cost.mem)},
                              {"salt", crypto::b64u(box.salt)}};
    out["nonce"] = crypto::b64u(box.nonce);
    out["geheim"] = crypto::b64u(box.ciphertext);
    return to_text(out) + "\n";
}

std::expected<key_file, crypto::errc> read_key_file(std::string_view text, const crypto::plain& passphrase) {
    auto bad = std::unexpected(crypto::errc::bad_key_file);
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    auto object = parse_object(text);
    if (!object) return bad;
    faults found;
    reading r(*object, "", found, unknown::ignore);
    key_file out;
    auto type = r.text("type", 64);
    auto versie = r.integer("versie");
    out.soort = r.one_of(
        "soort", {"root", "beheerder", "medewerker", "regisseur", "reservekopie", "reservekopie-wraps"});
    out.loket = r.text("loket", 40);
    crypto::passphrase_box box;
    if (const auto* kdf = r.object("kdf")) {
        reading k(*kdf, "/kdf", found, unknown::ignore);
        (void)k.one_of("alg", {"argon2id13"});
        box.cost = {static_cast<std::uint64_t>(k.integer("ops")),
                    static_cast<std::uint64_t>(k.integer("mem"))};
        box.salt = k.block<16>("salt");
    }
    out.cost = box.cost;
    box.nonce = r.block<24>("nonce");
    box.ciphertext = r.binary("geheim");
    if (!found.empty() || type != file_type || versie != 1) return bad;

    auto ad = bound(out.soort, out.loket);
    auto opened = crypto::open_with_passphrase(box, passphrase, crypto::as_bytes(ad));
    if (!opened) return std::unexpected(opened.error());
    auto secret = parse_object(opened->text());
    if (!secret) return bad;
    const bool backup = out.soort.starts_with("reservekopie");
    const auto* lid = secret->if_contains("lid");
    if (!lid || !lid->is_string()) return bad;
    if (auto id = crypto::uuid::parse({lid->as_string().data(), lid->as_string().size()}))
        out.lid = *id;
    else if (out.soort != "root" && !backup)
        return bad;
    out.top_key = read_sign_keys(*secret, "topSeed");
    out.sign_keys = read_sign_keys(*secret, "signSeed");
    if (auto box_key = read_secret(*secret, "boxSecret"))
        out.box_keys = crypto::box_keys::from(*crypto::box_secret::from(box_key->view()));
    bool whole = out.soort == "root" ? out.top_key.has_value() : out.sign_keys && out.box_keys;
    if (out.soort == "beheerder" && !out.top_key) whole = false;
    if (backup) whole = out.box_keys.has_value();
    if (!whole) return bad;
    return out;
}

}  // namespace protocol
