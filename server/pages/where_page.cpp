// Where do I report: five questions, and the list that they lead to.
#include <algorithm>

#include "crypto/protocol/codes.hpp"
#include "server/intake/route.hpp"
#include "server/pages/desks.hpp"
#include "server/pages/guide_pages.hpp"
#include "server/pages/guide_questions.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase not_found{"fault",
                           "We do not know this place. Correct it, or choose that you do not know: then you "
                           "get the desk for the whole country."};

guide::situation situation_of(const answers& given, const place& place) {
    guide::situation out;
    out.rol = given.text("ik-ben");
    out.vorm = given.text("zie");
    out.minderjarig = given.text("minderjarig");
    out.acuut = given.text("acuut") == "ja";
    out.gemeente = place.found;
    out.plek = spot_in(given, place);
    return out;
}

// The form of a report with what was answered here, by the names that it has there.
void put_filled(screen& screen, const guide::situation& of, const answers& given) {
    auto& view = screen.view.list("ingevuld");
    const auto put = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) view.item("ingevuld").text("naam", name).text("waarde", value);
    };
    const auto rol = protocol::codes::report_role(of.rol);
    put("rol", rol);
    if (rol == "professional") put("functie", of.rol);
    put("minderjarig", of.minderjarig);
    put("vorm", of.vorm);
    if (of.acuut) put("spoed", "ja");
    put("plek", of.plek);
    put("plaats", given.text("plaats"));
    put(which_place, given.text(which_place));
    put(place_chosen_for, given.text("plaats"));
}

void put_steps(screen& screen, const guide::decision_table::chosen& steps, const guide::situation& of,
               std::string_view desk, protocol::day today) {
    screen.view.list("stappen");
    for (const auto* step : steps) {
        auto& item = screen.view.item("stappen").text("waarom", screen.say(step->waarom));
        static const guide::organisation nobody;
        put_contact(screen, item, step->wie ? *step->wie : nobody);
        // To others the police are no surprise.
        put_kind(screen, item, step->wie ? *step->wie : nobody);
        if (of.rol != "slachtoffer") item.flag("opsporing", false);
        if (step->loket) item.text("wie", desk);
        // 112 is called by its number: said twice, it only reads worse.
        if (step->wie && step->wie->naam == step->wie->telefoon) item.text("wie", "");
        item.flag("met-wie", step->wie || (step->loket && !desk.empty())).flag("melden", step->loket);
        put_source(screen, item, step->wie ? step->wie->bron : step->bron);
        put_law(screen, item, "recht", step->recht, today);
    }
}

// What the law says to this profession and was not said with a step already.
std::vector<const guide::law_sentence*> law_left(const guide::profession& profession,
                                                 const guide::decision_table::chosen& steps) {
    auto out = profession.recht;
    std::erase_if(out, [&](const auto* sentence) {
        return std::ranges::any_of(steps, [&](const guide::step* step) {
            return std::ranges::find(step->recht, sentence) != step->recht.end();
        });
    });
    return out;
}

void put_profession(screen& screen, const guide::handbook& handbook, const guide::situation& of,
                    const guide::decision_table::chosen& steps, protocol::day today) {
    auto& view = screen.view;
    const auto* profession = guide::find(handbook.beroepen, of.rol);
    const guide::profession none;
    const auto& mine = profession ? *profession : none;
    view.flag("met-beroep", put_law(screen, view, "wet", law_left(mine, steps), today));
    view.list("weging").list("overleg");
    bool weighs = false;
    for (const auto& one : mine.weeg) {
        if (!guide::may_be_shown(one.bron, false, today)) continue;
        put_sourced(screen, view.item("weging"), one.tekst, one.bron);
        weighs = true;
    }
    for (const auto* who : mine.overleg)
        if (who->reachable(today) && who->is_for(of.vorm)) put_contact(screen, view.item("overleg"), *who);
    view.flag("met-weging", weighs);
    view.list("taken");
    // For whose work it is; to others it would only be long.
    const bool officer = of.rol == "politie" || of.rol == "inspectie";
    bool any = false;
    for (const auto& task : handbook.taken.all) {
        if (!officer || !task.stands(today) || !task.fits(of.vorm, of.minderjarig)) continue;
        put_sourced(screen, view.item("taken"), task.tekst, task.bron);
        any = true;
    }
    view.flag("met-taken", any);
}

// Who would read a report, and as what. When somebody is there, and when an answer comes, says the form: here
// nothing was reported.
void put_readers(screen& screen, const readers& readers, const protocol::gids& gids) {
    for (const auto& [id, rol] : readers) {
        auto& item = screen.view.item("loketten").text("naam", name_of(gids, id));
        item.text("aard", screen.say(kind_of_desk(gids, id)));
        for (const std::string_view one : {"eerste", "mede", "achtervang"}) item.flag(one, rol == one);
    }
}

}  // namespace

http::response guide_pages::where_page(const answers& given, const frame& frame, const faults& found,
                                       const place& place, bool blank) const {
    screen screen(sheet::where, frame);
    screen.view.text("vervolg", "/wegwijzer").flag("blanco", blank).flag("vindbaar", blank);
    screen.view.text("adres", "wegwijzer").text("stap", "vragen").text("verder", "antwoord");
    screen.put_questions(page::begin, given, found, place);
    screen.put_hidden(given, page::begin);
    if (blank) return fixed_response(book_, sheet::where, screen);
    return guide_response(book_, sheet::where, screen, found.empty() ? 200 : 400);
}

http::response guide_pages::where(const http::form& form, const frame& frame, const moment& at) const {
    const answers given(form, where_questions());
    const auto place = place_in(given, at, true);
    if (form.value("stap") != "antwoord") return where_page(given, frame, {}, place, false);
    auto found = given.judge(page::begin);
    if (place.ask) found.push_back({which_place, why_asked(place, not_found)});
    if (!found.empty()) return where_page(given, frame, found, place, false);
    return advice(given, place, frame, at);
}

http::response guide_pages::advice(const answers& given, const place& place, const frame& frame,
                                   const moment& at) const {
    screen screen(sheet::advice, frame);
    auto& view = screen.view;
    view.text("adres", "wegwijzer").text("stap", "antwoord").text("verder", "vragen");
    const auto of = situation_of(given, place);
    readers readers;
    view.list("loketten").flag("kan-zonder-politie", false);
    view.flag("jij", of.rol == "slachtoffer" && of.minderjarig == "ja");
    std::string_view desk;
    if (at.trust) {
        auto decision = intake::route(of, *at.trust, at.today);
        readers = std::move(decision.ontvangers);
        const auto& gids = at.trust->directory.newest();
        put_readers(screen, readers, gids);
        desk = name_of(gids, readers.front().desk);
        // The table keeps the police out for a victim who says so, and for nobody else.
        const bool any =
            std::ranges::any_of(readers, [&](const auto& one) { return investigates(gids, one.desk); });
        view.flag("kan-zonder-politie", of.rol == "slachtoffer" && any);
    }
    const auto steps = at.handbook->wegwijzer.steps_for(of, at.today);
    put_steps(screen, steps, of, desk, at.today);
    put_profession(screen, *at.handbook, of, steps, at.today);
    view.flag("met-plaats", place.found != nullptr).flag("onbekend", place.open);
    view.text("plaats", place.found ? std::string_view(place.found->weergave) : "");
    put_filled(screen, of, given);
    screen.put_checked();
    screen.put_hidden(given, std::nullopt);
    return guide_response(book_, sheet::advice, screen, 200);
}

}  // namespace pages
