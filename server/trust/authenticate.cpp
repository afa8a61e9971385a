#include "server/trust/authenticate.hpp"

#include "crypto/jws.hpp"

namespace trust {
namespace {

// An unknown signer is verified against this key: same answer, same time.
const crypto::sign_public& nobody() {
    static const crypto::sign_public key = crypto::sign_keys::random().public_key;
    return key;
}

bool digest_holds(const signed_request& request) {
    if (request.body.empty()) return true;
    return request.content_digest && crypto::content_digest_holds(*request.content_digest, request.body);
}

}  // namespace

async::task<std::expected<void, store::errc>> gatekeeper::open() {
    if (store_.shared()) co_return std::expected<void, store::errc>();
    auto kept = co_await store_.kept_nonces();
    if (!kept) co_return std::unexpected(kept.error());
    for (const auto& [mark, until] : *kept)
        if (until >= started_) (void)replay_.fresh(mark, until, started_);
    co_return std::expected<void, store::errc>();
}

std::optional<gatekeeper::signer> gatekeeper::find(const snapshot& now, std::string_view keyid,
                                                   std::string_view preferred_desk) const {
    auto today = clock_.today();
    const auto& gids = now.directory.newest();
    auto on_desks = [&](auto&& take) -> std::optional<signer> {
        if (const auto* desk = gids.desk(preferred_desk))
            if (auto found = take(*desk)) return found;
        for (const auto& desk : gids.loketten)
            if (auto found = take(desk)) return found;
        return std::nullopt;
    };
    if (keyid.starts_with("lid:")) {
        auto lid = crypto::uuid::parse(keyid.substr(4));
        if (!lid) return std::nullopt;
        return on_desks([&](const protocol::desk_entry& desk) -> std::optional<signer> {
            const auto* member = now.directory.member(desk.id, *lid, today);
            if (!member) return std::nullopt;
            return signer{{desk.id, lid->text(), *lid, member->rol, false, {}, {}}, member->sign_key};
        });
    }
    if (keyid.starts_with("beheerder:")) {
        return on_desks([&](const protocol::desk_entry& desk) -> std::optional<signer> {
            for (const auto& key : desk.beheerders)
                if (crypto::kid(key) == keyid.substr(10))
                    return signer{{desk.id, std::string(keyid), std::nullopt, {}, true, {}, {}}, key};
            return std::nullopt;
        });
    }
    return std::nullopt;
}

// Strangers may sign with names that nobody has as often as they like, so not each of them is looked up.
bool gatekeeper::may_look_again() {
    constexpr int most = 20;  // a second
    const auto second = std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now());
    const std::lock_guard lock(mutex_);
    if (second != looked_in_) looks_ = 0;
    looked_in_ = second;
    return ++looks_ <= most;
}

async::task<std::expected<caller, not_identified>> gatekeeper::identify(signed_request request,
                                                                        std::string preferred_desk) {
    auto claims = crypto::read_claims(request.signature_input, request.signature, request.message,
                                      !request.body.empty());
    if (!claims) co_return std::unexpected(not_identified::not_believed);
    auto now = clock_.now();
    if (claims->created > now + signature_seconds || claims->created < now - signature_seconds)
        co_return std::unexpected(not_identified::other_time);
    const bool timely = store_.shared() || claims->created > started_;
    const auto holds = [&claims](const std::optional<signer>& who) {
        const bool verified =
            crypto::verify(crypto::as_bytes(claims->base), claims->mark, who ? who->key : nobody());
        return who && verified;
    };
    auto current = registry_.now();
    if (!current && may_look_again()) {
        if (auto fresh = co_await registry_.freshen(); !fresh)
            co_return std::unexpected(not_identified::store);
        current = registry_.now();
    }
    if (!current) co_return std::unexpected(not_identified::not_believed);
    auto who = find(*current, claims->keyid, preferred_desk);
    bool believed = holds(who);
    // Who cannot sign costs the database nothing; whom nobody knows here may have come in through another
    // server.
    if (!timely || !digest_holds(request) || (!believed && (who || !may_look_again())))
        co_return std::unexpected(not_identified::not_believed);
    // Who was removed through another server is removed here.
    if (auto fresh = co_await registry_.freshen(); !fresh) co_return std::unexpected(not_identified::store);
    if (auto later = registry_.now(); later != current) {
        who = find(*later, claims->keyid, preferred_desk);
        believed = holds(who);
    }
    if (!believed) co_return std::unexpected(not_identified::not_believed);

    auto mark = nonce_mark(claims->keyid, claims->nonce);
    auto until = claims->created + signature_seconds;
    if (!replay_.fresh(mark, until, now)) co_return std::unexpected(not_identified::not_believed);
    // Memory forgets at a restart, and the check on our start second does not cover what was signed
    // ahead of it. What another server saw only the store knows.
    if (store_.shared() || claims->created > now) {
        auto kept = co_await store_.keep_nonce(mark, until, now);
        if (!kept) co_return std::unexpected(not_identified::store);
        if (!*kept) co_return std::unexpected(not_identified::not_believed);
    }
    last_signed_ = claims->created;
    who->who.signature_base = std::move(claims->base);
    who->who.signature = claims->mark;
    who->who.key = who->key;
    co_return std::move(who->who);
}

std::optional<std::int64_t> gatekeeper::last_signed() const {
    const auto at = last_signed_.load();
    return at == 0 ? std::nullopt : std::optional(at);
}

async::task<std::expected<std::optional<caller>, store::errc>> gatekeeper::again(caller who) {
    if (auto fresh = co_await registry_.freshen(); !fresh) co_return std::unexpected(fresh.error());
    const auto current = registry_.now();
    if (!current) co_return std::optional<caller>();
    const auto keyid = who.lead ? who.who : "lid:" + who.who;
    auto found = find(*current, keyid, who.desk);
    if (!found || found->who.desk != who.desk || found->key != who.key) co_return std::optional<caller>();
    co_return std::optional(std::move(found->who));
}

}  // namespace trust
