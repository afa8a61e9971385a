#include "server/admin/directory/site.hpp"

#include <fmt/format.h>

#include "base/async/run_now.hpp"
#include "crypto/http_signature.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/trail.hpp"
#include "server/admin/directory/root_key.hpp"
#include "server/admin/directory/signed_directory.hpp"
#include "server/admin/read_config.hpp"
#include "server/store/open.hpp"

namespace admin {
namespace {

namespace json = protocol::json;

client::refusal refusal(const trust::refused& refused) {
    if (!refused.faults.empty()) return client::refusal(refused.faults[0].detail);
    if (refused.why == trust::refused::kind::conflict)
        return client::refusal("The document does not follow the newest of its kind; try again.");
    return client::refusal(store::errc::unavailable);
}

client::result<void> done(const std::expected<trust::taken, trust::refused>& taken) {
    if (!taken) return std::unexpected(refusal(taken.error()));
    return {};
}

}  // namespace

client::result<std::unique_ptr<site>> site::open(const std::string& data, const std::string& url) {
    auto config = read_config(data);
    if (!config) return std::unexpected(config.error());
    std::unique_ptr<site> out(new site(std::move(*config)));
    // Where nobody locked yet nothing was kept yet either: that is `init`, which alone makes a database. One
    // that is missing later is lost, or its disk is not mounted.
    std::error_code error;
    const bool fresh = !std::filesystem::exists(out->config_.data / "bakend.lock", error);
    auto lock = config::lock::take(out->config_.data);
    if (!lock && lock.error() != config::errc::locked)
        return std::unexpected(not_locked(out->config_.data, lock.error()));
    auto opened = lock
                      ? out->open_store(std::move(*lock), fresh ? store::absent::make : store::absent::refuse)
                      : out->connect(url);
    if (!opened) return std::unexpected(opened.error());
    return out;
}

client::result<void> site::open_store(config::lock lock, store::absent absent) {
    lock_.emplace(std::move(lock));
    auto store = store::open(config_.store, {}, absent);
    if (!store)
        return client::refuse(store::shown(config_.store) + ": " + std::string(store::text(store.error())));
    store_ = std::move(*store);
    registry_.emplace(*store_, config_.roots, clock_);
    if (auto ok = async::run_now(registry_->reload()); !ok)
        return client::refuse(store::shown(config_.store) + ": " + std::string(store::text(ok.error())));
    return {};
}

client::result<void> site::connect(const std::string& url) {
    const auto where = url.empty() ? "https://" + config_.names.front() : url;
    auto address = client::address::parse(where);
    if (!address)
        return client::refuse(where + ": " + std::string(client::text(address.error())), client::wrong_use);
    line_.emplace(std::move(*address), client::tls_trust{config_.certificate.string(), true});
    line_->said_in(url.empty() ? "the first of 'names' in " + config_.file.string() + "; --url names another"
                               : "--url");
    return {};
}

std::string site::asked() const {
    if (!line_) return store::shown(config_.store);
    return fmt::format("{} ({})", line_->server().origin(), line_->said_in());
}

client::result<std::optional<site::published>> site::current() {
    if (line_) {
        auto newest = fetch_newest(*line_);
        if (!newest) return std::unexpected(newest.error());
        if (!*newest) return std::optional<published>();
        auto read = protocol::read_gids((*newest)->token, config_.roots);
        if (!read && read.error() == protocol::errc::bad_signature)
            return client::refuse(not_signed_by(line_->server().origin(), (*newest)->token,
                                                {"root of " + config_.file.string()}, config_.roots));
        if (!read) return std::unexpected(client::refusal(read.error()));
        return published{std::move(*read), std::move((*newest)->table)};
    }
    if (auto now = registry_->now()) return published{now->directory.newest(), *now->table_bytes};
    auto stored = async::run_now(store_->trust());
    if (!stored)
        return client::refuse(store::shown(config_.store) + ": " + std::string(store::text(stored.error())));
    if (!stored->gids) return std::optional<published>();
    return client::refuse(
        "The directory here is signed by none of the pinned roots; put the root that signed it back into "
        "'root' "
        "of bakend.toml.");
}

client::result<void> site::publish(const protocol::gids& next, const std::string& table) {
    if (!line_) return done(async::run_now(registry_->take_gids(next.token, table)));
    return post(*line_, {next.token, table});
}

store::trail_write site::trail(std::string_view desk, std::string_view path, std::string_view action,
                               const protocol::signed_document& handed_in, const std::string& body,
                               const crypto::sign_keys& lead) const {
    crypto::signed_message message{
        "POST", config_.names.front(), "/v1/loketten/" + std::string(desk) + std::string(path), "?", {}};
    message.fields.emplace_back("content-digest", crypto::content_digest(crypto::as_bytes(body)));
    std::string who = "beheerder:" + crypto::kid(lead.public_key);
    auto nonce = crypto::to_block<16>(crypto::plain::random(16).view());
    auto signed_by = crypto::sign_request(message, lead, who, clock_.now(), *nonce);
    auto mark = crypto::sign(crypto::as_bytes(signed_by.base), lead);
    protocol::trail_entry entry{clock_.today(), who, std::string(action), handed_in.hash,
                                signed_by.base, mark};
    return {std::string(desk), [entry](const store::head& previous) {
                return protocol::write_line(entry, {previous.line, previous.hash});
            }};
}

client::result<void> site::hand_in(const protocol::membership& member, const crypto::sign_keys& lead) {
    json::object body{{"lid", member.token}, {"wraps", json::array()}};
    auto line = trail(member.loket, "/leden", "lid-ingediend", member, protocol::to_text(body), lead);
    return done(async::run_now(registry_->take_membership(member.loket, member.token, {}, std::move(line))));
}

client::result<void> site::hand_in(const protocol::issued_key& key, const crypto::sign_keys& lead) {
    json::array wraps;
    std::vector<store::wrap_row> rows;
    for (const auto& [lid, sealed] : key.wraps) {
        wraps.push_back(json::object{{"lid", lid.text()}, {"sealedSecret", crypto::b64u(sealed.view())}});
        rows.push_back({{}, {}, lid.text(), sealed});
    }
    json::object body{{"sleutel", key.key.token}, {"wraps", std::move(wraps)}};
    auto line =
        trail(key.key.loket, "/sleutels", "sleutel-ingediend", key.key, protocol::to_text(body), lead);
    return done(async::run_now(
        registry_->take_epoch_key(key.key.loket, key.key.token, std::move(rows), std::move(line))));
}

client::result<void> site::hand_in(const protocol::stand& stand, const crypto::sign_keys& lead) {
    json::object body{{"stand", stand.token}};
    auto line = trail(stand.loket, "/standen", "stand-ingediend", stand, protocol::to_text(body), lead);
    return done(async::run_now(registry_->take_stand(stand.loket, stand.token, std::move(line))));
}

}  // namespace admin
