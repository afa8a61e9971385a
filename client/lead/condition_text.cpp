// A condition for people, and for machines.
#include <algorithm>

#include <fmt/format.h>

#include "client/lead/condition.hpp"
#include "client/lead/fingerprints.hpp"
#include "client/print.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {
namespace {

namespace json = protocol::json;

std::string until(protocol::day tot, protocol::day today) {
    if (tot < today) return fmt::format("ran out on {}", tot.text());
    return fmt::format("until {} ({} days)", tot.text(), tot - today);
}

std::string keys_line(const condition& c) {
    if (c.weeks == 0) return "none for this week";
    auto this_week = protocol::epoch::of(c.today);
    return fmt::format("{} weeks, {} to {}; first without: {}; this week's: {}", c.weeks, this_week.text(),
                       c.first_missing.next(-1).text(), c.first_missing.text(), c.this_mark);
}

std::string people_lines(const condition& c) {
    auto out = fmt::format("Members    {}, of whom {} leads (the directory names {})\n", c.people.size(),
                           c.leads_enrolled, c.leads_named);
    for (const auto& one : c.people) {
        const auto& m = one.membership;
        out += fmt::format("  {:<10}  {}{}{}  {}{}\n", m.rol, m.lid.text(), one.name.empty() ? "" : "  ",
                           escaped_line(one.name), until(m.tot, c.today),
                           one.myself     ? "  you"
                           : one.compared ? "  compared here"
                                          : "  never compared here");
        out += fmt::format("              fingerprint {}\n", spoken(one.fingerprints));
    }
    return out;
}

std::string weeks_line(const condition& c, access how, std::string_view label, std::string_view why) {
    std::vector<protocol::epoch> weeks;
    // Of weeks to come, keys that were replaced are never sealed to: they would only be counted twice.
    for (const auto& one : c.epochs)
        if (one.how == how && (one.listed || how != access::later)) weeks.push_back(one.epoch);
    if (weeks.empty()) return how == access::opens ? fmt::format("{}  no key\n", label) : std::string();
    return fmt::format("{}  {} keys: {}{}\n", label, weeks.size(), told_weeks(weeks), why);
}

std::string_view code_of(access how) {
    switch (how) {
        case access::opens:
            return "opent";
        case access::later:
            return "nog-niet";
        case access::no_wrap:
            return "ontbreekt";
        case access::misfit:
            return "misplaatst";
    }
    return "";
}

json::object stand_json(const condition& c) {
    json::object out;
    out["versie"] = c.stand_versie;
    out["tot"] = c.stand_tot->text();
    out["dagen"] = *c.stand_tot - c.today;
    return out;
}

json::object keys_json(const condition& c) {
    json::object out;
    out["weken"] = c.weeks;
    out["eersteZonder"] = c.first_missing.text();
    out["deze"] = nullptr;
    if (!c.this_mark.empty()) out["deze"] = c.this_mark;
    return out;
}

json::array people_json(const condition& c) {
    json::array out;
    for (const auto& one : c.people) {
        const auto& m = one.membership;
        json::array fingerprints;
        for (const auto& digits : one.fingerprints) fingerprints.push_back(json::string(digits));
        out.push_back(json::object{{"lid", m.lid.text()},
                                   {"naam", one.name},
                                   {"rol", m.rol},
                                   {"tot", m.tot.text()},
                                   {"dagen", m.tot - c.today},
                                   {"vingerafdrukken", std::move(fingerprints)},
                                   {"vergeleken", one.compared},
                                   {"zelf", one.myself}});
    }
    return out;
}

}  // namespace

std::string condition_text(const condition& c) {
    auto out = fmt::format(
        "Desk {}, {}; you are {} {}{}\n", c.desk, c.today.text(), c.rol, c.lid.text(),
        c.rol == "beheerder" && !c.named_lead ? ", whose lead key the directory does not name" : "");
    out += fmt::format("Directory  number {}, {}\n", c.gids_versie, until(c.gids_tot, c.today));
    out += c.stand_tot
               ? fmt::format("Standing   number {}, {}\n", c.stand_versie, until(*c.stand_tot, c.today))
               : std::string("Standing   none\n");
    if (c.member) {
        out += fmt::format("Keys       {}\n", keys_line(c));
        out += people_lines(c);
        out += weeks_line(c, access::opens, "You open  ", "");
        out += weeks_line(c, access::later, "Not yet   ", " (handed out from the day before each week)");
        out += weeks_line(c, access::no_wrap, "Not       ", " (not wrapped for you)");
        out += weeks_line(c, access::misfit, "Never     ", " (the wrap does not fit the signed key)");
    }
    for (const auto& one : c.warnings) out += fmt::format("Warning: {}\n", escaped_line(one.sentence));
    return out;
}

std::string condition_json(const condition& c) {
    json::object out;
    out["loket"] = c.desk;
    out["dag"] = c.today.text();
    out["lid"] = c.lid.text();
    out["rol"] = c.rol;
    out["inKracht"] = c.member;
    out["gids"] =
        json::object{{"versie", c.gids_versie}, {"tot", c.gids_tot.text()}, {"dagen", c.gids_tot - c.today}};
    out["stand"] = nullptr;
    if (c.stand_tot) out["stand"] = stand_json(c);
    out["sleutels"] = nullptr;
    if (c.member) out["sleutels"] = keys_json(c);
    out["beheerders"] = json::object{{"gids", c.leads_named}, {"leden", c.leads_enrolled}};
    out["leden"] = people_json(c);
    json::array epochs, warnings;
    for (const auto& one : c.epochs)
        epochs.push_back(json::object{{"epoch", one.epoch.text()},
                                      {"merk", one.mark},
                                      {"inStand", one.listed},
                                      {"staat", json::string_view(code_of(one.how))}});
    for (const auto& one : c.warnings)
        warnings.push_back(json::object{{"code", one.code}, {"zin", one.sentence}});
    out["tijdvakken"] = std::move(epochs);
    out["waarschuwingen"] = std::move(warnings);
    return protocol::to_text(out) + "\n";
}

}  // namespace desk
