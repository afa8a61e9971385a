// What is only read: signals, about a complaint, cases to practise with.
#include <algorithm>
#include <array>

#include "server/pages/guide_pages.hpp"
#include "server/pages/questions.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase everywhere{"signals", "In every form"};

struct named_answer {
    std::string_view code;
    phrase text;
};
// The forms by a name of their own: the form's answers are short, because its question says the rest.
constexpr std::array<named_answer, 8> form_names{{
    {"seksueel", phrase{"signals", "Forced sex or sex work"}},
    {"arbeid", phrase{"signals", "Forced or unpaid work"}},
    {"crimineel", phrase{"signals", "Forced to commit crimes"}},
    {"dienstverlening", phrase{"signals", "Forced to beg, sell things or work in a house"}},
    {"huwelijk", phrase{"signals", "Forced marriage"}},
    {"orgaan", phrase{"signals", "Pressed to give an organ"}},
    {"draagmoederschap", phrase{"signals", "Forced to carry a child for somebody else"}},
    {"adoptie", phrase{"signals", "A child given or taken for money"}},
}};
constexpr std::array<named_answer, 4> practice_texts{{
    {"bel-112", phrase{"practice answer", "Call 112 now."}},
    {"melden", phrase{"practice answer", "Report it."}},
    {"overleggen", phrase{"practice answer", "Ask for advice first, without names."}},
    {"geen-signaal", phrase{"practice answer", "Nothing to report now."}},
}};

}  // namespace

http::response guide_pages::signals(const frame& frame, const moment& at) const {
    screen screen(sheet::signals, frame);
    auto& view = screen.view.text("vervolg", "/signalen").list("delen").list("plekken").list("zonder");
    const auto& known = at.handbook->signalen;
    const auto add = [&](std::string_view id, std::string_view title, auto is_meant) {
        html::view* part = nullptr;
        for (const auto& one : known.all) {
            if (!one.stands(at.today) || !is_meant(one)) continue;
            if (!part) part = &view.item("delen").text("id", id).text("titel", title).list("signalen");
            put_sourced(screen, part->item("signalen"), one.tekst, one.bron);
        }
        return part != nullptr;
    };
    add("overal", screen.say(everywhere), [](const guide::signal& one) { return one.vormen.empty(); });
    bool some_without = false;
    for (const auto& form : form_names) {
        const auto name = screen.say(form.text);
        const bool any =
            add(screen.keep("vorm-" + std::string(form.code)), name, [&](const guide::signal& one) {
                return std::ranges::find(one.vormen, form.code) != one.vormen.end();
            });
        if (any) continue;
        view.item("zonder").text("vorm", name);
        some_without = true;
    }
    view.flag("met-zonder", some_without);
    for (const auto& place : known.plekken) {
        auto& part = view.item("plekken")
                         .text("id", place.code)
                         .text("titel", screen.say(place.naam))
                         .list("signalen");
        for (const auto& one : known.all)
            if (one.stands(at.today) && one.fits("", place.code))
                part.item("signalen").text("tekst", screen.say(one.tekst));
    }
    screen.put_checked();
    return fixed_response(book_, sheet::signals, screen);
}

http::response guide_pages::complaint(const frame& frame, const moment& at) const {
    screen screen(sheet::complaint, frame);
    auto& view = screen.view.text("vervolg", "/aangifte").list("delen");
    for (const auto& part : at.handbook->aangifte) {
        auto& item = view.item("delen").text("titel", screen.say(part.titel)).list("zinnen");
        for (const auto& one : part.zinnen) {
            if (!guide::may_be_shown(one.bron, false, at.today)) continue;
            auto& sentence = item.item("zinnen");
            put_sourced(screen, sentence, one.tekst, one.bron);
            static const guide::organisation nobody;
            const bool called = one.wie && one.wie->reachable(at.today);
            put_contact(screen, sentence.flag("met-wie", called), called ? *one.wie : nobody);
        }
    }
    screen.put_checked();
    return fixed_response(book_, sheet::complaint, screen);
}

http::response guide_pages::practice(const http::form& form, const frame& frame, const moment& at,
                                     bool blank) const {
    screen screen(sheet::practice, frame);
    auto& view = screen.view.text("vervolg", "/oefenen").flag("blanco", blank);
    view.text("adres", "oefenen").text("stap", "").text("verder", "").list("plekken").list("gevallen");
    const auto chosen = form.value("sector");
    std::string_view title;
    for (const auto& place : at.handbook->signalen.plekken) {
        view.item("plekken").text("code", place.code).text("naam", screen.say(place.naam));
        if (place.code == chosen) title = screen.say(place.naam);
    }
    for (const auto& one : at.handbook->oefenen) {
        if (title.empty() || one.plek != chosen) continue;
        const auto answer = std::ranges::find(practice_texts, one.antwoord, &named_answer::code);
        view.item("gevallen")
            .text("verhaal", screen.say(one.verhaal))
            .text("antwoord", screen.said(answer->text))
            .text("uitleg", screen.say(one.uitleg));
    }
    view.flag("gekozen", !title.empty()).text("titel", title).list("verborgen");
    if (!title.empty()) screen.put_hidden("sector", chosen);
    return blank ? fixed_response(book_, sheet::practice, screen)
                 : guide_response(book_, sheet::practice, screen, 200);
}

}  // namespace pages
