#include "server/admin/trail/audit_arguments.hpp"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "server/admin/arguments.hpp"
#include "server/admin/trail/audit.hpp"

namespace admin {
namespace {

// Fills in the days.
std::string fault_of_query(audit_options& options, const std::pair<std::string, std::string>& days) {
    auto& query = options.query;
    for (const auto& [text, day] :
         {std::pair{&days.first, &query.from}, std::pair{&days.second, &query.to}}) {
        if (text->empty()) continue;
        *day = protocol::day::parse(*text);
        if (!*day)
            return fmt::format("'{}' is not a day; write it as 2027-01-31.", client::escaped_line(*text));
    }
    if (query.asks_anything() && !options.show)
        return "--report, --member, --what, --from and --to say what --show shows; add that.";
    return protocol::fault_of(query);
}

}  // namespace

void add_audit_verify(CLI::App& program, std::function<int()>& chosen) {
    auto* sub =
        program.add_subcommand("audit-verify",
                               "hold the audit trails against the keys that signed them and what others "
                               "saw of them: 0 all are whole, 1 one is not");
    auto options = std::make_shared<audit_options>();
    options->data = ".";
    sub->add_option("--data", options->data, "the data directory; a server may run on it")
        ->type_name("DIR")
        ->capture_default_str();
    sub->add_option("--root", options->roots,
                    "file with a pinned public root key, your own copy; may be repeated (default: what DIR's "
                    "own configuration pins)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    sub->add_option("--desk", options->desks, "only this desk's trail; may be repeated")
        ->type_name("DESK")
        ->allow_extra_args(false);
    sub->add_option("--seen", options->seen,
                    "\"DESK regel=17, hash=…\": what a desk says its trail ended in; may be repeated")
        ->type_name("HEAD")
        ->allow_extra_args(false);
    sub->add_flag("--show", options->show, "also every line in words: who did what to which report");
    sub->add_option("--report", options->query.report,
                    "with --show: of this report, by its id or its beginning")
        ->type_name("ID");
    sub->add_option("--member", options->query.member, "with --show: by this member, likewise")
        ->type_name("MEMBER");
    sub->add_option(
           "--what", options->query.what,
           "with --show: of this kind: opened, exported, destroyed, fetched, …, or a code of the trail")
        ->type_name("KIND");
    auto days = std::make_shared<std::pair<std::string, std::string>>();
    sub->add_option("--from", days->first, "with --show: from this day on (YYYY-MM-DD)")->type_name("DAY");
    sub->add_option("--to", days->second, "with --show: up to this day")->type_name("DAY");
    sub->add_flag("--json", options->json, "as one JSON object");
    sub->callback([options, days, &chosen] {
        chosen = [options, days] {
            if (auto fault = fault_of_query(*options, *days); !fault.empty())
                return fail(client::refusal(std::move(fault), client::wrong_use));
            auto faults = audit_verify(*options, std::cout);
            if (!faults) return fail(faults.error());
            if (!std::cout.flush()) return fail(client::refusal("Standard output is closed or full."));
            return *faults == 0 ? 0 : client::failed;
        };
    });
}

}  // namespace admin
