#include "client/desk/epoch_secrets.hpp"

#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {

namespace {

struct handed_out {
    std::string token;
    std::optional<crypto::bytes> wrap;
};

std::expected<std::vector<handed_out>, client::errc> read_keys(std::string_view body) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(client::errc::bad_answer);
    protocol::faults found;
    std::vector<handed_out> out;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    r.each("sleutels", 10000, [&](const protocol::json::value& value, std::string at) {
        const auto* one = value.if_object();
        if (!one) return found.push_back({std::move(at), "type", "This must be an object."});
        protocol::reading entry(*one, std::move(at), found, protocol::unknown::ignore);
        handed_out key{entry.text("sleutel", 8192), {}};
        if (entry.text_or_null("sealedSecret", 1024)) key.wrap = entry.binary("sealedSecret");
        out.push_back(std::move(key));
    });
    if (!found.empty()) return std::unexpected(client::errc::bad_answer);
    return out;
}

}  // namespace

std::expected<std::vector<held_key>, client::errc> read_held_keys(
    std::string_view body, std::string_view desk, std::span<const crypto::sign_public> leads) {
    auto read = read_keys(body);
    if (!read) return std::unexpected(read.error());
    std::vector<held_key> out;
    for (auto& one : *read) {
        auto key = protocol::read_epoch_key(one.token, leads);
        if (key && key->loket == desk) out.push_back({std::move(*key), std::move(one.wrap)});
    }
    return out;
}

std::expected<std::set<std::string>, client::errc> hashes_of_keys(std::string_view body) {
    auto read = read_keys(body);
    if (!read) return std::unexpected(read.error());
    std::set<std::string> out;
    for (const auto& one : *read) out.insert(crypto::hash_text(crypto::as_bytes(one.token)));
    return out;
}

epoch_secrets unwrap(std::span<const held_key> keys, const crypto::box_keys& member) {
    epoch_secrets out;
    for (const auto& [key, wrap] : keys) {
        if (!wrap) continue;
        auto opened = protocol::open_wrap(*wrap, member, key);
        if (!opened) {
            out.spoiled.push_back(key.epoch.text());
            continue;
        }
        const auto mark = crypto::key_mark(key.public_key);
        if (out.by_mark.insert_or_assign(mark, std::move(*opened)).second)
            out.marks_of_week.emplace(key.epoch.text(), mark);
    }
    return out;
}

}  // namespace desk
