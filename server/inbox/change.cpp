#include "server/inbox/change.hpp"

#include <algorithm>

#include "server/trust/judge_key.hpp"

namespace inbox {
namespace {

namespace json = protocol::json;
using protocol::faults;
using protocol::reading;
using protocol::unknown;

constexpr std::size_t most_recipients = 4, most_labels = 20;
constexpr int longest_hold = 3653;  // days, ten years

void read_hold(reading& r, change& out, faults& found) {
    out.keep.emplace();
    const auto* object = r.object_or_null("bewaren");
    if (!object) return;  // null: no longer; anything else is a fault already
    reading inner(*object, "/bewaren", found, unknown::refuse);
    auto& hold = out.keep->emplace();
    hold.tot = inner.date("tot");
    hold.reden = inner.text("reden", 64);
    inner.each("ontvangers", most_recipients, [&](const json::value& value, std::string at) {
        const auto* one = value.if_object();
        if (!one) return found.push_back({std::move(at), "type", "A recipient must be an object."});
        auto to = protocol::read_recipient(*one, at, found, unknown::refuse);
        if (to.voor.starts_with("postbus:"))
            found.push_back({at + "/voor", "loket", "A report goes to desks, not to a mailbox."});
        hold.ontvangers.push_back(std::move(to));
    });
    inner.finish();
}

// Status is a desk's own; who hands over or withdraws says so elsewhere.
bool is_ended_elsewhere(std::string_view status) {
    return status == "overgedragen" || status == "ingetrokken";
}

void judge_status(const change& change, const moment& at, faults& found) {
    if (change.status && is_ended_elsewhere(at.report.listed.status))
        found.push_back({"/status", "waarde",
                         "This report was handed over or withdrawn; its status does not change any more."});
}

// One of the report's recipients, sealed anew to a key that is open today.
void judge_recipient(const protocol::recipient& to, const std::string& place, const moment& at,
                     faults& found) {
    const auto had = std::ranges::find(at.report.recipients, to.desk(), &store::recipient_row::desk);
    if (had == at.report.recipients.end())
        return found.push_back({place + "/voor", "loket", "This desk is no recipient of the report."});
    if (had->role != to.rol)
        found.push_back({place + "/rol", "waarde", "Sealing anew does not change the role of a desk."});
    trust::judge_key(to, to.desk(), place, at.now, at.today, found);
}

// Keeping one report must not keep the keys of its week alive (protocol §1).
void judge_left_behind(const change::hold& hold, const moment& at, faults& found) {
    for (const auto& had : at.report.recipients) {
        const auto week = protocol::epoch::parse(had.epoch);
        const bool open =
            week &&
            at.now.directory.accepted_key(had.desk, *week, at.today, at.now.table.standaard()).has_value();
        const bool has_key = at.now.directory.usable_key(had.desk, at.today, at.now.table.standaard());
        const bool anew =
            std::ranges::any_of(hold.ontvangers, [&](const auto& to) { return to.desk() == had.desk; });
        if (!open && has_key && !anew)
            found.push_back({"/bewaren/ontvangers", "tijdvak",
                             "To be kept, a report must be sealed anew for each of its desks whose key is of "
                             "a week before."});
    }
}

void judge_hold(const change::hold& hold, const moment& at, faults& found) {
    if (hold.tot <= at.today || at.today + longest_hold < hold.tot)
        found.push_back(
            {"/bewaren/tot", "waarde", "Keep it until a day from tomorrow to ten years from now."});
    if (!hold.reden.empty() && !at.codes.is_reason(hold.reden, "bewaren"))
        found.push_back({"/bewaren/reden", "onbekende-code", "There is no such reason to keep a report."});
    for (std::size_t i = 0; i < hold.ontvangers.size(); ++i) {
        const auto place = "/bewaren/ontvangers/" + std::to_string(i);
        const auto& to = hold.ontvangers[i];
        if (to.desk().empty()) continue;  // said already
        judge_recipient(to, place, at, found);
        for (std::size_t j = 0; j < i; ++j)
            if (hold.ontvangers[j].voor == to.voor)
                found.push_back({place + "/voor", "dubbel", "This recipient stands here twice."});
    }
    judge_left_behind(hold, at, found);
}

}  // namespace

change read_change(const json::object& object, faults& found) {
    reading r(object, "", found, unknown::refuse);
    change out;
    if (r.has("status"))
        out.status = r.one_of("status", {"nieuw", "in-behandeling", "wacht-op-melder", "afgesloten"});
    if (r.has("toegewezen")) {
        out.assignee.emplace();
        if (const auto lid = r.text_or_null("toegewezen", 64)) {
            if (const auto id = crypto::uuid::parse(*lid))
                *out.assignee = *id;
            else
                r.add("toegewezen", "formaat", "A member is named by a random UUIDv4 in lower case.");
        }
    }
    if (r.has("labels")) out.labels = r.texts("labels", most_labels, 64);
    if (r.has("bewaren")) read_hold(r, out, found);
    r.finish();
    if (found.empty() && !out.status && !out.assignee && !out.labels && !out.keep)
        found.push_back({"", "vereist", "Say what is to change: status, toegewezen, labels or bewaren."});
    return out;
}

void judge(const change& change, std::string_view desk, const moment& at, faults& found) {
    judge_status(change, at, found);
    if (change.assignee && *change.assignee && !at.now.directory.member(desk, **change.assignee, at.today))
        found.push_back({"/toegewezen", "waarde", "This is no member of the desk today."});
    for (std::size_t i = 0; change.labels && i < change.labels->size(); ++i) {
        const auto& label = (*change.labels)[i];
        const auto place = "/labels/" + std::to_string(i);
        if (!at.codes.is_label(label))
            found.push_back({place, "onbekende-code", "There is no such label."});
        else if (std::ranges::find(*change.labels, label) - change.labels->begin() !=
                 static_cast<std::ptrdiff_t>(i))
            found.push_back({place, "dubbel", "This label stands here twice."});
    }
    if (change.keep && *change.keep) judge_hold(**change.keep, at, found);
}

store::report_change row_of(const change& change, std::string_view desk, const moment& at) {
    store::report_change out;
    out.id = at.report.listed.id;
    out.desk = desk;
    out.revision = at.report.listed.revision;
    out.today = at.today.number;
    out.status = change.status;
    if (change.assignee) {
        out.assignee.emplace();
        if (*change.assignee) *out.assignee = (*change.assignee)->text();
    }
    if (change.labels) {
        json::array labels;
        for (const auto& one : *change.labels) labels.push_back(json::string(one));
        out.labels = protocol::to_text(labels);
    }
    if (change.keep) {
        out.hold.emplace();
        if (const auto& hold = *change.keep) {
            *out.hold = store::hold{hold->tot.number, hold->reden};
            for (const auto& to : hold->ontvangers)
                out.sealed_anew.push_back(
                    {std::string(to.desk()), to.rol, to.epoch->text(), to.sleutel, to.sealed_key});
        }
    }
    return out;
}

std::string told(const change& change) {
    std::string out;
    const auto say = [&](const std::string& words) { out += (out.empty() ? "" : " ") + words; };
    if (change.status) say("status=" + *change.status);
    if (change.assignee) say("toegewezen=" + (*change.assignee ? (*change.assignee)->text() : "-"));
    if (change.labels) say("labels");
    if (change.keep)
        say(*change.keep ? "bewaren=" + (*change.keep)->reden + " tot=" + (*change.keep)->tot.text()
                         : "bewaren=-");
    return out;
}

}  // namespace inbox
