// For developers elsewhere: the questions that anybody may ask of /v1/, each with a form that asks it and an
// answer to look at. No script: a form with method GET opens the JSON in the browser.
#include <algorithm>

#include "crypto/protocol/codes.hpp"
#include "server/pages/guide_pages.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

using lang::phrase;
namespace codes = protocol::codes;

struct parameter {
    std::string_view name, example;
    std::span<const std::string_view> codes;  // none: any text
};
constexpr std::array<std::string_view, 2> yes_no{"ja", "nee"};

constexpr parameter of_municipalities[] = {{"zoek", "borger", {}}, {"postcode", "", {}}};
constexpr parameter of_where[] = {{"postcode", "9531", {}},
                                  {"rol", "zorg", codes::rol},
                                  {"vorm", "arbeid", codes::vorm},
                                  {"minderjarig", "nee", codes::minderjarig},
                                  {"acuut", "", yes_no}};
constexpr parameter of_help[] = {{"postcode", "1315", {}}, {"doelgroep", "volwassen", guide::help_for}};
constexpr parameter of_signals[] = {{"vorm", "arbeid", codes::vorm}};

struct open_question {
    std::string_view address;
    phrase title, hint;
    std::span<const parameter> parameters;
    std::string_view answer;  // shortened
};

constexpr open_question open_questions[] = {
    {"v1/gemeenten", phrase{"developers", "Municipalities"},
     phrase{
         "developers",
         "By name, place or postcode, each with the desk of its police region. A postcode that lies in more "
         "than one municipality gives all of them."},
     of_municipalities,
     R"({"gemeenten": [
  {"code": "GM1681", "naam": "Borger-Odoorn", "via": "Borger",
   "aandeel": null, "loket": "noord-nederland", "gissing": false}
]})"},
    {"v1/wegwijzer", phrase{"developers", "Where to report"},
     phrase{"developers",
            "Who to call and where to report, the most urgent first, and the desk that a report would go to. "
            "Each step says where it comes from and when that was checked."},
     of_where,
     R"({"stappen": [
  {"stap": "bel-nla", "melding": false,
   "waarom": "Is it about work? The labour inspectorate investigates exploitation at work. …",
   "juridisch": null, "juridischeBronnen": [],
   "organisatie": "Nederlandse Arbeidsinspectie", "opsporing": true,
   "telefoon": "0800-5151", "telefoonBuitenland": "+31 70 333 4444",
   "url": "https://www.nlarbeidsinspectie.nl", "bereikbaar": null,
   "bron": "https://www.wegwijzermensenhandel.nl/…", "geverifieerdOp": "2026-11-01"}
 ],
 "loket": "nla"})"},
    {"v1/hulpaanbod", phrase{"developers", "Help"},
     phrase{"developers",
            "Who helps: who answers day and night first, then those in the region, then the others. Never an "
            "address that must stay secret."},
     of_help,
     R"({"hulpaanbod": [
  {"id": "veilig-thuis", "regio": null, "organisatie": "Veilig Thuis",
   "telefoon": "0800-2000", "telefoonBuitenland": null, "url": null,
   "bereikbaar": "Day and night, free.",
   "wat": "You get advice here, day and night, about violence, force and abuse: …",
   "veilig": "Say that you only want advice. …",
   "doelgroepen": ["volwassen", "minderjarig", "met-kinderen"], "talen": [],
   "zonderPolitie": true, "anoniem": null, "opsporing": false,
   "eigenaar": "landelijk", "demonstratie": false,
   "bron": "https://www.veiligthuisutrecht.nl/…", "geverifieerdOp": "2026-11-01"}
 ],
 "regio": "VR25", "plaatselijk": true})"},
    {"v1/signalen", phrase{"developers", "Signs"},
     phrase{"developers",
            "What people may notice, by form. A sign is not proof: say so wherever you show it."},
     of_signals,
     R"({"signalen": [
  {"id": "lange-dagen", "vormen": ["arbeid"],
   "plekken": ["hotel", "nagelstudio", "landbouw", "bouw", "zorg"],
   "tekst": "Somebody works very long days for weeks on end, without rest.",
   "bron": "https://www.nlarbeidsinspectie.nl", "geverifieerdOp": "2026-11-01"}
 ],
 "toelichting": "A sign is not proof. …"})"},
};

std::string command(const open_question& asked) {
    std::string out = "curl 'https://baken.example/" + std::string(asked.address);
    char before = '?';
    for (const auto& one : asked.parameters) {
        if (one.example.empty()) continue;
        out += before + std::string(one.name) + "=" + std::string(one.example);
        before = '&';
    }
    return out + "'";
}

void put_parameter(screen& screen, html::view& item, std::string_view address, const parameter& one) {
    // "v1/gemeenten" and "zoek": "gemeenten-zoek".
    item.text("id", screen.keep(std::string(address.substr(3)) + "-" + std::string(one.name)));
    item.text("naam", one.name).text("waarde", one.example).flag("keuze", !one.codes.empty()).list("keuzes");
    for (const auto code : one.codes)
        item.item("keuzes").text("code", code).flag("gekozen", code == one.example);
}

}  // namespace

http::response guide_pages::developers(const frame& frame) const {
    screen screen(sheet::developers, frame);
    screen.view.text("vervolg", "/api").list("vragen");
    for (const auto& asked : open_questions) {
        auto& item = screen.view.item("vragen").text("adres", asked.address);
        item.text("titel", screen.said(asked.title)).text("uitleg", screen.said(asked.hint));
        item.text("voorbeeld", screen.keep(command(asked))).text("antwoord", asked.answer).list("velden");
        for (const auto& one : asked.parameters)
            put_parameter(screen, item.item("velden"), asked.address, one);
    }
    return fixed_response(book_, sheet::developers, screen);
}

}  // namespace pages
