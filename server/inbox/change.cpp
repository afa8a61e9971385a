#include "server/inbox/change.hpp"

#include <algorithm>

#include "server/trust/judge_key.hpp"

namespace inbox {
namespace {

namespace json = protocol::json;
using protocol::faults;
using protocol::reading;
using protocol::unknown;

constexpr std::size_t most_recipients = 4;
constexpr std::size_t most_envelopes = 2000;
constexpr int longest_hold = 3653;  // days, ten years
constexpr std::string_view ordered = "wordt-vernietigd";

bool stood_before(const std::vector<protocol::recipient>& all, const protocol::recipient& one) {
    return !one.voor.empty() && std::ranges::any_of(all, [&](const auto& of) { return of.voor == one.voor; });
}

std::vector<change::anew> read_anew(reading& from, faults& found) {
    std::vector<change::anew> out;
    from.each("herzegeld", most_envelopes, [&](const json::value& value, std::string at) {
        const auto* object = value.if_object();
        if (!object)
            return found.push_back(
                {std::move(at), "type", "An envelope that is sealed again must be an object."});
        reading r(*object, at, found, unknown::refuse);
        change::anew one;
        one.envelope = r.id("id");
        r.each("ontvangers", most_recipients, [&](const json::value& of, std::string place) {
            const auto* to = of.if_object();
            if (!to) return found.push_back({std::move(place), "type", "A recipient must be an object."});
            auto read = protocol::read_recipient(*to, place, found, unknown::refuse);
            if (read.voor.starts_with("postbus:"))
                found.push_back(
                    {place + "/voor", "loket", "A key is sealed again for desks, not for a mailbox."});
            if (stood_before(one.recipients, read))
                found.push_back({place + "/voor", "dubbel", "This recipient is here twice."});
            one.recipients.push_back(std::move(read));
        });
        r.finish();
        if (std::ranges::any_of(out, [&](const auto& other) { return other.envelope == one.envelope; }))
            found.push_back({at + "/id", "dubbel", "This envelope is here twice."});
        out.push_back(std::move(one));
    });
    return out;
}

void read_hold(reading& r, change& out, const keeping_reasons& is_reason, protocol::day today,
               faults& found) {
    out.keep.emplace();
    const auto* object = r.object_or_null("bewaren");
    if (!object) return;  // null: no longer; anything else is a fault already
    reading inner(*object, "/bewaren", found, unknown::refuse);
    auto& hold = out.keep->emplace();
    const auto before = found.size();
    hold.tot = inner.date("tot");
    if (found.size() == before && (hold.tot <= today || today + longest_hold < hold.tot))
        inner.add("tot", "waarde", "Keep it until a day from tomorrow to ten years from now.");
    hold.reden = inner.text("reden", 64);
    if (!hold.reden.empty() && !is_reason(hold.reden))
        inner.add("reden", "onbekende-code", "There is no such reason to keep a report.");
    hold.sealed = read_anew(inner, found);
    inner.finish();
}

void read_assignee(reading& r, change& out) {
    out.assignee.emplace();
    const auto lid = r.text_or_null("toegewezen", 64);
    if (!lid) return;
    if (const auto id = crypto::uuid::parse(*lid))
        *out.assignee = *id;
    else
        r.add("toegewezen", "formaat", "A member is named by a random UUIDv4 in lower case.");
}

// One of the report's recipients, sealed anew to a key that is open today.
void judge_recipient(const protocol::recipient& to, const std::string& place, const moment& at,
                     faults& found) {
    const auto had = std::ranges::find(at.report.recipients, to.desk(), &store::recipient_row::desk);
    if (had == at.report.recipients.end())
        return found.push_back({place + "/voor", "loket", "This desk is not a recipient of the report."});
    if (had->role != to.rol)
        found.push_back({place + "/rol", "waarde", "Sealing again does not change the role of a desk."});
    trust::judge_key(to, to.desk(), place, at.now, at.today, found);
}

void judge_anew(const std::vector<change::anew>& all, const std::string& where, const moment& at,
                faults& found) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto place = where + "/" + std::to_string(i);
        if (all[i].envelope != at.report.listed.id) {
            found.push_back({place + "/id", "waarde", "This envelope is not one of the report."});
            continue;
        }
        for (std::size_t j = 0; j < all[i].recipients.size(); ++j)
            judge_recipient(all[i].recipients[j], place + "/ontvangers/" + std::to_string(j), at, found);
    }
}

// Keeping one report must not keep the keys of its week alive (protocol §1).
void judge_left_behind(const change::hold& hold, const moment& at, faults& found) {
    for (const auto& had : at.report.recipients) {
        const auto week = protocol::epoch::parse(had.epoch);
        const bool open =
            week &&
            at.now.directory.accepted_key(had.desk, *week, at.today, at.now.table.standaard()).has_value();
        const bool has_key = at.now.directory.usable_key(had.desk, at.today, at.now.table.standaard());
        const bool anew = std::ranges::any_of(hold.sealed, [&](const auto& one) {
            return one.envelope == at.report.listed.id &&
                   std::ranges::any_of(one.recipients, [&](const auto& to) { return to.desk() == had.desk; });
        });
        if (!open && has_key && !anew)
            found.push_back({"/bewaren/herzegeld", "tijdvak",
                             "To be kept, a report must be sealed anew for each of its desks whose key is of "
                             "a week before."});
    }
}

void add_rows(const std::vector<change::anew>& all, store::report_change& out) {
    for (const auto& one : all)
        for (const auto& to : one.recipients)
            out.sealed_anew.push_back(
                {std::string(to.desk()), to.rol, to.epoch->text(), to.sleutel, to.sealed_key});
}

}  // namespace

change read_change(const json::object& object, const keeping_reasons& is_reason, protocol::day today,
                   faults& found) {
    reading r(object, "", found, unknown::refuse);
    change out;
    if (r.has("status")) out.status = r.one_of("status", {"in-behandeling", "wacht-op-melder", "afgesloten"});
    if (r.has("toegewezen")) read_assignee(r, out);
    if (r.has("bewaren")) read_hold(r, out, is_reason, today, found);
    if (r.has("vernietiging")) {
        out.undo = true;
        if (r.object_or_null("vernietiging"))
            r.add("vernietiging", "waarde", "This can only be null, which takes an order back.");
    }
    if (r.has("herzegeld")) out.sealed = read_anew(r, found);
    r.finish();
    if (found.empty() && !out.of_first() && !out.sealed)
        found.push_back({"", "vereist",
                         "Say what is to change: status, toegewezen, bewaren, vernietiging or herzegeld."});
    return out;
}

void judge(const change& change, std::string_view desk, const moment& at, faults& found) {
    if (change.assignee && *change.assignee) {
        const auto* member = at.now.directory.member(desk, **change.assignee, at.today);
        if (!member || !member->reads())
            found.push_back({"/toegewezen", "waarde",
                             "This person is not a member who reads reports at the desk today; a regisseur "
                             "does not read them."});
    }
    if (change.keep && *change.keep) {
        judge_anew((*change.keep)->sealed, "/bewaren/herzegeld", at, found);
        judge_left_behind(**change.keep, at, found);
    }
    if (change.sealed) judge_anew(*change.sealed, "/herzegeld", at, found);
}

std::string_view conflict(const change& change, const store::stored_report& report) {
    const auto& status = report.listed.status;
    if (status == ordered &&
        (!change.undo || change.status || change.assignee || change.keep || change.sealed))
        return "This report is ordered to be destroyed: take that back first, with vernietiging null alone.";
    if (status != ordered && change.undo) return "There is no order to destroy this report.";
    if (change.status && (status == "ingetrokken" || status == "overgedragen"))
        return "This report was handed over or withdrawn: its status does not change any more.";
    if (change.status == "wacht-op-melder" && !report.mailbox)
        return "This report has no mailbox, so nobody can answer: do not wait for anybody.";
    return {};
}

store::report_change row_of(const change& change, std::string_view desk, const moment& at) {
    store::report_change out;
    out.id = at.report.listed.id;
    out.desk = desk;
    out.revision = at.report.listed.revision;
    out.today = at.today.number;
    out.status = change.status;
    out.undo = change.undo;
    out.only_sealed = !change.of_first();
    if (change.assignee) {
        out.assignee.emplace();
        if (*change.assignee) *out.assignee = (*change.assignee)->text();
    }
    if (change.keep) {
        out.hold.emplace();
        if (const auto& hold = *change.keep) {
            *out.hold = store::hold{hold->tot.number, hold->reden};
            add_rows(hold->sealed, out);
        }
    }
    if (change.sealed) add_rows(*change.sealed, out);
    return out;
}

std::string told(const change& change) {
    std::string out;
    const auto say = [&](const std::string& words) { out += " " + words; };
    if (change.status) say("status=" + *change.status);
    if (change.assignee) say("toegewezen=" + (*change.assignee ? (*change.assignee)->text() : "-"));
    if (change.keep)
        say(*change.keep ? "bewaren=" + (*change.keep)->reden + " tot=" + (*change.keep)->tot.text()
                         : "bewaren=-");
    if (change.sealed) say("herzegeld");
    return out;
}

}  // namespace inbox
