#include "server/trust/registry.hpp"

#include <limits>

#include "base/async/run_now.hpp"
#include "base/watch/log.hpp"
#include "crypto/hash.hpp"

namespace trust {
namespace {

registry::rendered render(const snapshot& now, protocol::day today) {
    auto bytes = std::make_shared<const std::string>(publish(now, today));
    auto hash = crypto::hash_text(crypto::as_bytes(*bytes));
    return {std::move(bytes), std::move(hash)};
}

}  // namespace

std::shared_ptr<const snapshot> registry::now() const {
    std::lock_guard lock(mutex_);
    return now_;
}

registry::rendered registry::published() {
    auto today = clock_.today();
    std::lock_guard lock(mutex_);
    if (!now_) return {};
    if (!published_.bytes || published_on_ != today) {
        published_ = render(*now_, today);
        published_on_ = today;
    }
    return published_;
}

async::task<std::expected<void, store::errc>> registry::freshen() {
    if (!store_.shared()) co_return std::expected<void, store::errc>();
    auto newest = co_await store_.generation();
    if (!newest) co_return std::unexpected(newest.error());
    co_return co_await catch_up(*newest);
}

async::task<std::expected<void, store::errc>> registry::reload() {
    // Whatever is in force now.
    co_return co_await catch_up(std::numeric_limits<std::int64_t>::max());
}

async::task<std::expected<void, store::errc>> registry::catch_up(std::int64_t generation) {
    using answer = std::expected<void, store::errc>;
    if (const auto known = now(); known && known->generation >= generation) co_return answer();
    auto job = [this, generation] { return load(generation); };
    auto done = co_await aside_.made<answer>(std::move(job));
    co_return done.value_or(std::unexpected(store::errc::busy));
}

std::expected<void, store::errc> registry::load(std::int64_t generation) {
    // Of several who wait, the first reads for all.
    const auto before = now();
    if (before && before->generation >= generation) return {};
    auto rows = async::run_now(store_.trust());
    if (!rows) return std::unexpected(rows.error());
    auto fresh = build(*rows, roots(), known_);
    verified_ = verified_by_this_thread();
    if (!fresh && rows->gids) watch::fault("the stored directory is not signed by the pinned root");
    if (!fresh) return {};
    const auto today = clock_.today();
    auto rendered = render(*fresh, today);
    std::lock_guard lock(mutex_);
    // Two changes may be read in either order: the newer one stays.
    if (!now_ || now_->generation < fresh->generation) {
        now_ = std::move(fresh);
        published_ = std::move(rendered);
        published_on_ = today;
    }
    return {};
}

std::vector<crypto::sign_public> registry::roots() const {
    std::lock_guard lock(mutex_);
    return roots_;
}

async::task<std::expected<bool, store::errc>> registry::pin(std::vector<crypto::sign_public> roots) {
    auto rows = co_await store_.trust();
    if (!rows) co_return std::unexpected(rows.error());
    if (rows->gids && !protocol::read_gids(rows->gids->token, roots)) co_return false;
    {
        std::lock_guard lock(mutex_);
        roots_ = std::move(roots);
    }
    auto read = co_await reload();
    if (!read) co_return std::unexpected(read.error());
    co_return true;
}

}  // namespace trust
