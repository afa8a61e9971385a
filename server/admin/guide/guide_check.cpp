#include "server/admin/guide/guide_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/json.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/guide/routing_review.hpp"
#include "server/admin/guide/text_numbers.hpp"
#include "server/admin/read_config.hpp"
#include "server/guide/codes.hpp"
#include "server/guide/facts.hpp"
#include "server/guide/staffing.hpp"

namespace admin {
namespace {

using guide::fault;
using guide::standing;

std::string said(const guide::fact& of, standing now) {
    const auto last = of.bron.geverifieerd ? of.bron.geverifieerd->text() : std::string();
    switch (now) {
        case standing::due:
            return of.always ? fmt::format("{} was last verified on {}: verify it again", of.what, last)
                             : fmt::format(
                                   "{} was last verified on {}: verify it again, after twelve months nobody "
                                   "sees it any more",
                                   of.what, last);
        case standing::lapsed:
            return of.always
                       ? fmt::format(
                             "{} was last verified on {}: it is shown because it answers day and "
                             "night, verify it",
                             of.what, last)
                       : fmt::format("{} was last verified on {}: nobody sees it until it is verified again",
                                     of.what, last);
        default:
            return fmt::format("{} was never verified, nobody sees it{}{}", of.what,
                               of.bron.opmerking.empty() ? "" : ": ", of.bron.opmerking);
    }
}

void look_at_verification(const guide::data_files& schema, const guide::handbook& handbook,
                          protocol::day today, std::vector<fault>& notes) {
    guide::for_each_fact(handbook, [&](const guide::fact& one) {
        const auto now = standing_of(one.bron, today);
        if (now == standing::verified) return;
        const auto file = schema / fmt::format("wegwijzer/{}.toml", one.file);
        notes.push_back({file.string(), one.line, said(one, now)});
    });
}

// What was verified and is shown to nobody all the same.
void look_at_reach(const guide::data_files& schema, const guide::handbook& handbook,
                   std::vector<fault>& notes) {
    for (const auto& one : handbook.hulp)
        if (!one.demonstratie && one.wie.bron.geverifieerd && one.wie.telefoon.empty() && one.wie.url.empty())
            notes.push_back({(schema / "wegwijzer/hulp.toml").string(), one.line,
                             fmt::format("{} has neither telefoon nor url: nobody sees it", one.id)});
}

// Regions that show only the line "no verified local entry".
void look_at_regions(const guide::data_files& schema, const guide::handbook& handbook,
                     const guide::gemeenten& gemeenten, protocol::day today, std::vector<fault>& notes) {
    for (const auto& regio : gemeenten.regios()) {
        const bool local = std::ranges::any_of(handbook.hulp, [&](const guide::help& one) {
            return one.regio == regio.code && one.stands(today, false);
        });
        if (!local)
            notes.push_back(
                {(schema / "wegwijzer/hulp.toml").string(), 0,
                 fmt::format("{} {} has no verified local entry, and says so", regio.code, regio.naam)});
    }
}

// Lists of days on which a desk is closed or has other hours: behind their end nobody has thought of a day.
void look_at_own_days(const guide::data_files& schema, const guide::staffing& staffing, protocol::day today,
                      std::vector<fault>& notes) {
    const auto civil = [](protocol::day day) { return std::chrono::sys_days(std::chrono::days(day.number)); };
    for (const auto& [desk, until] : staffing.lists_ending(civil(today))) {
        const bool over = std::chrono::sys_days(until) < civil(today);
        notes.push_back(
            {(schema / "bezetting.json").string(), 0,
             fmt::format("{}: the list of days ({}) {} on {}: write the days after it, then a later "
                         "'tot'",
                         desk, "uitzonderingen", over ? "ended" : "ends",
                         protocol::day{static_cast<std::int32_t>(
                                           std::chrono::sys_days(until).time_since_epoch().count())}
                             .text())});
    }
}

}  // namespace

guide_findings look_through_guide(const guide::data_files& schema, protocol::day today) {
    guide_findings out;
    out.version = schema.version();
    auto gemeenten = guide::gemeenten::load(schema);
    if (!gemeenten) {
        append(out.faults, gemeenten.error());
        // So that the faults of the rest are told in the same go.
        gemeenten = guide::gemeenten::load(schema.as_shipped());
        out.notes.push_back(
            {(schema / "places/gemeenten.tsv").string(), 0,
             gemeenten ? "the rest is compared with the places that were shipped, until these are mended"
                       : "of the rest only staffing and codes were looked at: mend these places first"});
    }
    const auto staffing = guide::staffing::load(schema);
    if (!staffing) append(out.faults, staffing.error());
    if (staffing) look_at_own_days(schema, *staffing, today, out.notes);
    const auto codes = guide::codes::load(schema);
    if (!codes) append(out.faults, codes.error());
    if (!gemeenten) return out;
    const auto handbook = guide::handbook::load(schema, *gemeenten, today);
    if (!handbook) append(out.faults, handbook.error());
    review_routing(schema, *gemeenten, staffing ? staffing->named() : std::vector<std::string>(), today, out);
    if (!handbook) return out;
    look_at_numbers(schema, **handbook, today, out.faults);
    look_at_reach(schema, **handbook, out.notes);
    look_at_verification(schema, **handbook, today, out.notes);
    look_at_regions(schema, **handbook, *gemeenten, today, out.notes);
    return out;
}

client::result<guide::data_files> guide_files(const std::string& data, const std::string& schema,
                                              const std::string& own) {
    if (data.empty()) return guide::data_files(schema, own);
    auto config = read_config(data);
    if (!config) return std::unexpected(config.error());
    return guide::data_files(config->schema, own.empty() ? config->schema_own : std::filesystem::path(own));
}

client::result<bool> guide_check(const guide_check_options& options, std::ostream& out) {
    auto files = guide_files(options.data, options.schema, options.own);
    if (!files) return std::unexpected(files.error());
    const auto found = look_through_guide(*files, options.today);
    if (options.json) {
        namespace json = protocol::json;
        const auto list = [](const std::vector<fault>& all) {
            json::array rows;
            for (const auto& one : all)
                rows.push_back({{"file", one.file}, {"line", one.line}, {"sentence", one.sentence}});
            return rows;
        };
        json::object all;
        all["faults"] = list(found.faults);
        all["notes"] = list(found.notes);
        all["version"] = found.version;
        out << protocol::to_text(all) << '\n';
        return found.faults.empty();
    }
    for (const auto& one : found.faults) out << "fault  " << text(one) << '\n';
    for (const auto& one : found.notes) out << "note   " << text(one) << '\n';
    out << fmt::format("version {}: {}, {}\n", found.version,
                       found.faults.empty()       ? "no fault"
                       : found.faults.size() == 1 ? "1 fault"
                                                  : fmt::format("{} faults", found.faults.size()),
                       found.notes.size() == 1 ? "1 note" : fmt::format("{} notes", found.notes.size()));
    return found.faults.empty();
}

}  // namespace admin
