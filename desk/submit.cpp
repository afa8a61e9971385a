#include "desk/submit.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "client/files.hpp"
#include "client/patience.hpp"
#include "client/problem.hpp"
#include "client/session.hpp"
#include "client/unanswered.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/report.hpp"
#include "crypto/protocol/sealing.hpp"
#include "desk/print.hpp"
#include "desk/submitted.hpp"

namespace desk {
namespace {

constexpr std::size_t most_draft = 2u << 20;

client::result<protocol::report> read_draft(const std::string& file) {
    auto text = client::read_plain(file, most_draft);
    if (!text) return std::unexpected(text.error());
    auto draft = protocol::report::draft(text->text());
    if (draft) return std::move(*draft);
    std::string lines = "The report was not sent; correct this in it:";
    for (const auto& fault : draft.error())
        lines += fmt::format("\n  {}: {}", fault.location.empty() ? "/" : fault.location, fault.detail);
    return client::refuse(std::move(lines));
}

// Everything that sealing needs besides the report and the directory.
struct sender {
    client::http& line;
    const client::state& memory;
    const client::pinned_roots& roots;
    const submit_order& order;
    std::optional<protocol::mailbox_keys> mailbox;
    protocol::day today = protocol::system_clock().today();
};

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
                                 const crypto::uuid& id) {
    auto sealed =
        protocol::seal_report(report, decision, published.directory, published.table, s.today, id, s.mailbox);
    if (!sealed) return std::unexpected(sealed.error());
    // Only the desk of last resort is sealed to beyond its week (protocol §9).
    for (const auto& to : sealed->envelope.ontvangers)
        if (to.epoch && *to.epoch != protocol::epoch::of(s.today))
            print_error(fmt::format(
                "!!! ALARM: desk {} shows no key of this week; the report is sealed to its key of {}, which "
                "somebody who left since may hold.\n",
                to.desk(), to.epoch->text()));
    return protocol::write_posted_report(*sealed);
}

client::result<client::patient_answer> post(const sender& s, const std::string& body) {
    client::request request;
    request.method = "POST";
    request.target = "/v1/meldingen";
    request.body = body;
    client::patience patience;
    patience.retries = 4;
    patience.waiting = [](unsigned failed, std::chrono::milliseconds pause) {
        progress(fmt::format("The server did not take it yet; again in {:.1f} s ({} of 4).\n",
                             static_cast<double>(pause.count()) / 1000, failed));
    };
    auto got = client::send_patiently(s.line, [&] { return request; }, patience);
    if (!got && got.error() != client::errc::unreachable && client::may_pass(got.error()))
        return client::refuse(fmt::format(
            "{} It is not known whether the report was stored; submit it again.", client::text(got.error())));
    if (!got) return std::unexpected(client::unanswered(s.line, got.error()));
    return std::move(*got);
}

// Whether the directory moved on between fetching and sending. Where an earlier try was sent and never
// answered, it may have been stored, and a second sealing would make two reports of one.
bool seal_again(const client::patient_answer& got) {
    if (got.answer.status != 400 || got.unanswered_before) return false;
    auto problem = client::read_problem(got.answer);
    return problem.has("tijdvak") || problem.has("sleutel");
}

std::string day_of_receipt(const sender& s, const client::answer& answer) {
    // It is stored, whatever the answer looks like: an unreadable day must not cost the reporter the receipt.
    if (auto object = protocol::parse_object(answer.body)) {
        protocol::faults found;
        protocol::reading r(*object, "", found, protocol::unknown::ignore);
        auto day = r.date("ontvangen");
        if (found.empty()) return day.text();
    }
    return s.today.text();
}

client::result<void> show(const crypto::plain& text) {
    if (!print(text.text()))
        return client::refuse(
            "The report was stored, but its receipt could not be shown: standard output is closed or full.");
    return {};
}

client::result<void> send(const sender& s, protocol::report& report, const crypto::receipt* receipt) {
    for (bool first = true;; first = false) {
        auto published = client::fetch_directory(s.line, s.memory, s.roots, s.today);
        if (!published) return std::unexpected(published.error());
        const auto& gids = published->directory.newest();
        auto decision = decide(s, *published, report);
        if (!decision) return std::unexpected(decision.error());
        if (s.order.dry_run) return show(crypto::plain::copy_of(recipients_text(*decision, gids)));
        auto id = crypto::uuid::random();
        auto body = seal(s, *published, report, *decision, id);
        if (!body) return std::unexpected(body.error());
        auto got = post(s, *body);
        if (!got) return std::unexpected(got.error());
        if (first && seal_again(*got)) continue;
        if (got->answer.status != 200 && got->answer.status != 201)
            return std::unexpected(client::refused("The report was not stored", got->answer));
        stored_report stored{id.text(), day_of_receipt(s, got->answer), std::move(*decision)};
        return show(s.order.json ? submitted_json(stored, gids, receipt)
                                 : submitted_text(stored, gids, receipt));
    }
}

}  // namespace

client::result<void> submit(const submit_order& order) {
    auto report = read_draft(order.file);
    if (!report) return std::unexpected(report.error());
    auto profile = order.place.resolve();
    if (!profile) return std::unexpected(profile.error());
    if (auto said = client::all_said(*profile, false); !said) return std::unexpected(said.error());
    auto line = client::connect(*profile);
    if (!line) return std::unexpected(line.error());
    auto roots = client::roots_of(*profile);
    if (!roots) return std::unexpected(roots.error());
    auto memory = client::open_state(*profile, *roots);
    if (!memory) return std::unexpected(memory.error());

    sender s{*line, *memory, *roots, order, std::nullopt};
    if (order.one_shot || order.dry_run) return send(s, *report, nullptr);
    auto receipt = crypto::receipt::random();
    auto mailbox = crypto::open_mailbox(receipt);
    s.mailbox = protocol::mailbox_keys{mailbox.box.public_key, mailbox.sign.public_key};
    return send(s, *report, &receipt);
}

}  // namespace desk
