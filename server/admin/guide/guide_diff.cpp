#include "server/admin/guide/guide_diff.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/process/user.hpp"
#include "server/admin/guide/file_changes.hpp"
#include "server/admin/guide/routing_review.hpp"
#include "server/guide/handbook.hpp"
#include "server/guide/totality.hpp"

namespace admin {
namespace {

namespace fs = std::filesystem;

// One side: everything that decides an answer.
struct side {
    guide::data_files files;
    guide::gemeenten gemeenten;
    admin::routing routing;
    std::shared_ptr<const guide::handbook> handbook;
};

client::result<side> read_side(const std::string& dir, const std::string& schema, protocol::day today) {
    std::error_code error;
    if (!fs::is_directory(dir, error))
        return client::refuse(error && error != std::errc::no_such_file_or_directory
                                  ? fmt::format("{} cannot be read{}: {}.", dir,
                                                process::by_whom(error.value()), error.message())
                                  : dir + " is not a directory; name one like schema, or one of your own.",
                              client::wrong_use);
    // A directory like schema/ has all of them; one that stands in for some need not.
    const bool whole = std::ranges::all_of(guide::read_files, [&](std::string_view name) {
        std::error_code error;
        return fs::exists(fs::path(dir) / name, error);
    });
    const guide::data_files files = whole ? guide::data_files(dir) : guide::data_files(schema, dir);
    auto gemeenten = guide::gemeenten::load(files);
    if (!gemeenten) return client::refuse(text(gemeenten.error()[0]) + "; see baken admin guide-check");
    auto handbook = guide::handbook::load(files, *gemeenten, today);
    if (!handbook) return client::refuse(text(handbook.error()[0]) + "; see baken admin guide-check");
    auto routing = routing_of(files, *gemeenten, today);
    if (!routing) return std::unexpected(routing.error());
    return side{files, std::move(*gemeenten), std::move(*routing), std::move(*handbook)};
}

std::string readers(const protocol::decision& decision, bool fallback) {
    std::string out;
    for (const auto& [desk, rol] : decision.ontvangers)
        if (rol != "achtervang" || fallback)
            out += fmt::format("{}{}{}", out.empty() ? "" : " + ", desk,
                               rol == "achtervang" ? " (fallback)" : "");
    return out;
}

// Who reads it before and after; the fallback is named only where nothing else differs.
std::pair<std::string, std::string> way(const protocol::decision& was, const protocol::decision& is) {
    const bool fallback = readers(was, false) == readers(is, false);
    return {readers(was, fallback), readers(is, fallback)};
}

// What a report says besides its municipality and its forms.
std::map<std::string_view, std::string> other_answers(const protocol::routed_facts& facts) {
    return {{"rol", facts.rol},
            {"minderjarig", facts.minderjarig},
            {"politie", facts.politie},
            {"plek", facts.plek.empty() ? "none" : facts.plek},
            {"spoed", facts.spoed ? "true" : "false"}};
}

// "from A to B": in how many pairs of a municipality and a form, and which.
struct move {
    std::set<std::pair<std::string, std::string>> pairs;
    std::set<std::string> places, forms;
    std::map<std::string_view, std::set<std::string>> answers;  // to what else the report says
};

std::map<std::pair<std::string, std::string>, move> moves(const side& before, const side& after) {
    std::map<std::pair<std::string, std::string>, move> out;
    std::set<std::string> places{""};
    for (const auto* side : {&before, &after})
        for (const auto& one : side->gemeenten.all()) places.insert(one.code);
    for (const auto& place : places)
        for_every_report(place, [&](const protocol::routed_facts& facts) {
            const auto was = before.routing.decide(facts), is = after.routing.decide(facts);
            if (was.ontvangers == is.ontvangers) return;
            auto& one = out[way(was, is)];
            const auto form = fmt::format("{}", fmt::join(facts.vormen, "+"));
            one.pairs.emplace(place, form);
            one.places.insert(place.empty() ? "no place" : place);
            one.forms.insert(form);
            for (const auto& [question, answer] : other_answers(facts)) one.answers[question].insert(answer);
        });
    return out;
}

void write_moves(const std::map<std::pair<std::string, std::string>, move>& moved, std::ostream& out) {
    std::map<std::string_view, std::set<std::string>> possible;
    for_every_report("", [&](const protocol::routed_facts& facts) {
        for (const auto& [question, answer] : other_answers(facts)) possible[question].insert(answer);
    });
    std::vector<std::pair<std::pair<std::string, std::string>, move>> all(moved.begin(), moved.end());
    std::ranges::sort(all, std::ranges::greater(), [](const auto& one) { return one.second.pairs.size(); });
    for (const auto& [way, what] : all) {
        out << fmt::format("moves {} (municipality, form) from {} to {}\n", what.pairs.size(), way.first,
                           way.second);
        constexpr std::size_t most = 12;
        std::vector<std::string> places(what.places.begin(), what.places.end());
        const auto more = places.size() > most ? places.size() - most : 0;
        places.resize(places.size() - more);
        out << fmt::format("  forms: {}\n  municipalities: {}{}\n", fmt::join(what.forms, ", "),
                           fmt::join(places, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
        // A question of which every answer is moved decides nothing.
        for (const auto& [question, answers] : what.answers)
            if (answers != possible[question])
                out << fmt::format("  only with {}: {}\n", question, fmt::join(answers, ", "));
    }
    if (!all.empty())
        out << "A changed routing takes effect with a signed directory alone: baken admin directory-draft.\n";
}

// The ids of the steps for a situation, whether they stand today or not is part of it.
std::vector<std::string> steps(const side& of, const guide::situation& what, protocol::day today) {
    std::vector<std::string> out;
    for (const auto* step : of.handbook->wegwijzer.steps_for(what, today)) out.push_back(step->id);
    return out;
}

struct step_changes {
    std::size_t asked = 0, other = 0, reordered = 0;
    std::map<std::string, std::pair<std::size_t, std::size_t>> by_step;  // lost, gained
};

step_changes compare_steps(const side& before, const side& after, protocol::day today) {
    step_changes out;
    const auto look = [&](const guide::situation& what) {
        const auto code = what.gemeente ? what.gemeente->code : std::string();
        auto then = what, now = what;
        then.gemeente = code.empty() ? nullptr : before.gemeenten.find(code);
        now.gemeente = code.empty() ? nullptr : after.gemeenten.find(code);
        const auto was = steps(before, then, today), is = steps(after, now, today);
        ++out.asked;
        if (was == is) return;
        ++out.other;
        const std::set<std::string> a(was.begin(), was.end()), b(is.begin(), is.end());
        if (a == b) ++out.reordered;
        for (const auto& id : a)
            if (!b.contains(id)) ++out.by_step[id].first;
        for (const auto& id : b)
            if (!a.contains(id)) ++out.by_step[id].second;
    };
    guide::for_every_situation(after.handbook->wegwijzer, after.gemeenten, look);
    return out;
}

}  // namespace

client::result<bool> guide_diff(const guide_diff_options& options, std::ostream& out) {
    auto before = read_side(options.before, options.schema, options.today);
    if (!before) return std::unexpected(before.error());
    auto after = read_side(options.after, options.schema, options.today);
    if (!after) return std::unexpected(after.error());

    const auto files = compare_files(before->files, after->files);
    if (!files) return std::unexpected(files.error());
    const auto was = before->files.version(), is = after->files.version();
    if (was != is) out << fmt::format("version {} → {}\n", was, is);
    const auto moved = moves(*before, *after);
    write_moves(moved, out);
    const auto changed = compare_steps(*before, *after, options.today);
    if (changed.other > 0) {
        out << fmt::format(
            "{} of {} combinations of answers get other steps; {} of them only in another order\n",
            changed.other, changed.asked, changed.reordered);
        for (const auto& [id, counts] : changed.by_step)
            out << fmt::format("  {}: lost by {}, gained by {}\n", id, counts.first, counts.second);
    }
    for (const auto& list : {files->lines, files->unsaid})
        for (const auto& line : list) out << line << '\n';
    const bool same = moved.empty() && changed.other == 0 && files->lines.empty();
    if (same && files->unsaid.empty()) out << "nothing changes for anybody\n";
    return same;
}

}  // namespace admin
