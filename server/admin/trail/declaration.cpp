#include "server/admin/trail/declaration.hpp"

#include <vector>

#include <fmt/format.h>

#include "client/line/reasons.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/trail.hpp"
#include "crypto/protocol/trail_actions.hpp"
#include "server/admin/trail/look.hpp"
#include "server/store/sql/trail.hpp"

namespace admin {
namespace {

using protocol::day;

// One report that was destroyed: what its line says.
struct destroyed {
    std::int64_t regel = 0;
    std::string dag, id, reden;  // reden: a code, where somebody gave one
    std::string besluit;         // a code
    std::string door;            // in words
    std::string ondertekend;     // what was signed, or what the clock wrote instead
};

// The value of "name=value" among the words of a line's object; empty where there is none.
std::string word(std::string_view object, std::string_view name) {
    for (std::size_t at = 0; at <= object.size();) {
        const auto end = std::min(object.find(' ', at), object.size());
        const auto one = object.substr(at, end - at);
        if (one.starts_with(name)) return std::string(one.substr(name.size()));
        at = end + 1;
    }
    return {};
}

// The value of "name: value" among the lines of what the clock wrote.
std::string noted(std::string_view text, std::string_view name) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto one = text.substr(at, end - at);
        if (one.starts_with(name)) return std::string(one.substr(name.size()));
        at = end + 1;
    }
    return {};
}

void judge(const protocol::trail_line& line, destroyed& out) {
    out.reden = word(line.object, "reden=");
    const auto by = word(line.object, "opdracht=");
    if (line.lid.starts_with(protocol::another_desk)) {
        out.besluit = "ander-loket";
        out.door = "besluit van loket " + line.lid.substr(protocol::another_desk.size());
    } else if (line.lid == protocol::order_term) {
        out.besluit = std::string(protocol::order_term);
        out.reden = noted(line.signature_base, "reden: ");
        out.door = fmt::format("opgedragen door {} op {}, zeven dagen niet teruggenomen",
                               noted(line.signature_base, "opgedragen door: "),
                               noted(line.signature_base, "opgedragen op: "));
    } else if (crypto::uuid::parse(line.lid)) {
        out.besluit = by.empty() ? "een-lid" : "twee-leden";
        out.door = by.empty() ? "besluit van " + line.lid
                              : fmt::format("opgedragen door {}, bevestigd door {}", by, line.lid);
    } else {
        out.besluit = line.lid;
        const auto category = noted(line.signature_base, "archiefcategorie: ");
        out.door = category.empty() ? line.lid
                                    : fmt::format("{}, archiefcategorie {}, vastgesteld door {}", line.lid,
                                                  category, noted(line.signature_base, "vastgesteld door: "));
    }
}

bool is_destruction(const protocol::trail_line& line) {
    return line.handeling == protocol::form_of(protocol::action::report_destroyed).code &&
           word(line.object, protocol::refused_as).empty();
}

void write(const destroyed& one, bool full, std::ostream& out) {
    const auto why = one.reden.empty() ? std::string("zonder reden van een mens")
                                       : client::reason_in_words(one.reden, client::words_of::dutch);
    out << fmt::format("{}  {}  {}; {}\n", one.dag, one.id, why, one.door);
    if (!full) return;
    out << fmt::format("  regel {} van het logboek, ondertekend:\n", one.regel);
    for (std::size_t at = 0; at < one.ondertekend.size();) {
        const auto end = std::min(one.ondertekend.find('\n', at), one.ondertekend.size());
        out << "  | " << one.ondertekend.substr(at, end - at) << "\n";
        at = end + 1;
    }
}

void write_json(const std::vector<destroyed>& all, const declaration_options& options,
                const protocol::trail_head& head, std::ostream& out) {
    protocol::json::array rows;
    for (const auto& one : all) {
        protocol::json::object row{{"regel", one.regel}, {"dag", one.dag},         {"id", one.id},
                                   {"reden", nullptr},   {"besluit", one.besluit}, {"door", one.door}};
        if (!one.reden.empty()) row["reden"] = one.reden;
        if (options.full) row["ondertekend"] = one.ondertekend;
        rows.push_back(std::move(row));
    }
    protocol::json::object whole;
    whole["loket"] = options.desk;
    whole["vernietigd"] = std::move(rows);
    whole["logboek"] = protocol::json::object{{"regel", head.regel}, {"hash", head.hash}};
    out << protocol::to_text(whole) << "\n";
}

}  // namespace

client::result<void> declaration(const declaration_options& options, std::ostream& out) {
    const auto from = day::parse(options.from), to = day::parse(options.to);
    if (from && to && *to < *from)
        return client::refuse(
            fmt::format("--from {} is later than --to {}: name the earlier day with --from.", options.from,
                        options.to),
            client::wrong_use);
    auto at = look(options.data);
    if (!at) return std::unexpected(at.error());
    protocol::trail_head head;
    std::vector<destroyed> all;
    for (;;) {
        auto lines = store::sql::read_trail(at->store.connection(), options.desk, head.regel, 1000);
        if (!lines) return client::refuse(std::string(store::text(lines.error())));
        if (lines->empty()) break;
        for (const auto& bytes : *lines) {
            auto line = protocol::read_line(bytes, head);
            if (!line)
                return client::refuse(
                    fmt::format("The trail of {} is broken after line {}: run baken admin check.",
                                options.desk, head.regel));
            head = protocol::head_of(line->regel, bytes);
            if (!is_destruction(*line) || (from && line->dag < *from) || (to && *to < line->dag)) continue;
            destroyed one{
                line->regel, line->dag.text(),    line->object.substr(0, line->object.find(' ')), {}, {},
                {},          line->signature_base};
            judge(*line, one);
            all.push_back(std::move(one));
        }
    }
    if (head.regel == 0)
        return client::refuse("This store has no audit trail of desk '" + options.desk + "'.");
    if (options.json) {
        write_json(all, options, head, out);
        return {};
    }
    if (!all.empty()) out << "Verklaring van vernietiging · loket " << options.desk << "\n\n";
    for (const auto& one : all) write(one, options.full, out);
    out << fmt::format("{}{} vernietigd; logboek van {} regels, hash {}\n", all.empty() ? "" : "\n",
                       all.size(), head.regel, head.hash);
    return {};
}

}  // namespace admin
