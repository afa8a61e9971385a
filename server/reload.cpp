// What a signal asks of the running server: to read certificate, roots, guide and directory again (SIGHUP),
// or to end (SIGTERM, SIGINT).
#include <chrono>
#include <csignal>
#include <utility>

#include "base/async/run_now.hpp"
#include "base/watch/log.hpp"
#include "server/app.hpp"
#include "server/guides.hpp"

namespace {

// Signals that come within it of one another ask for one reading.
constexpr std::chrono::milliseconds together{100};

}  // namespace

// A reading keeps this thread busy, and what came meanwhile is handed out one by one afterwards. So a signal
// only says what is to be done: the readings asked for become one, and an end that was asked for comes first.
void app::wait_for_signals() {
    signals_.async_wait([this](boost::system::error_code error, int number) {
        if (error) return;
        if (number == SIGHUP) {
            reload_soon();
            return wait_for_signals();
        }
        ending_ = true;
        reload_timer_.cancel();
        watch::note("draining");
        server_->drain();
    });
}

void app::reload_soon() {
    if (std::exchange(reload_asked_, true)) return;
    reload_timer_.expires_after(together);
    reload_timer_.async_wait([this](boost::system::error_code) {
        reload_asked_ = false;
        if (!ending_) reload();
    });
}

bool app::reload_roots() {
    auto read = config::read(config_.file);
    if (!read) {
        for (const auto& fault : read.error())
            watch::fault("the configuration has a fault; the pinned roots stay as they were",
                         {{"fault", watch::configured{fault}}});
        return false;
    }
    if (read->roots == config_.roots) return true;
    auto pinned = async::run_now(registry_.pin(read->roots));
    if (!pinned) {
        watch::fault("the pinned roots could not be changed; those before stay", {{"why", pinned.error()}});
        return false;
    }
    if (!*pinned) {
        watch::fault("the directory in force is signed by none of the roots named now; those before stay");
        return false;
    }
    config_.roots = std::move(read->roots);
    watch::note("other roots are pinned", {{"number", static_cast<std::int64_t>(config_.roots.size())}});
    return true;
}

void app::reload() {
    bool whole = server_->reload_certificate().has_value();
    whole = reload_roots() && whole;
    auto guides = guides::read(config_);
    if (guides) {
        const auto version = guides->version;
        gemeenten_.set(std::move(guides->gemeenten));
        staffing_.set(std::move(guides->staffing));
        codes_.set(std::move(guides->codes));
        handbook_.set(std::move(guides->handbook));
        pages_->renew();
        watch::note("the guide is read", {{"version", watch::configured{version}}});
    } else {
        whole = false;
        watch::fault("the data under schema/ cannot be used; the old data stays",
                     {{"faults", watch::configured{guides.error()}}});
    }
    if (!async::run_now(registry_.reload())) {
        whole = false;
        watch::fault("the directory could not be read again");
    }
    tell_alarms();
    if (whole) watch::note("reloaded");
}
