#include "client/arguments.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/form.hpp"
#include "client/key_arguments.hpp"
#include "client/print.hpp"
#include "client/verbs.hpp"
#include "client/work_arguments.hpp"

namespace desk {
namespace {

constexpr std::string_view version = "baken " BAKEN_VERSION " (protocol baken-1)\n";

std::expected<order, leaflet> read_submit(form& f, const words& given) {
    submit_order out;
    f.app
        .add_option("FILE", out.file,
                    "the report as JSON; - reads standard input; may be left out where --outbox is given")
        ->type_name("");
    ask_for_server(f.app, out.place);
    f.app.add_option("--exclude", out.exclude, "a desk that must not be able to read it; may be repeated")
        ->type_name("DESK")
        ->allow_extra_args(false);
    f.app.add_flag("--one-shot", out.one_shot, "no mailbox: nobody can come back to this report");
    f.app.add_flag("--dry-run", out.dry_run, "only say who would be able to read it; nothing is sent");
    f.app
        .add_option(
            "--outbox", out.outbox,
            "a directory that keeps the sealed bytes and the receipt until they are answered; without FILE "
            "what waits there is sent")
        ->type_name("DIR");
    f.app.add_flag("--json", out.json,
                   "one JSON object a line: id, ontvangen, eerder, ontvangers, opmerkingen, bon");
    f.fault = [&out]() -> std::string {
        if (out.file.empty() && out.outbox.empty())
            return "FILE is required: the report as JSON (or --outbox DIR alone, to send what waits there).";
        if (out.file.empty() && (out.dry_run || out.one_shot || !out.exclude.empty()))
            return "--exclude, --one-shot and --dry-run are about a new report; name its FILE.";
        return {};
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_pull(form& f, const words& given) {
    static constexpr std::array<std::string_view, 7> states{
        "nieuw",       "in-behandeling", "wacht-op-melder", "overgedragen",
        "ingetrokken", "afgesloten",     "wordt-vernietigd"};
    pull_order out;
    bool all_pages = true;
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--follow", out.follow, "then wait, and list what arrives, until Ctrl-C");
    f.app.add_flag("--all-pages", all_pages,
                   "from the first report to the last; this is what happens anyway");
    f.app.add_option("--status", out.status, fmt::format("only this state: {}", fmt::join(states, ", ")))
        ->type_name("STATE");
    f.app.add_flag("--json", out.json, "one JSON object a line");
    f.fault = [&out]() -> std::string {
        if (out.status.empty() || std::find(states.begin(), states.end(), out.status) != states.end())
            return {};
        return fmt::format("'{}' is not a state of a report; there are: {}.", escaped_line(out.status),
                           fmt::join(states, ", "));
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_open(form& f, const words& given) {
    open_order out;
    ask_for_id(f.app, out.id);
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--json", out.json, "one JSON object");
    f.fault = [&out] { return fault_of_ids({out.id}); };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_status(form& f, const words& given) {
    status_order out;
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--json", out.json, "one JSON object");
    return filled(f, out, given);
}

reader reader_of(std::string_view verb) {
    if (verb == "submit") return read_submit;
    if (verb == "pull") return read_pull;
    if (verb == "open") return read_open;
    if (auto* work = work_reader_of(verb)) return work;
    if (auto* keys = key_reader_of(verb)) return keys;
    return read_status;
}

bool asks_help(const std::string& word) { return word == "--help" || word == "-h" || word == "help"; }

}  // namespace

client::result<client::profile> place_flags::resolve() const {
    auto file = client::load_profile(profile);
    if (!file) return file;
    return client::overlaid(std::move(*file), flags);
}

std::expected<order, leaflet> read_arguments(const std::vector<std::string>& arguments) {
    if (arguments.empty()) return std::unexpected(wrong(unknown_verb("", "")));
    const auto& group = arguments[0];
    if (asks_help(group)) return std::unexpected(leaflet{overview(""), 0});
    if (group == "--version") return std::unexpected(leaflet{std::string(version), 0});
    if (group == "admin") return order(admin_order{{arguments.begin() + 1, arguments.end()}});
    auto known = verbs();
    if (std::none_of(known.begin(), known.end(), [&](const verb_name& v) { return v.group == group; }))
        return std::unexpected(wrong(unknown_verb("", group)));
    if (arguments.size() < 2) return std::unexpected(wrong(unknown_verb(group, "")));
    const auto& verb = arguments[1];
    if (asks_help(verb)) return std::unexpected(leaflet{overview(group), 0});
    auto at = std::find_if(known.begin(), known.end(),
                           [&](const verb_name& v) { return v.group == group && v.verb == verb; });
    if (at == known.end()) return std::unexpected(wrong(unknown_verb(group, verb)));
    form f(fmt::format("{} {}", at->group, at->verb),
           fmt::format("baken {} {}: {}.", at->group, at->verb, at->duty), at->example);
    return reader_of(verb)(f, {arguments.begin() + 2, arguments.end()});
}

}  // namespace desk
