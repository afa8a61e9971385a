#include "client/desk/pull.hpp"

#include <chrono>
#include <csignal>
#include <set>
#include <time.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "client/desk/listing.hpp"
#include "client/desk/session_of.hpp"
#include "client/desk/short_list.hpp"
#include "client/desk/trail.hpp"
#include "client/here/wrapped.hpp"
#include "client/line/patience.hpp"
#include "client/line/problem.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

constexpr int wait_seconds = 60;

volatile std::sig_atomic_t asked_to_stop = 0;

void stop_on_signals() {
    struct sigaction action{};
    action.sa_handler = [](int) { asked_to_stop = 1; };
    sigemptyset(&action.sa_mask);  // no SA_RESTART: a pause must end
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

void pause_for(std::chrono::milliseconds time) {
    // In short steps: a signal that comes just before one would otherwise be slept through.
    constexpr std::chrono::milliseconds step(200);
    for (; time.count() > 0 && !asked_to_stop; time -= step) {
        timespec piece{0, std::min(step, time).count() * 1000000};
        ::nanosleep(&piece, nullptr);
    }
}

struct puller {
    client::session session;
    const pull_order& order;
    std::string cursor;
    std::set<std::string> shown{};  // delivery is at least once: a row is new where something in it is
    bool headed = false;
    protocol::day told{};  // on which it was last said what runs out

    // What is new in a page.
    std::string text_of(const page& read) {
        const bool brief = !order.json && wants_short_list();
        std::string text;
        if (!order.json && !read.rows.empty() && !std::exchange(headed, true))
            text = brief ? short_heading() : heading();
        for (const auto& row : read.rows) {
            const auto whole = json_line_of(row);
            if (!shown.insert(whole).second) continue;
            text += order.json ? whole
                    : brief    ? short_line_of(row, client::terminal_columns(STDOUT_FILENO))
                               : line_of(row);
        }
        return text;
    }

    // One page; what is new in it is printed. True: more lie behind it.
    client::result<page> take(int wait, unsigned retries) {
        auto got = session.get(page_query(cursor, order.status, wait), retries);
        if (!got) return std::unexpected(got.error());
        if (got->status == 403)
            return client::refuse(
                fmt::format("You are not a member of desk {}; ask a lead of it.", session.desk()),
                client::failed, "not-allowed");
        if (got->status != 200) return std::unexpected(client::refused("The reports were not listed", *got));
        auto read = read_page(got->body);
        if (!read) return std::unexpected(read.error());
        if (read->more && read->cursor == cursor) return std::unexpected(client::errc::bad_answer);
        if (!print(text_of(*read)))
            return client::refuse("Standard output is closed or full; the list is not whole.");
        if (read->unreadable > 0)
            (void)print_error(fmt::format(
                "{} reports cannot be read now and are not listed: the server's database is damaged. Tell "
                "the people who run it.\n",
                read->unreadable));
        cursor = read->cursor;
        return std::move(*read);
    }

    client::result<void> all() {
        for (;;) {
            auto read = take(0, 2);
            if (!read) return std::unexpected(read.error());
            if (!read->more) return {};
        }
    }

    // Ends with the signal, or with a refusal that waiting will not mend.
    client::result<void> follow() {
        unsigned failures = 0;
        while (!asked_to_stop) {
            auto begun = std::chrono::steady_clock::now();
            auto read = take(wait_seconds, 0);
            if (asked_to_stop) return {};
            if (!read && !read.error().passing) return std::unexpected(read.error());
            if (!read) {
                if (++failures == 1) progress("The server does not answer; waiting for it.\n");
                pause_for(client::pause_after(failures, ""));
                continue;
            }
            failures = 0;
            if (const auto today = session.today(); std::exchange(told, today) != today)
                if (auto ok = tell_notices(session); !ok && !ok.error().passing) return ok;
            if (!read->rows.empty())
                if (auto ok = follow_trail(session); !ok && !asked_to_stop && !ok.error().passing) return ok;
            // A draining server answers at once with nothing: do not ask it a thousand times a second.
            if (read->rows.empty() && std::chrono::steady_clock::now() - begun < std::chrono::seconds(1))
                pause_for(std::chrono::seconds(1));
        }
        return {};
    }
};

}  // namespace

client::result<void> pull(const pull_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    puller puller{std::move(*session), order, {}};
    puller.told = puller.session.today();
    if (order.follow) {
        stop_on_signals();
        puller.session.line().stop_when([] { return asked_to_stop != 0; });
    }
    auto done = puller.all();
    if (asked_to_stop) return {};
    if (done && !order.follow && !order.json && puller.shown.empty()) (void)print("There are no reports.\n");
    if (done) done = follow_trail(puller.session);
    if (asked_to_stop) return {};
    if (!done || !order.follow) return done;
    return puller.follow();
}

}  // namespace desk
