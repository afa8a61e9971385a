#include "server/admin/install/retention.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "crypto/protocol/json.hpp"
#include "server/admin/trail/look.hpp"
#include "server/jobs/retention.hpp"
#include "server/store/sql/retention.hpp"

namespace admin {
namespace {

using jobs::fate;
using protocol::day;

client::result<std::vector<jobs::profile>> profiles(const config::config& config) {
    if (!config.retention) return std::vector<jobs::profile>();
    auto read = jobs::read_profiles(*config.retention);
    if (!read) return client::refuse(config.retention->string() + ": " + read.error()[0]);
    return std::move(*read);
}

std::string_view code(fate of) {
    switch (of) {
        case fate::waits:
        case fate::near_14:
        case fate::near_3:
            return "wacht";
        case fate::destroyed:
            return "vernietigen";
        default:
            return jobs::warning(of);
    }
}

std::string sentence(const jobs::planned& one) {
    const auto& report = one.report;
    switch (one.next) {
        case fate::waits:
        case fate::near_14:
        case fate::near_3:
            return "will be destroyed";
        case fate::destroyed:
            return "is destroyed tonight";
        case fate::held:
            return fmt::format("is kept until {} ({})", day{report.hold_until.value_or(0)}.text(),
                               report.hold_reason);
        case fate::unread:
            return "is kept: nobody of its desk ever opened it";
        case fate::unanswered:
            return "is kept: its reporter wrote what nobody read";
    }
    return {};
}

void write(const jobs::planned& one, std::ostream& out) {
    out << fmt::format("{}  {:<24} {}  {} ({} since {}; {}, {})\n", one.due.text(), one.report.desk,
                       one.report.id.text(), sentence(one), one.report.status, day{one.report.since}.text(),
                       one.by->category, one.by->approved_by);
}

void write_json(const std::vector<jobs::planned>& plan, std::ostream& out) {
    protocol::json::array rows;
    for (const auto& one : plan)
        rows.push_back(protocol::json::object{{"id", one.report.id.text()},
                                              {"loket", one.report.desk},
                                              {"status", one.report.status},
                                              {"sinds", day{one.report.since}.text()},
                                              {"dag", one.due.text()},
                                              {"wat", code(one.next)},
                                              {"archiefcategorie", one.by->category},
                                              {"vastgesteldDoor", one.by->approved_by}});
    protocol::json::object all;
    all["meldingen"] = std::move(rows);
    out << protocol::to_text(all) << "\n";
}

}  // namespace

client::result<void> retention(const retention_options& options, std::ostream& out) {
    auto at = look(options.data);
    if (!at) return std::unexpected(at.error());
    auto decided = profiles(at->config);
    if (!decided) return std::unexpected(decided.error());
    const auto today = protocol::system_clock().today();
    std::vector<store::ending_report> all;
    for (const char* status : {"afgesloten", "overgedragen", "ingetrokken"}) {
        auto ending = store::sql::read_ending(at->store.connection(), status, today.number);
        if (!ending) return client::refuse(std::string(store::text(ending.error())));
        std::ranges::move(*ending, std::back_inserter(all));
    }
    const auto plan = jobs::plan(*decided, std::move(all), today, options.within);
    if (options.json) {
        write_json(plan, out);
        return {};
    }
    if (decided->empty())
        out << "no retention profile is configured: no report ends by its term (docs/operations.md, "
               "Retention)\n";
    for (const auto& one : plan) write(one, out);
    auto unread = store::sql::read_unread(
        at->store.connection(), {(today - jobs::unread_days).number, (today - 1).number, true, 10'000});
    if (!unread) return client::refuse(std::string(store::text(unread.error())));
    for (const auto& one : *unread)
        out << fmt::format("{:<10}  {:<24} {}  was never opened since it came on {}\n", "", one.desk,
                           one.id.text(), day{one.day}.text());
    if (plan.empty() && unread->empty() && !decided->empty())
        out << fmt::format("nothing comes to its end within {} days\n", options.within);
    return {};
}

}  // namespace admin
