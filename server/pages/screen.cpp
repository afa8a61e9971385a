#include "server/pages/screen.hpp"

#include <algorithm>
#include <chrono>

#include "server/pages/numbers.hpp"
#include "server/pages/policy.hpp"

namespace pages {
namespace {

const fault* fault_of(const faults& found, std::string_view name) {
    auto at = std::ranges::find(found, name, &fault::question);
    return at == found.end() ? nullptr : &*at;
}

// What search engines may list; of what takes a form only the page that nothing was filled into.
bool may_be_listed(sheet sheet) {
    using enum pages::sheet;
    return sheet == start || sheet == where || sheet == help || sheet == signals;
}

// What is filled in and looked over: its head and its foot are as short as can be.
bool is_form(sheet sheet) {
    using enum pages::sheet;
    return sheet == begin || sheet == questions || sheet == check;
}

// Where a link in the same tab would lose what was typed, or the code.
bool is_of_report(sheet sheet) { return is_form(sheet) || sheet == pages::sheet::done; }

bool is_choice(input how) { return how == input::one_of || how == input::some_of; }

std::string_view keyboard(input how) {
    return how == input::telephone ? "tel" : how == input::mail ? "email" : "text";
}

// A folded group opens by itself where something in it was answered or is wrong.
bool opens(const group& group, const answers& given, const faults& found) {
    return std::ranges::any_of(group.questions, [&](const question& question) {
        return given.answered(question) || fault_of(found, question.name);
    });
}

// The question that find_place may lead to; its choices are the places found.
constexpr question place_question{
    which_place, input::one_of, {lang::phrase{"question", "Which place do you mean?"}}, {}, {}, true};
constexpr lang::phrase none_of_these{"choice, place", "None of these, or I do not know"};
constexpr lang::phrase also_the_islands{"choice hint", "Also Bonaire, Curaçao and the other islands."};
constexpr lang::phrase desk_of_the_country{"choice hint", "The desk for the whole country then gets this."};

constexpr lang::phrase checked_on{"source", "Facts on this page checked on: {day}"};
constexpr lang::phrase checked_since{"source", "Facts on this page checked on this day or later: {day}"};

// What is carried along beside the answers: the desks left out, whether there is a way back, the report's
// marks. Where a page has inputs of its own for them, those are put there.
bool travels(std::string_view name, page asking) {
    const bool mark = name == "nummer" || name == "zaad" || name == "herkomst";
    return name == "zonder" || name == "terugweg" || (mark && asking == page::begin);
}

bool is_asked(const answers& given, page page, std::string_view name) {
    return std::ranges::any_of(given.questions().groups, [&](const group& group) {
        return group.where == page && given.asked(group) &&
               std::ranges::find(group.questions, name, &question::name) != group.questions.end();
    });
}

}  // namespace

std::string filled(std::string text, std::string_view name, std::string_view value) {
    const auto slot = "{" + std::string(name) + "}";
    for (auto at = text.find(slot); at != text.npos; at = text.find(slot, at + value.size()))
        text.replace(at, slot.size(), value);
    return text;
}

screen::screen(sheet sheet, const frame& frame)
    : view(shape_of(sheet)), language_(frame.language), mailbox_(frame.mailbox) {
    view.text("taal", language_.code()).text("richting", language_.direction());
    view.text("stijl", frame.style_path).text("icoon", frame.icon_path);
    view.flag("proef", frame.demonstration).flag("postbus", frame.mailbox);
    view.flag("vindbaar", may_be_listed(sheet)).flag("apart", is_of_report(sheet));
    view.flag("formulier", is_form(sheet));
    put_numbers(*this, *frame.handbook, frame.today);
    if (suggests(sheet)) view.text("suggesties", frame.script_path);
    view.list("talen");
    for (const auto& one : frame.languages.all())
        view.item("talen").text("code", one.code()).text("naam", one.name()).flag("hier", &one == &language_);
}

html::spoken screen::say(const guide::words& words) {
    if (const auto* own = words.in(language_.code())) return {.text = *own};
    return said(words.context, words.en);
}

html::spoken screen::said(std::string_view context, std::string_view english) {
    return {.text = keep(language_.text(context, english)),
            .language = language_.has(context, english) ? "" : "en"};
}

std::string_view screen::say(lang::phrase phrase, std::string_view name, std::string_view value) {
    return keep(filled(language_.text(phrase), name, value));
}

std::vector<screen::option> screen::options_of(const question& question, const answers& given) {
    std::vector<option> out;
    for (const auto& choice : question.choices) {
        const bool chosen = given.chose(question.name, choice.code) &&
                            (question.how == input::some_of || given.text(question.name) == choice.code);
        out.push_back(
            {choice.code, say(choice.label), choice.hint.text.empty() ? "" : say(choice.hint), chosen});
    }
    return out;
}

std::vector<screen::option> screen::options_of(const place& place) {
    std::vector<option> out;
    const auto put = [&](std::string_view code, std::string_view label, std::string_view hint) {
        out.push_back({code, label, hint, place.chosen == code});
    };
    if (!place.spot.empty()) put(place.spot, say(place.spot == in_port ? in_a_port : at_an_airport), "");
    for (const auto& one : place.offered) {
        const auto* in = one.gemeente;
        const bool village = !one.via.empty();
        out.push_back({in->code, village ? one.via : in->weergave,
                       village ? say(in_municipality, "name", in->weergave) : "",
                       in == place.found && place.chosen.empty()});
    }
    if (place.province)
        put(whole_province, say(in_province, "name", place.province->naam), say(desk_of_the_country));
    if (place.outside) put(outside_the_country, say(outside), say(also_the_islands));
    put(no_such_place, say(none_of_these), "");
    return out;
}

void screen::put_question(html::view& group, const question& question, const answers& given,
                          const faults& found, const std::vector<option>& options, bool marked) {
    const auto* wrong = fault_of(found, question.name);
    const auto& words = given.words(question);
    const bool hinted = !words.hint.text.empty();
    auto& item = group.item("vragen");
    item.text("naam", question.name)
        .text("label", say(words.label))
        .flag("optioneel", marked && !question.required);
    item.flag("met-uitleg", hinted).text("uitleg", hinted ? say(words.hint) : "");
    item.flag("met-fout", wrong != nullptr);
    item.text("fout", wrong ? say(wrong->sentence, "most", std::to_string(wrong->most)) : "");
    std::string described;
    if (hinted) described = std::string(question.name) + "-uitleg";
    if (wrong) described += (hinted ? " " : "") + std::string(question.name) + "-fout";
    item.flag("beschreven", !described.empty()).text("beschrijving", keep(std::move(described)));
    item.flag("keuze", is_choice(question.how)).flag("een", question.how == input::one_of);
    item.flag("naast", question.stand == row::beside);
    item.flag("vlak", question.how == input::area).text("regels", question.required ? "5" : "2");
    item.text("soort", keyboard(question.how));
    item.text("waarde", is_choice(question.how) ? std::string_view() : given.text(question.name));
    item.list("keuzes");
    for (const auto& [code, label, hint, chosen] : options) {
        auto& one = item.item("keuzes");
        one.text("code", code).text("label", label).flag("gekozen", chosen);
        one.text("id", keep(std::string(question.name) + "-" + std::string(code.empty() ? "open" : code)));
        one.flag("met-uitleg", !hint.empty()).text("uitleg", hint);
    }
}

void screen::put_questions(page page, const answers& given, const faults& found, const place& place) {
    view.list("groepen").list("fouten").flag("foutief", !found.empty());
    for (const auto& group : given.questions().groups) {
        if (group.where != page || !given.asked(group)) continue;
        const auto& hint =
            mailbox_ || group.without_mailbox.text.empty() ? group.hint : group.without_mailbox;
        const bool hinted = !hint.text.empty();
        const bool titled = !group.title.text.empty();
        auto& item = view.item("groepen").flag("met-titel", titled).flag("met-uitleg", hinted);
        item.text("titel", titled ? say(group.title) : "");
        item.text("uitleg", hinted ? say(hint) : "");
        item.flag("gevouwen", group.folded).flag("open", group.folded && opens(group, given, found));
        item.list("vragen");
        for (const auto& question : group.questions) {
            put_question(item, question, given, found, options_of(question, given), !group.folded);
            if (question.name == "plaats" && place.open)
                put_question(item, place_question, given, found, options_of(place), true);
        }
    }
    for (const auto& fault : found) {
        const auto* question = given.questions().find(fault.question);
        auto& item = view.item("fouten").text("doel", fault.question);
        item.text("vraag", say(given.words(question ? *question : place_question).label));
        item.text("tekst", say(fault.sentence, "most", std::to_string(fault.most)));
    }
}

void screen::shows(std::optional<protocol::day> verified) {
    if (!verified) return;
    oldest_ = oldest_ ? std::min(*oldest_, *verified) : *verified;
    newest_ = newest_ ? std::max(*newest_, *verified) : *verified;
}

void screen::put_checked() {
    view.flag("nagegaan", oldest_.has_value());
    if (!oldest_) return void(view.text("gecontroleerd", ""));
    const std::chrono::sys_days day{std::chrono::days(oldest_->number)};
    view.text("gecontroleerd",
              say(oldest_ == newest_ ? checked_on : checked_since, "day", language_.date(day)));
}

void screen::put_hidden(std::string_view name, std::string_view value) {
    view.item("verborgen").text("naam", name).text("waarde", value);
}

void screen::put_hidden(const answers& given, std::optional<page> asking) {
    view.list("verborgen");
    for (const auto& field : given.form().fields()) {
        bool carried = given.questions().find(field.name) ? !asking || !is_asked(given, *asking, field.name)
                                                          : asking && travels(field.name, *asking);
        // On its own page the choice of a place is asked, or of no use any more.
        if (field.name == which_place) carried = asking != page::form;
        if (carried && !field.value.empty()) put_hidden(field.name, field.value);
    }
    // The choice of a place holds for the text it was made for.
    auto typed = asking == page::form ? given.text("plaats") : given.text(place_chosen_for);
    if (!typed.empty()) put_hidden(place_chosen_for, typed);
}

}  // namespace pages
