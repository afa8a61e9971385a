#include "client/work_arguments.hpp"

#include <fmt/format.h>

#include "client/line/reasons.hpp"
#include "client/print.hpp"
#include "crypto/protocol/calendar.hpp"

namespace desk {
namespace {

// A day and a code, as keeping asks for them.
std::string fault_of_keeping(const std::string& until, const std::string& reason) {
    if (until.empty() || reason.empty())
        return fmt::format("Say until when, and why: --until YYYY-MM-DD --reason CODE ({}).",
                           client::reasons_for(client::for_keeping));
    if (!protocol::day::parse(until))
        return fmt::format("'{}' is not a day; write it as 2027-01-31.", escaped_line(until));
    return client::fault_of_reason(reason, client::for_keeping);
}

void ask_for_keeping(CLI::App& app, std::string& until, std::string& reason) {
    app.add_option("--until", until, "keep it until this day (YYYY-MM-DD)")->type_name("DAY");
    app.add_option("--reason", reason, "why; to keep: " + client::reasons_for(client::for_keeping))
        ->type_name("CODE");
}

std::expected<order, leaflet> read_close(form& f, const words& given) {
    close_order out;
    ask_for_ids(f.app, out.ids);
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--again", out.again, "open again what was closed");
    ask_for_json(f.app, out.json, "one JSON object a report");
    f.fault = [&out] { return fault_of_ids(out.ids); };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_keep(form& f, const words& given) {
    keep_order out;
    ask_for_ids(f.app, out.ids);
    ask_for_desk(f.app, out.place);
    ask_for_keeping(f.app, out.until, out.reason);
    f.app.add_flag("--end", out.end, "keep them no longer: they end with their term");
    ask_for_json(f.app, out.json, "one JSON object a report");
    f.fault = [&out]() -> std::string {
        if (auto fault = fault_of_ids(out.ids); !fault.empty()) return fault;
        if (out.end && !(out.until.empty() && out.reason.empty()))
            return "--end keeps them no longer; leave --until and --reason away.";
        return out.end ? std::string() : fault_of_keeping(out.until, out.reason);
    };
    return filled(f, out, given);
}

std::string fault_of_destroying(const destroy_order& order) {
    for (const auto& id : order.ids)
        if (auto fault = fault_of_whole_id(id); !fault.empty()) return fault;
    const int acts = int{order.confirm} + int{order.undo} + int{order.list};
    if (acts > 1) return "Choose one of --confirm, --undo and --list.";
    if (acts == 1 && !order.reason.empty())
        return "--reason belongs to an order; leave it away with --confirm, --undo and --list.";
    if (order.list)
        return order.ids.empty() ? std::string()
                                 : "--list names every report that is ordered; leave ID away.";
    if (order.confirm) return {};
    if (order.ids.empty()) return "ID is required: name the reports, as baken desk pull lists them.";
    return order.undo ? std::string() : client::fault_of_reason(order.reason, client::for_destruction);
}

std::expected<order, leaflet> read_destroy(form& f, const words& given) {
    destroy_order out;
    f.app.add_option("ID", out.ids, "the reports' ids in full, as baken desk pull lists them")->type_name("");
    ask_for_desk(f.app, out.place);
    f.app
        .add_option("--reason", out.reason,
                    "order it, and why: " + client::reasons_for(client::for_destruction))
        ->type_name("CODE");
    f.app.add_flag("--confirm", out.confirm,
                   "destroy what another member ordered; without ID all that waits");
    f.app.add_flag("--undo", out.undo, "take an order back");
    f.app.add_flag("--list", out.list, "list what is ordered, by whom, why and until when");
    f.app.add_flag("--yes", out.yes, "do not ask");
    ask_for_json(f.app, out.json, "one JSON object a report");
    f.fault = [&out] { return fault_of_destroying(out); };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_stragglers(form& f, const words& given) {
    stragglers_order out;
    ask_for_desk(f.app, out.place);
    f.app.add_option("--before", out.before, "as 2026-W40; default: eight weeks ago")->type_name("WEEK");
    f.app.add_flag("--close", out.close, "close them all");
    f.app.add_flag("--keep", out.keep, "keep them all, sealed to this week");
    f.app.add_flag("--destroy", out.destroy, "order the destruction of them all");
    f.app.add_flag("--yes", out.yes, "with --close and --destroy: do not ask");
    ask_for_keeping(f.app, out.until, out.reason);
    ask_for_json(f.app, out.json, "one JSON object a report");
    f.fault = [&out]() -> std::string {
        if (!out.before.empty() && !protocol::epoch::parse(out.before))
            return fmt::format("'{}' is not a week; write it as 2026-W40.", escaped_line(out.before));
        if (int{out.close} + int{out.keep} + int{out.destroy} > 1)
            return "Close them, keep them or order them destroyed: --close or --keep or --destroy.";
        if (out.destroy)
            return out.until.empty() ? client::fault_of_reason(out.reason, client::for_destruction)
                                     : std::string("--until belongs to --keep.");
        if (!out.keep && !(out.until.empty() && out.reason.empty()))
            return "--until and --reason belong to --keep.";
        return out.keep ? fault_of_keeping(out.until, out.reason) : std::string();
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_export(form& f, const words& given) {
    export_order out;
    ask_for_id(f.app, out.id);
    ask_for_desk(f.app, out.place);
    f.app.add_option("--to", out.to, "the file to make, readable by you alone")
        ->type_name("FILE")
        ->required();
    ask_for_json(f.app, out.json);
    f.fault = [&out]() -> std::string {
        auto fault = fault_of_ids({out.id});
        if (out.to != "-" && !out.to.empty()) return fault;
        return fault + (fault.empty() ? "" : "\n") +
               "--to names a new file, which only you can read: standard output would put the report on the "
               "screen, or "
               "into a log or pipe that others read. To read it here: baken desk open ID.";
    };
    return filled(f, out, given);
}

std::expected<order, leaflet> read_audit(form& f, const words& given) {
    audit_order out;
    std::string from, to;
    ask_for_desk(f.app, out.place);
    f.app.add_flag("--show", out.show, "every line in words: who did what to which report");
    f.app
        .add_option("--report", out.query.report,
                    "with --show: of this report, by its id or the beginning of it")
        ->type_name("ID");
    f.app.add_option("--member", out.query.member, "with --show: by this member, by id or local name")
        ->type_name("MEMBER");
    f.app
        .add_option(
            "--what", out.query.what,
            "with --show: of this kind: opened, exported, destroyed, fetched, …, or a code of the trail")
        ->type_name("KIND");
    f.app.add_option("--from", from, "with --show: from this day on (YYYY-MM-DD)")->type_name("DAY");
    f.app.add_option("--to", to, "with --show: up to this day")->type_name("DAY");
    f.app.add_flag("--json", out.json, "one JSON object");
    f.fault = [&out, &from, &to]() -> std::string {
        for (const auto& [text, day] : {std::pair{&from, &out.query.from}, std::pair{&to, &out.query.to}}) {
            if (text->empty()) continue;
            *day = protocol::day::parse(*text);
            if (!*day) return fmt::format("'{}' is not a day; write it as 2027-01-31.", escaped_line(*text));
        }
        if (out.query.asks_anything() && !out.show)
            return "--report, --member, --what, --from and --to say what --show shows; add that.";
        // Whether a member is called so is known on the machine, not here.
        auto known = out.query;
        known.member.clear();
        return escaped(protocol::fault_of(known));
    };
    return filled(f, out, given);
}

}  // namespace

reader work_reader_of(std::string_view verb) {
    if (verb == "close") return read_close;
    if (verb == "keep") return read_keep;
    if (verb == "destroy") return read_destroy;
    if (verb == "stragglers") return read_stragglers;
    if (verb == "export") return read_export;
    if (verb == "audit") return read_audit;
    return nullptr;
}

}  // namespace desk
