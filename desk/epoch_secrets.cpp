#include "desk/epoch_secrets.hpp"

#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {

std::expected<std::vector<held_key>, client::errc> read_held_keys(
    std::string_view body, std::string_view desk, std::span<const crypto::sign_public> leads) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    std::vector<held_key> out;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    r.each("sleutels", 10000, [&](const protocol::json::value& value, std::string at) {
        const auto* one = value.if_object();
        if (!one) return found.push_back({std::move(at), "type", "This must be an object."});
        protocol::reading entry(*one, std::move(at), found, protocol::unknown::ignore);
        auto token = entry.text("sleutel", 8192);
        std::optional<crypto::bytes> wrap;
        if (entry.text_or_null("sealedSecret", 1024)) wrap = entry.binary("sealedSecret");
        auto key = protocol::read_epoch_key(token, leads);
        if (key && key->loket == desk) out.push_back({std::move(*key), std::move(wrap)});
    });
    if (!found.empty()) return std::unexpected(client::errc::bad_answer);
    return out;
}

epoch_secrets unwrap(std::span<const held_key> keys, const crypto::box_keys& member) {
    epoch_secrets out;
    for (const auto& [key, wrap] : keys) {
        if (!wrap) continue;
        auto opened = protocol::open_wrap(*wrap, member, key);
        if (opened)
            out.by_mark.insert_or_assign(crypto::key_mark(key.public_key), std::move(*opened));
        else
            out.spoiled.push_back(key.epoch.text());
    }
    return out;
}

}  // namespace desk
