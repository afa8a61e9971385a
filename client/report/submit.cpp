#include "client/report/submit.hpp"

#include <algorithm>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/municipalities/went_up.hpp"
#include "client/line/session.hpp"
#include "client/print.hpp"
#include "client/report/draft.hpp"
#include "client/report/outbox.hpp"
#include "client/report/sending.hpp"
#include "client/report/submitted.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/sealing.hpp"

namespace desk {
namespace {

// Everything that sealing and sending need besides the report.
struct sender {
    client::http& line;
    const client::state& memory;
    const client::pinned_roots& roots;
    const submit_order& order;
    const outbox* box = nullptr;
    protocol::day today = protocol::system_clock().today();
    std::vector<std::string> remarks;

    // Told on standard error, and in what machines read.
    void remark(std::string sentence) {
        print_error("baken: " + escaped(sentence) + "\n");
        remarks.push_back(std::move(sentence));
    }
};

// A municipality that the routing table does not know is none: what it went up in is taken, or it is said.
void find_municipality(sender& s, const client::published& published, protocol::report& report) {
    const auto code = report.facts().gemeente;
    if (code.empty() || published.table.knows(code)) return;
    const auto now = municipalities::went_up_in(code);
    if (now && published.table.knows(now->into)) {
        s.remark(fmt::format("{} ({}) is part of {} since {}; the report has {} as its municipality.", code,
                             now->name, now->into, now->since, now->into));
        report.move_to(now->into);
        return;
    }
    s.remark(fmt::format(
        "No municipality has the code {}: the report is routed as one without a municipality. Look "
        "the code up at /v1/gemeenten.",
        code));
}

client::result<protocol::decision> decide(const sender& s, const client::published& published,
                                          const protocol::report& report) {
    const auto& gids = published.directory.newest();
    const auto& standaard = published.table.standaard();
    auto excluded = excluded_desks(s.order.exclude, gids, standaard);
    if (!excluded) return std::unexpected(excluded.error());
    std::map<std::string, protocol::errc, std::less<>> passed_over;
    auto decision = published.table.decide(report.facts(), gids, *excluded, [&](std::string_view desk) {
        if (const auto why = published.directory.distrusted(desk)) passed_over.emplace(desk, *why);
        return published.directory.usable_key(desk, s.today, standaard) != nullptr;
    });
    for (const auto& [desk, why] : passed_over)
        print_error(fmt::format("!!! ALARM: desk {} is passed over: {}\n", desk, protocol::text(why)));
    return decision;
}

client::result<std::string> seal(const sender& s, const client::published& published,
                                 protocol::report& report, const protocol::decision& decision,
                                 const outgoing& to) {
    std::optional<protocol::mailbox_keys> keys;
    if (to.receipt) {
        const auto mailbox = crypto::open_mailbox(*to.receipt);
        keys = protocol::mailbox_keys{mailbox.box.public_key, mailbox.sign.public_key};
    }
    auto sealed =
        protocol::seal_report(report, decision, published.directory, published.table, s.today, to.id, keys);
    // No fault of the draft: it is stored once a lead has made a key.
    if (!sealed)
        return client::refuse(std::string(text(sealed.error())), client::failed,
                              sealed.error() == protocol::seal_errc::no_key ? "try-later" : "");
    // Only the desk of last resort is sealed to beyond its week (protocol §9).
    for (const auto& one : sealed->envelope.ontvangers)
        if (one.epoch && *one.epoch != protocol::epoch::of(s.today))
            print_error(fmt::format(
                "!!! ALARM: desk {} shows no key of this week; the report is sealed to its key of {}, which "
                "somebody who left since may hold.\n",
                one.desk(), one.epoch->text()));
    return protocol::write_posted_report(*sealed);
}

// To a file it is on the disk when this returns; of a pipe nobody can say who read it.
bool written(std::string_view text) {
    struct ::stat state{};
    if (!print(text)) return false;
    return ::fstat(STDOUT_FILENO, &state) != 0 || !S_ISREG(state.st_mode) || ::fsync(STDOUT_FILENO) == 0;
}

// The receipt leaves the outbox once it was shown, not before.
client::result<void> show(const sender& s, const outgoing& report, std::optional<std::string> day,
                          bool before) {
    const stored_report stored{report.id.text(), std::move(day), report.spoed, report.readers, before};
    const auto* receipt = report.receipt ? &*report.receipt : nullptr;
    if (!written((s.order.json ? submitted_json(stored, s.remarks, receipt) : submitted_text(stored, receipt))
                     .text())) {
        client::refusal out(
            fmt::format(
                "The report is stored, but its receipt could not be shown: standard output is closed or "
                "full.{}",
                s.box ? fmt::format(" It waits in {}: run the command again.", s.box->file_of(report.id))
                      : ""),
            perhaps_stored);
        out.code = "perhaps-stored";
        return std::unexpected(std::move(out));
    }
    return s.box ? s.box->forget(report.id) : client::result<void>();
}

// Sealed now, with the id and receipt it has, and sent. `earlier`: other bytes of it may be stored already;
// the server tells, because it takes an id once.
client::result<void> send_new(sender& s, protocol::report& report, outgoing to, bool earlier) {
    for (bool first = true;; first = false) {
        auto published = client::fetch_directory(s.line, s.memory, s.roots, s.today);
        if (!published) return std::unexpected(published.error());
        if (first) find_municipality(s, *published, report);
        auto decision = decide(s, *published, report);
        if (!decision) return std::unexpected(decision.error());
        to.spoed = decision->spoed;
        to.readers = named_readers(*decision, published->directory.newest());
        if (s.order.dry_run)
            return print(readers_text(to.spoed, to.readers))
                       ? client::result<void>()
                       : client::refuse("Standard output is closed or full; nothing was sent.");
        auto body = seal(s, *published, report, *decision, to);
        if (!body) return std::unexpected(body.error());
        to.body = std::move(*body);
        if (s.box)
            if (auto kept = s.box->keep(to); !kept) return kept;
        const auto file = s.box ? s.box->file_of(to.id) : std::string();
        auto got = send_sealed(s.line, to.body, file);
        if (!got) {
            // Refused for what it is: these bytes never are a report.
            if (s.box && !earlier && client::code_of(got.error()) == "failed") (void)s.box->forget(to.id);
            return std::unexpected(got.error());
        }
        earlier = earlier || got->unanswered_before;
        if (got->said == verdict::keys_passed && first) continue;
        if (got->said == verdict::keys_passed)
            return client::refuse(
                "The report was not stored: the server takes none of the keys that it publishes. Tell "
                "its administrator.",
                client::failed, "try-later");
        if (got->said == verdict::other_bytes && !earlier)
            return std::unexpected(
                may_be_stored("The server says that it knows another report by this id.", file));
        const bool before = got->said != verdict::stored;
        return show(s, to, got->day, before);
    }
}

// The same bytes again; sealed anew, under the same id, where the keys have passed and the draft is here.
client::result<void> send_kept(sender& s, const outgoing& kept, protocol::report* report) {
    const auto file = s.box->file_of(kept.id);
    if (kept.server != s.line.server().origin())
        return client::refuse(
            fmt::format("{} is for {}, not for {}; name that server, or move the file away.", file,
                        kept.server, s.line.server().origin()),
            client::wrong_use);
    auto got = send_sealed(s.line, kept.body, file);
    if (!got) return std::unexpected(got.error());
    if (got->said == verdict::stored || got->said == verdict::before)
        return show(s, kept, got->day, got->said == verdict::before);
    if (got->said == verdict::keys_passed && report) {
        outgoing again = kept.unsealed();
        return send_new(s, *report, std::move(again), true);
    }
    if (got->said == verdict::keys_passed)
        return std::unexpected(may_be_stored(
            fmt::format(
                "The keys that {} is sealed to have passed, so the server takes these bytes no more. Run the "
                "command with the draft's FILE: it is sealed again under the same id, and stored once.",
                file),
            file));
    return std::unexpected(may_be_stored(
        fmt::format("The server knows the id of {} with other bytes, or destroyed that report since.", file),
        file));
}

client::result<void> send_all(sender& s, const std::vector<outgoing>& waiting) {
    if (waiting.empty()) progress(fmt::format("Nothing waits in {}.\n", s.box->directory()));
    std::optional<client::refusal> first;
    for (const auto& one : waiting) {
        auto done = send_kept(s, one, nullptr);
        if (done) continue;
        const auto code = client::code_of(done.error());
        if (!first) first = std::move(done.error());
        if (code == "try-later" || code == "not-trusted") break;  // so would the others
    }
    if (first) return std::unexpected(std::move(*first));
    return {};
}

client::result<void> send_draft(sender& s, draft& draft, const std::vector<outgoing>& waiting) {
    for (const auto& kept : waiting) {
        if (kept.draft != mark_of(draft.text.text(), kept.id)) continue;
        if (kept.exclude != s.order.exclude || kept.receipt.has_value() == s.order.one_shot)
            return client::refuse(
                fmt::format(
                    "This draft waits in {} already, sealed with another --exclude or --one-shot. Send it as "
                    "it is (without FILE), or move that file away.",
                    s.box->file_of(kept.id)),
                client::wrong_use);
        return send_kept(s, kept, &draft.report);
    }
    if (!waiting.empty())
        print_error(
            fmt::format("baken: {} earlier reports wait in {}; send them with: baken report submit --outbox "
                        "{}\n",
                        waiting.size(), s.box->directory(), s.box->directory()));
    outgoing fresh;
    fresh.id = crypto::uuid::random();
    fresh.server = s.line.server().origin();
    fresh.draft = mark_of(draft.text.text(), fresh.id);
    fresh.exclude = s.order.exclude;
    if (!s.order.one_shot && !s.order.dry_run) fresh.receipt = crypto::receipt::random();
    return send_new(s, draft.report, std::move(fresh), false);
}

// What must be there before anything is sealed is wrong use where it is not.
template <class T>
client::result<T> ready(client::result<T> got) {
    if (!got && client::code_of(got.error()) == "failed") got.error().exit = client::wrong_use;
    return got;
}

client::result<void> submitted(const submit_order& order) {
    std::optional<draft> written;
    if (!order.file.empty()) {
        auto read = read_draft(order.file);
        if (!read) return std::unexpected(read.error());
        written = std::move(*read);
    }
    auto profile = ready(order.place.resolve());
    if (!profile) return std::unexpected(profile.error());
    auto line = ready(client::connect(*profile));
    if (!line) return std::unexpected(line.error());
    auto roots = ready(client::roots_of(*profile));
    if (!roots) return std::unexpected(roots.error());
    auto memory = ready(client::open_state(*profile, *roots));
    if (!memory) return std::unexpected(memory.error());
    sender s{.line = *line, .memory = *memory, .roots = *roots, .order = order, .remarks = {}};
    if (order.outbox.empty() || order.dry_run) return send_draft(s, *written, {});
    auto box = ready(outbox::open(order.outbox));
    if (!box) return std::unexpected(box.error());
    auto waiting = ready(box->waiting());
    if (!waiting) return std::unexpected(waiting.error());
    s.box = &*box;
    return written ? send_draft(s, *written, *waiting) : send_all(s, *waiting);
}

}  // namespace

client::result<void> submit(const submit_order& order) {
    auto done = submitted(order);
    if (done || done.error().exit != client::failed) return done;
    const auto code = client::code_of(done.error());
    if (code == "try-later") done.error().exit = try_later;
    if (code == "not-trusted") done.error().exit = not_trusted;
    return done;
}

}  // namespace desk
