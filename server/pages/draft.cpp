#include "server/pages/draft.hpp"

#include <array>

#include "base/text/signs.hpp"
#include "crypto/protocol/json.hpp"

namespace pages {
namespace {

namespace json = protocol::json;

// What a desk reads in `online` and `functie` where a choice says it and no words do; desks read Dutch.
constexpr std::string_view only_online = "Alleen online.";
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> professions = {{
    {"zorg", "zorg of opvang"},
    {"onderwijs", "onderwijs"},
    {"gemeente", "gemeente"},
    {"inspectie", "inspectie of toezicht"},
    {"politie", "politie of marechaussee"},
    {"horeca", "hotel of horeca"},
    {"jeugd", "jeugdhulp of jongerenwerk"},
    {"anders", "ander beroep"},
}};

json::array codes(const answers& given, std::string_view name) {
    json::array out(protocol::wiping_storage());
    for (const auto& one : report_questions().find(name)->choices)
        if (given.chose(name, one.code)) out.push_back(json::string(one.code));
    return out;
}

void put_text(json::object& out, const answers& given, std::string_view name) {
    out[name] = given.text(name);
}

void put_contact(json::object& out, const answers& given) {
    constexpr std::array<std::string_view, 4> names = {"naam", "telefoon", "email", "veilig"};
    bool any = false;
    json::object contact(protocol::wiping_storage());
    for (auto name : names) {
        put_text(contact, given, name);
        any = any || !base::blank(given.text(name));
    }
    if (any) out["contact"] = std::move(contact);
}

void put_professional(json::object& out, const answers& given) {
    if (given.text("rol") != "professional") return;
    json::object work(protocol::wiping_storage());
    put_text(work, given, "organisatie");
    for (const auto& [code, dutch] : professions)
        if (given.text("functie") == code) work["functie"] = dutch;
    if (auto consent = given.text("toestemming"); !consent.empty()) work["toestemming"] = consent;
    // Left open, or not known, is null: who did not say no is not made to have said it.
    const auto secrecy = given.text("beroepsgeheim");
    if (secrecy == "ja" || secrecy == "nee") work["beroepsgeheim"] = secrecy == "ja";
    if (auto ground = given.text("grondslag"); !ground.empty()) work["grondslag"] = ground;
    out["professional"] = std::move(work);
}

void put_place(json::object& out, const answers& given, const place& where) {
    if (where.found) out["gemeente"] = where.found->code;
    put_text(out, given, "plaats");
    const auto spot = spot_in(given, where);
    if (spot == "luchthaven" || spot == "haven" || spot == "grens" || spot == "anders") out["plek"] = spot;
    put_text(out, given, "online");
    if (spot != "online") return;
    if (base::blank(given.text("online")))
        out["online"] = only_online;
    else
        out["online"].as_string().insert(0, std::string(only_online) + "\n");
}

}  // namespace

std::expected<protocol::report, protocol::faults> draft(const answers& answers, const place& where,
                                                        std::string_view language) {
    json::object out(protocol::wiping_storage());
    out["taal"] = language;
    out["rol"] = answers.text("rol");
    out["minderjarig"] = answers.text("minderjarig");
    out["vormen"] = codes(answers, "vorm");
    out["spoed"] = answers.chose("spoed", "ja");
    put_place(out, answers, where);
    for (std::string_view name : {"wat", "wie", "waar", "wanneer", "voertuigen"})
        put_text(out, answers, name);
    put_contact(out, answers);
    put_professional(out, answers);
    if (auto police = answers.text("politie"); !police.empty()) out["politie"] = police;
    out["wensen"] = codes(answers, "wens");
    return protocol::report::draft(out);
}

}  // namespace pages
