// Who helps: by place and by what fits whoever asks.
#include <algorithm>
#include <set>

#include "server/lang/names.hpp"
#include "server/pages/guide_pages.hpp"
#include "server/pages/guide_questions.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

bool chose_any(const answers& given) {
    return std::ranges::any_of(guide::help_for, [&](auto whom) { return given.chose("situatie", whom); });
}

// Who says one age is not shown what is for the other alone.
bool is_of_another_age(const guide::help& help, const answers& given) {
    const std::string_view adult = "volwassen", minor = "minderjarig";
    const bool grown = given.chose("situatie", adult);
    if (grown == given.chose("situatie", minor)) return false;
    return help.is_for(grown ? minor : adult) && !help.is_for(grown ? adult : minor);
}

// For any of these situations; with none chosen, for anybody.
bool fits(const guide::help& help, const answers& given) {
    if (is_of_another_age(help, given)) return false;
    return !chose_any(given) || std::ranges::any_of(guide::help_for, [&](auto whom) {
        return given.chose("situatie", whom) && help.is_for(whom);
    });
}

// region: the name of the one that was asked about. papers: null, or what it means for who has none.
void put_helper(screen& screen, const guide::help& help, std::string_view region,
                const guide::law_sentence* papers) {
    auto& item = screen.view.item("hulp").text("wat", screen.say(help.wat));
    item.flag("met-gebied", !help.regio.empty())
        .text("gebied", help.gebied.empty() ? region : std::string_view(help.gebied));
    put_contact(screen, item, help.wie);
    put_source(screen, item, help.wie.bron);
    item.flag("met-veilig", help.veilig.has_value())
        .text("veilig", help.veilig ? screen.say(*help.veilig) : html::spoken());
    item.flag("zonder-politie", help.zonder_politie.value_or(false));
    item.flag("anoniem", help.wie.anoniem.value_or(false));
    put_kind(screen, item, help.wie);
    item.flag("papieren", papers != nullptr).list("wet");
    if (papers) put_sourced(screen, item.item("wet"), papers->tekst, papers->bron);
    item.flag("met-talen", !help.talen.empty()).list("spreekt");
    for (const auto& code : help.talen)
        item.item("spreekt")
            .text("code", code)
            .text("naam", screen.keep(lang::name_in_itself(code)))
            .flag("meer", &code != &help.talen.back());
    item.flag("demonstratie", help.demonstratie);
}

}  // namespace

http::response guide_pages::help_page(const answers& given, const frame& frame, const moment& at,
                                      const faults& found, const place& place, bool blank) const {
    screen screen(sheet::help, frame);
    auto& view = screen.view;
    view.text("vervolg", "/hulp").flag("blanco", blank).flag("vindbaar", blank).text("adres", "hulp");
    view.text("stap", "antwoord").text("verder", "antwoord");
    screen.put_questions(page::begin, given, found, place);
    const bool searched = !blank && found.empty();
    view.flag("gezocht", searched).list("hulp").flag("met-regio", place.found != nullptr);
    const std::string_view region = place.found ? std::string_view(place.found->veiligheidsregio) : "";
    const auto named = std::ranges::find(at.gemeenten->regios(), region, &guide::atlas::regio::code);
    const bool known = named != at.gemeenten->regios().end();
    const auto name = known ? std::string_view(named->naam) : std::string_view();
    view.text("regio", name);
    bool local = false, all_known = true;
    // Who has papers need not read it; nobody reads it twice.
    const bool asks = !chose_any(given) || given.chose("situatie", "zonder-papieren");
    std::set<const guide::law_sentence*> told;
    for (const auto* one : guide::in_order(at.handbook->hulp)) {
        if (!searched || !one->is_in(region) || !fits(*one, given)) continue;
        if (!one->stands(at.today, at.handbook->demonstratie)) continue;
        const auto* papers =
            asks ? guide::without_papers(at.handbook->recht, one->wie.soort, at.today) : nullptr;
        put_helper(screen, *one, name, told.insert(papers).second ? papers : nullptr);
        local = local || !one->regio.empty();
        all_known = all_known && !one->talen.empty();
    }
    screen.put_checked();
    view.flag("talen-onbekend", !all_known).flag("plaatselijk", local).flag("gekozen", chose_any(given));
    if (blank) return fixed_response(book_, sheet::help, screen);
    return guide_response(book_, sheet::help, screen, found.empty() ? 200 : 400);
}

http::response guide_pages::help(const http::form& form, const frame& frame, const moment& at) const {
    const answers given(form, help_questions());
    const auto place = place_in(given, at, false);
    auto found = given.judge(page::begin);
    // Several places of one name may lie in one region; who chooses none is helped by the whole country.
    if (place.ask && !place.offered.empty()) found.push_back({which_place, why_asked(place)});
    return help_page(given, frame, at, found, place, false);
}

}  // namespace pages
