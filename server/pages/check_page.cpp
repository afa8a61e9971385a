// The check page: the report as it will go, who can read it, and what must travel with it.
#include <algorithm>

#include "server/intake/seal_draft.hpp"
#include "server/pages/draft.hpp"
#include "server/pages/melden.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase unknown_place{"check, place", "a place that we do not know"};
constexpr phrase no_place{"check, place", "no place named"};
constexpr phrase read_again{"button", "Let them read it again: {name}"};
constexpr phrase unusable{"fault", "This answer cannot be used like this. Change it."};
constexpr phrase all_too_long{
    "fault", "All together this is about {most} characters too long. Shorten the longest text."};

// The question that a member of the report document came from.
std::string_view question_of(std::string_view location) {
    auto name = location.substr(location.rfind('/') + 1);
    if (location.starts_with("/vormen")) return "vorm";
    if (location.starts_with("/wensen")) return "wens";
    return report_questions().find(name) ? name : "wat";
}

void put_choices(screen& screen, html::view& item, const question& question, const answers& given) {
    for (const auto& choice : question.choices)
        if (question.how == input::one_of ? given.text(question.name) == choice.code
                                          : given.chose(question.name, choice.code))
            item.item("waarden").text("tekst", screen.say(choice.label)).flag("eigen", false);
}

void put_answers(screen& screen, const answers& given, const guide::gemeente* where) {
    screen.view.list("antwoorden");
    for (const auto& group : given.questions().groups) {
        if (!given.asked(group)) continue;
        for (const auto& question : group.questions) {
            if (!given.answered(question)) continue;
            auto& item = screen.view.item("antwoorden").list("waarden").text("naam", question.name);
            item.text("terug", group.where == page::begin ? "begin" : "vragen");
            item.text("vraag", screen.say(given.words(question).label));
            if (!question.choices.empty())
                put_choices(screen, item, question, given);
            else
                item.item("waarden").text("tekst", given.text(question.name)).flag("eigen");
            if (question.name == "plaats" && where)
                item.item("waarden")
                    .text("tekst", screen.say(in_municipality, "name", where->weergave))
                    .flag("eigen", false);
        }
    }
}

// What a report to these readers means for a victim without residence papers, each sentence once; nothing
// where no source says it.
void put_papers(screen& screen, const answers& given, const readers& readers, const protocol::gids& gids,
                const frame& frame) {
    std::vector<const guide::law_sentence*> told;
    if (given.text("rol") == "slachtoffer")
        for (const auto& [id, _] : readers) {
            const auto* desk = gids.desk(id);
            const auto* one =
                desk ? guide::without_papers(frame.handbook->recht, desk->soort, frame.today) : nullptr;
            if (one && std::ranges::find(told, one) == told.end()) told.push_back(one);
        }
    screen.view.flag("papieren", put_law(screen, screen.view, "wet", told, frame.today));
}

// Where the report is about, in large print: who sees "Rhenen" and meant another Elst can still mend it.
void put_where(screen& screen, const answers& given, const place& where) {
    const auto* spots = report_questions().find("plek");
    const auto spot = spot_in(given, where);
    std::string shown;
    const auto add = [&](std::string_view text) {
        if (!shown.empty()) shown += ", ";
        shown += text;
    };
    if (spot != "plaats" && spot != "onbekend" && where.chosen != outside_the_country)
        if (const auto* choice = find_choice(*spots, spot)) add(screen.say(choice->label));
    if (where.found)
        add(where.found->weergave);
    else if (where.chosen == outside_the_country)
        add(screen.say(outside));
    else if (where.chosen == whole_province)
        add(screen.say(in_province, "name", where.province->naam));
    else if (where.open)
        add(screen.say(unknown_place));
    else if (shown.empty())
        add(screen.say(no_place));
    screen.view.text("gebeurt-in", screen.keep(std::move(shown)));
}

// Who investigates among the readers, each with the button that leaves it out, for who would rather not have
// the police read this. A desk that cannot be left out is not counted as one that can.
void put_investigating(screen& screen, const answers& given, const readers& readers,
                       const desk_facts& facts) {
    std::int64_t many = 0;
    screen.view.list("opsporing");
    if (given.text("politie") == "liever-niet")
        for (const auto& reader : readers) {
            if (!investigates(facts.gids, reader.desk) || reader.desk == facts.standaard) continue;
            screen.view.item("opsporing")
                .text("id", reader.desk)
                .text("knop", leaving_out(screen, facts, reader.desk));
            ++many;
        }
    screen.view.flag("toch-politie", many > 0);
    screen.view.text("hoeveel",
                     screen.keep(screen.language().plural(
                         "check",
                         "You said: rather not the police. But one organisation below is the police or "
                         "investigates crimes. You can leave it out.",
                         "You said: rather not the police. But {n} organisations below are the police or "
                         "investigate crimes. You can leave each of them out.",
                         many)));
}

using desk_set = std::set<std::string, std::less<>>;

// The desks left out, after the button that was pressed. Only desks that there are, and never `standaard`.
desk_set left_out(const http::form& form, const desk_facts& facts) {
    desk_set out;
    for (const auto& field : form.fields())
        if ((field.name == "zonder" || field.name == "zonder-erbij") && field.value != facts.standaard &&
            facts.gids.desk(field.value))
            out.emplace(field.value);
    for (const auto& field : form.fields())
        if (field.name == "zonder-weg") out.erase(std::string(field.value));
    return out;
}

}  // namespace

place melden::place_in(const answers& given, const moment& at) {
    return pages::place_in(given, *at.gemeenten, at.trust->table);
}

std::expected<melden::outgoing, http::response> melden::prepare(const answers& given, const frame& frame,
                                                                const moment& at) const {
    if (!given.judge(page::begin).empty()) return std::unexpected(begin_page(given, frame, true));
    auto found = given.judge(page::form);
    auto place = place_in(given, at);
    // Another country, or the internet, has no municipality of ours.
    if (given.text("plek") == "anders" || given.text("plek") == "online") place.ask = false;
    if (place.ask) found.push_back({which_place, why_asked(place)});
    if (!found.empty()) return std::unexpected(questions_page(given, frame, found, place));
    auto report = draft(given, place, frame.language.code());
    if (!report) {
        for (const auto& fault : report.error()) found.push_back({question_of(fault.location), unusable});
        return std::unexpected(questions_page(given, frame, found, place));
    }
    outgoing out{std::move(*report), {}, place, left_out(given.form(), at.facts())};
    out.decision = intake::route(out.report, out.without, *at.trust, at.today());
    // A form this small fits the largest size class, however its characters are escaped.
    constexpr std::size_t surely_fits = 64 * 1024;
    if (given.form().size() < surely_fits) return out;
    if (auto excess = intake::excess(out.report, out.decision, *at.trust); excess != 0)
        return std::unexpected(questions_page(given, frame, {{"wat", all_too_long, excess}}, place));
    return out;
}

http::response melden::check_page(const answers& given, const frame& frame, const moment& at,
                                  std::optional<notice> notice, const marks* kept) const {
    auto order = prepare(given, frame, at);
    if (!order) return std::move(order.error());
    screen screen(sheet::check, frame);
    auto& view = screen.view;
    view.text("stap", "controle").text("verder", "controle");
    view.text("adres", frame.address).flag("oefening", frame.practice());
    view.flag("melding", notice.has_value()).text("mededeling", notice ? screen.say(notice->sentence) : "");
    const auto facts = at.facts();
    const auto& readers = order->decision.ontvangers;
    const desk_wording wording{true, can_be_reached(given, parts_.mailbox), order->decision.spoed, {}};
    put_night(screen, readers, facts, wording);
    put_desks(screen, readers, facts, wording);
    put_investigating(screen, given, readers, facts);
    put_papers(screen, given, readers, facts.gids, frame);
    view.flag("seksueel", maybe_sexual(given));
    view.flag("uitgesloten", !order->without.empty()).list("zonder");
    for (const auto& id : order->without)
        view.item("zonder").text("id", id).text("knop",
                                                screen.say(read_again, "name", name_of(facts.gids, id)));
    put_answers(screen, given, order->where.found);
    put_where(screen, given, order->where);
    view.flag("eenmalig", given.text("terugweg") == "nee");
    screen.put_hidden(given, std::nullopt);
    for (const auto& id : order->without) screen.put_hidden("zonder", id);
    if (!frame.practice()) completed(kept).put(screen);
    screen.put_hidden("lezers", screen.keep(written(readers)));
    if (const auto hour = hour_of(readers, facts, wording))
        screen.put_hidden("uur", screen.keep(std::to_string(*hour)));
    screen.put_hidden("haast", order->decision.spoed ? "ja" : "nee");
    return rendered(sheet::check, screen, notice ? notice->status : 200);
}

}  // namespace pages
