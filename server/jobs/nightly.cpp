#include "server/jobs/nightly.hpp"

#include <boost/asio/this_coro.hpp>

#include "base/watch/log.hpp"
#include "server/jobs/alarms.hpp"
#include "server/jobs/heads.hpp"
#include "server/jobs/orders.hpp"
#include "server/jobs/release.hpp"
#include "server/jobs/retention.hpp"

namespace jobs {

async::task<bool> nightly::compact(protocol::day today) {
    if (compacted_ == today) co_return true;
    auto done = co_await store_.compact(today.number);
    // busy: in order, but a long reader keeps the log; the rest waits for the next round.
    if (!done) co_return false;
    compacted_ = today;
    co_return true;
}

bool nightly::believes(protocol::day today) {
    using enum believed_day::doubt;
    const auto doubt = believed_ ? believed_->today() : none;
    if (doubt == none) {
        if (doubted_) watch::note("this machine's clock is believed again: what is due by time is destroyed");
        doubted_since_.reset();
        doubted_.reset();
        return true;
    }
    if (!doubted_since_) doubted_since_ = today;
    if (doubted_ == today) return false;
    // After midnight and after a start nobody has signed anything yet: that is a fault where a day ends so.
    if (doubt == nobody_agrees && *doubted_since_ == today) return false;
    doubted_ = today;
    if (doubt == ran_ahead)
        watch::fault(
            "this machine's clock ran ahead of the time that passed since the start: nothing is destroyed by "
            "time; set it right, or where it is right now start bakend again",
            {{"hours", believed_->ahead() / 3600}});
    else
        watch::note(
            "no member has signed a request today, so no other machine says that this clock is right: "
            "nothing "
            "is destroyed by time",
            {{"days", std::int64_t{today - *doubted_since_}}});
    return false;
}

async::task<bool> nightly::destroy(protocol::day today) {
    auto done = co_await jobs::retain(profiles_, today, store_);
    if (!done) co_return false;
    if (done->destroyed + done->announced + done->escalated > 0)
        watch::note(
            "retention",
            {{"destroyed", done->destroyed}, {"announced", done->announced}, {"escalated", done->escalated}});
    auto ordered = co_await carry_out_orders(today, store_);
    if (!ordered) co_return false;
    if (*ordered > 0) watch::note("orders to destroy a report fell due", {{"destroyed", *ordered}});
    const auto line = keys_destroyed(today);
    auto expired = co_await store_.expire(today.number, protocol::epoch::of(today - 14).text(), line);
    co_return expired.has_value();
}

async::task<bool> nightly::retain(protocol::day today) {
    // Whoever waits for an answer does not wait for a clock.
    if (told_unread_ != today) {
        auto told = co_await tell_unread(today, store_);
        if (!told) co_return false;
        if (*told > 0)
            watch::note("nobody of their first desk has opened these reports yet", {{"reports", *told}});
        told_unread_ = today;
    }
    if (retained_ == today || !believes(today)) co_return true;
    if (!co_await destroy(today)) co_return false;
    if (registry_)
        if (auto read = co_await registry_->reload(); !read) co_return false;
    retained_ = today;
    co_return true;
}

async::task<bool> nightly::publish(protocol::day today) {
    if (published_ == today || !registry_ || !log_key_) co_return true;
    const auto now = registry_->now();
    // Nobody believes another key than that; who runs the server is told of it with the alarms.
    if (!now || now->directory.newest().logboek != log_key_->public_key) co_return true;
    auto done = co_await publish_heads(*log_key_, today - 1, store_);
    if (done) published_ = today;
    co_return done.has_value();
}

async::task<void> nightly::release() {
    auto done = co_await release_overdue(clock_.now(), store_);
    if (done && *done > 0)
        watch::fault(
            "nobody of their desk opened urgent reports by their hour: their fallback desks may read them "
            "now",
            {{"reports", *done}});
}

void nightly::tell_alarms(protocol::day today) {
    if (!registry_) return;
    const auto now = registry_->now();
    tell(alarms(now.get(), log_key_ ? &log_key_->public_key : nullptr, today));
    if (tell_also_) tell_also_(today);
    alarmed_ = today;
}

async::task<bool> nightly::once(protocol::day today) {
    // First what is to go, so that the compaction overwrites where it lay.
    const bool kept = co_await retain(today);
    const bool placed = co_await compact(today);
    const bool signed_heads = co_await publish(today);
    if (alarmed_ != today) tell_alarms(today);
    const bool whole = kept && placed && signed_heads;
    // Whoever stops the server has closed the store to it: that is no fault.
    if (!whole && !told_ && !store_.arrivals().closed())
        watch::note("the nightly work could not be done now; it is tried again in the next round");
    if (whole && told_) watch::note("the nightly work is done");
    told_ = !whole;
    co_return whole;
}

async::task<void> nightly::sweep() {
    const auto now = std::chrono::steady_clock::now();
    if (round_ && now - looked_ < std::chrono::hours(1)) co_return;
    // Of several servers the first sweeps; whoever finds another round than an hour ago only takes note of
    // it.
    auto round = co_await store_.sweep(round_.value_or(-1));
    if (!round) co_return;
    round_ = *round;
    looked_ = now;
}

async::task<void> nightly::run(std::chrono::seconds every) {
    auto executor = co_await boost::asio::this_coro::executor;
    auto& bell = store_.arrivals();
    auto listening = bell.listen(std::string(store::hour_bell), executor);
    while (!bell.closed()) {
        co_await release();
        (void)co_await once(clock_.today());
        co_await sweep();
        (void)co_await listening->wait(every);
    }
}

}  // namespace jobs
