#include "server/store/sqlite/checker.hpp"

#include <sys/resource.h>
#include <unistd.h>
#include <utility>

#include "base/watch/log.hpp"
#include "server/store/sql/checks.hpp"
#include "server/store/sqlite/integrity.hpp"

namespace store::sqlite {

checker::checker(std::string path) : path_(std::move(path)), thread_([this] { run(); }) {}

checker::~checker() { close(); }

void checker::close() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
        // It may be in the middle of a long statement, at a priority at which a busy machine lets it wait.
        if (db_) db_->interrupt();
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool checker::rest() {
    const auto now = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, now - began_, [this] { return closing_; });
    began_ = std::chrono::steady_clock::now();
    return !closing_;
}

bool checker::at_work(connection* db) {
    std::lock_guard lock(mutex_);
    db_ = closing_ ? nullptr : db;  // close() may come again, when it is gone
    return !closing_;
}

void checker::run() {
    // For this thread alone (Linux).
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 15);
    auto db = connection::open(path_, mode::read);
    if (!db || !at_work(db->get())) return;
    survey out;
    auto done = look_through(**db, out);
    // What was interrupted says nothing.
    if (!at_work(nullptr)) return;
    if (!done) return watch::fault("the database could not be looked through", {{"why", done.error()}});
    if (out.faults > 0)
        watch::fault("the database is damaged: run baken admin check, which says what can still be read",
                     {{"faults", out.faults}, {"reports", out.reports}});
    else if (out.reports > 0)  // whether the directory is the pinned root's is said elsewhere
        watch::note("everything stored was read, and no byte of it changed", {{"reports", out.reports}});
}

std::expected<void, errc> checker::look_through(connection& db, survey& out) {
    began_ = std::chrono::steady_clock::now();
    bool stopped = false;
    const check_hooks hooks{{}, {}, [&](std::string_view, std::int64_t, std::int64_t) {
                                stopped = stopped || !rest();
                                return !stopped;
                            }};
    auto done = check_small(db, out);
    for (auto* check : {sql::check_documents, sql::check_wraps, sql::check_reports, sql::check_recipients,
                        sql::check_trails})
        if (done && !stopped) done = check(db, hooks, out);
    return done;
}

}  // namespace store::sqlite
