#include "client/desk/report_text.hpp"

#include <algorithm>
#include <string.h>
#include <string_view>

#include <fmt/format.h>

#include "client/here/wrapped.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

struct labelled {
    std::string_view member, label;
};

constexpr labelled facts[] = {
    {"rol", "written by (rol)"},
    {"vormen", "form (vormen)"},
    {"minderjarig", "minor (minderjarig)"},
    {"gemeente", "municipality (gemeente)"},
    {"plaats", "place (plaats)"},
    {"plek", "kind of place (plek)"},
    {"politie", "police (politie)"},
    {"wensen", "wishes (wensen)"},
    {"taal", "language (taal)"},
};
constexpr labelled texts[] = {
    {"wat", "What (wat)"},         {"wie", "Who (wie)"}, {"waar", "Where (waar)"},
    {"wanneer", "When (wanneer)"}, {"online", "Online"}, {"voertuigen", "Vehicles (voertuigen)"},
};
constexpr std::string_view contact_members[] = {"naam", "telefoon", "email", "veilig"};
constexpr std::string_view professional_members[] = {"organisatie", "functie", "toestemming", "beroepsgeheim",
                                                     "grondslag"};
constexpr std::string_view file_members[] = {"index", "naam", "mediaType", "grootte"};

std::string_view code_of(protocol::alarm alarm) {
    switch (alarm) {
        case protocol::alarm::urgency_differs:
            return "spoed-anders";
        case protocol::alarm::recipients_differ:
            return "ontvangers-anders";
        case protocol::alarm::unknown_directory:
            return "gids-onbekend";
    }
    return "onbekend";
}

// A text that grows in ordinary memory and is wiped when it goes; a buffer that must move is wiped first.
class wiped_text {
  public:
    explicit wiped_text(std::size_t columns = 80) : columns_(columns) { text_.reserve(65536); }
    wiped_text(const wiped_text&) = delete;
    wiped_text& operator=(const wiped_text&) = delete;
    ~wiped_text() { wipe(text_); }

    void add(std::string_view part) {
        if (text_.size() + part.size() > text_.capacity()) {
            std::string larger;
            larger.reserve(2 * (text_.size() + part.size()));
            larger = text_;
            text_.swap(larger);
            wipe(larger);
        }
        text_.append(part);
    }
    void add_wiping(std::string part) {
        add(part);
        wipe(part);
    }
    // Cut to fit, each piece behind our prefix, so that none can pass for a line of ours.
    void add_behind(std::string_view text) {
        constexpr std::string_view prefix = "    | ";
        add_wiping(client::wrapped(text, prefix, prefix, columns_));
    }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] crypto::plain finish() const { return crypto::plain::copy_of(text_); }

  private:
    static void wipe(std::string& text) { ::explicit_bzero(text.data(), text.size()); }
    std::string text_;
    std::size_t columns_;
};

// A value on one line: a text, a number, a boolean, or a list of them. Empty where there is nothing to show.
std::string one_line(const json::value* value) {
    if (!value || value->is_null()) return {};
    if (const auto* text = value->if_string()) return escaped_line({text->data(), text->size()});
    if (const auto* list = value->if_array()) {
        std::string out;
        for (const auto& one : *list) {
            if (!out.empty()) out += ", ";
            out += one_line(&one);
        }
        return out;
    }
    if (value->is_bool()) return value->as_bool() ? "ja" : "nee";
    return escaped_line(protocol::to_text(*value));
}

// Beside its label; below it where it would not fit.
void add_fact(wiped_text& out, std::string_view label, const std::string& value) {
    if (value.empty()) return;
    auto line = fmt::format("  {:<26} {}", label, value);
    if (client::columns_of(line) <= out.columns()) {
        out.add_wiping(std::move(line));
        out.add("\n");
        return;
    }
    ::explicit_bzero(line.data(), line.size());
    out.add(fmt::format("  {}\n", label));
    out.add_behind(value);
}

void add_text(wiped_text& out, std::string_view label, const json::value* value) {
    const auto* text = value ? value->if_string() : nullptr;
    if (!text || text->empty()) return;
    out.add(fmt::format("\n{}\n", label));
    out.add_behind({text->data(), text->size()});
}

void add_object(wiped_text& out, std::string_view label, const json::value* value,
                std::span<const std::string_view> members) {
    const auto* object = value ? value->if_object() : nullptr;
    if (!object) return;
    bool anything =
        std::ranges::any_of(members, [&](auto name) { return !one_line(object->if_contains(name)).empty(); });
    if (!anything) return;
    out.add(fmt::format("\n{}\n", label));
    for (auto member : members) add_fact(out, member, one_line(object->if_contains(member)));
}

void add_files(wiped_text& out, const json::value* value) {
    const auto* list = value ? value->if_array() : nullptr;
    if (!list) return;
    for (const auto& file : *list)
        add_object(out, "Attachment (bijlage); treat it as hostile", &file, file_members);
}

}  // namespace

std::string alarms_text(std::span<const protocol::alarm> alarms, std::span<const std::string> spoiled) {
    std::string out;
    for (auto alarm : alarms) out += fmt::format("!!! ALARM: {}\n", protocol::text(alarm));
    for (const auto& epoch : spoiled)
        out += fmt::format("!!! ALARM: week {}: {}\n", epoch, protocol::text(protocol::errc::wrong_secret));
    if (!out.empty()) out += "\n";
    return out;
}

crypto::plain report_text(const report_item& item, const protocol::report& report, std::size_t columns) {
    const auto& m = report.members();
    wiped_text out(columns);
    out.add(fmt::format("Report {}{}\n", item.row.id, report.spoed() ? "   URGENT (spoed)" : ""));
    add_fact(out, "received (ontvangen)", item.row.ontvangen);
    add_fact(out, "answer by (termijn)", item.row.termijn);
    add_fact(out, "state (status)", escaped_line(item.row.status));
    add_fact(out, "opened before (geopend)", item.row.geopend ? "yes, by somebody of its first desk" : "no");
    add_fact(out, "its end (bewaren, einde)", end_text(item.row));
    add_fact(out, "your desk's role (rol)", escaped_line(item.row.rol));
    for (const auto& [desk, rol] : report.ontvangers())
        add_fact(out, "sealed to (ontvangers)",
                 fmt::format("{} ({})", escaped_line(desk), escaped_line(rol)));
    add_fact(out, "mailbox (postbus)", item.received.mailbox ? "yes, the reporter can come back" : "no");
    add_fact(out, "thread",
             fmt::format("{} messages, {} notes, {} files", item.messages, item.notes, item.files));
    out.add("\nWhat the reporter says\n");
    for (auto [member, label] : facts) add_fact(out, label, one_line(m.if_contains(member)));
    for (auto [member, label] : texts) add_text(out, label, m.if_contains(member));
    add_object(out, "Contact", m.if_contains("contact"), contact_members);
    add_object(out, "Professional", m.if_contains("professional"), professional_members);
    add_files(out, m.if_contains("bijlagen"));
    return out.finish();
}

crypto::plain report_json(const report_item& item, const protocol::report& report,
                          std::span<const protocol::alarm> alarms) {
    json::object out(protocol::wiping_storage());
    out["melding"] = report.members();
    json::array codes;
    for (auto alarm : alarms) codes.push_back(json::string(code_of(alarm)));
    out["alarmen"] = std::move(codes);
    out["status"] = item.row.status;
    out["rol"] = item.row.rol;
    out["ontvangen"] = item.row.ontvangen;
    out["revisie"] = item.row.revisie;
    const auto or_null = [](const std::string& text) {
        return text.empty() ? json::value(nullptr) : json::value(json::string(text));
    };
    out["geopend"] = item.row.geopend;
    out["termijn"] = or_null(item.row.termijn);
    out["einde"] = or_null(item.row.einde);
    out["bewaren"] = nullptr;
    if (!item.row.kept_until.empty())
        out["bewaren"] = json::object{{"tot", item.row.kept_until}, {"reden", item.row.kept}};
    out["nietTeOpenen"] = item.row.unopenable;
    out["berichten"] = item.messages;
    out["notities"] = item.notes;
    auto text = protocol::to_plain(out);
    wiped_text shown;
    shown.add_wiping(escaped(text.text()));
    shown.add("\n");
    return shown.finish();
}

}  // namespace desk
