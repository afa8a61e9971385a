#include "server/pages/book.hpp"

namespace pages {
namespace {

using html::slot;
using enum html::slot_kind;

constexpr slot language_slots[] = {{"code", text}, {"naam", text}, {"hier", flag}};
constexpr slot hidden_slots[] = {{"naam", text}, {"waarde", text}};
constexpr slot fault_slots[] = {{"doel", text}, {"vraag", text}, {"tekst", text}};
constexpr slot choice_slots[] = {{"code", text},   {"id", text},         {"label", text},
                                 {"uitleg", text}, {"met-uitleg", flag}, {"gekozen", flag}};
constexpr slot question_slots[] = {{"naam", text},
                                   {"label", text},
                                   {"uitleg", text},
                                   {"met-uitleg", flag},
                                   {"fout", text},
                                   {"met-fout", flag},
                                   {"optioneel", flag},
                                   {"keuze", flag},
                                   {"een", flag},
                                   {"naast", flag},
                                   {"vlak", flag},
                                   {"regels", text},
                                   {"soort", text},
                                   {"waarde", text},
                                   {"beschreven", flag},
                                   {"beschrijving", text},
                                   {"keuzes", list, choice_slots}};
constexpr slot group_slots[] = {{"titel", text},
                                {"met-titel", flag},
                                {"uitleg", text},
                                {"met-uitleg", flag},
                                {"gevouwen", flag},
                                {"open", flag},
                                {"vragen", list, question_slots}};
constexpr slot desk_slots[] = {{"id", text},         {"naam", text},     {"aard", text},
                               {"eerste", flag},     {"mede", flag},     {"achtervang", flag},
                               {"staat-vast", flag}, {"aanwezig", text}, {"wanneer", text},
                               {"antwoord", text},   {"antwoordt", flag}};
constexpr slot kept_desk_slots[] = {{"naam", text},    {"aard", text},       {"eerste", flag},
                                    {"mede", flag},    {"achtervang", flag}, {"aanwezig", text},
                                    {"wanneer", text}, {"antwoord", text},   {"antwoordt", flag}};
constexpr slot excluded_slots[] = {{"id", text}, {"knop", text}};
constexpr slot investigating_slots[] = {{"id", text}, {"knop", text}};
constexpr slot value_slots[] = {{"tekst", text}, {"eigen", flag}};
constexpr slot answer_slots[] = {
    {"naam", text}, {"vraag", text}, {"terug", text}, {"waarden", list, value_slots}};
constexpr slot digit_slots[] = {{"cijfers", text}};

// What every page has; and the menu of languages, which all have.
#define BAKEN_FRAME                                                                                          \
    {"proef", flag}, {"postbus", flag}, {"vindbaar", flag}, {"apart", flag}, {"formulier", flag},            \
        {"taal", text}, {"richting", text}, {"icoon", text}, {"stijl", text}, {"nummer-veilig-thuis", text}, \
    {                                                                                                        \
        "bel-veilig-thuis", text                                                                             \
    }
// Numbers that only some have (put_numbers).
#define BAKEN_CSG \
    {"met-csg", flag}, {"nummer-csg", text}, { "bel-csg", text }
#define BAKEN_CHILD_LINE \
    {"met-kindertelefoon", flag}, {"nummer-kindertelefoon", text}, { "bel-kindertelefoon", text }
#define BAKEN_NUMBERS \
    BAKEN_CSG, BAKEN_CHILD_LINE, {"met-politie", flag}, {"nummer-politie", text}, { "bel-politie", text }
#define BAKEN_MENU {"talen", list, language_slots}
// The same where what was typed comes along to the other language.
#define BAKEN_FORM_MENU \
    {"talen", list, language_slots}, {"adres", text}, {"stap", text}, { "verder", text }
#define BAKEN_REPORT_MENU \
    BAKEN_FORM_MENU, { "oefening", flag }

// Whom to call; and where a fact comes from.
#define BAKEN_CONTACT                                                                                   \
    {"wie", text}, {"met-telefoon", flag}, {"telefoon", text}, {"bel", text}, {"met-buitenland", flag}, \
        {"buitenland", text}, {"bel-buitenland", text}, {"met-url", flag}, {"url", text},               \
        {"met-bereikbaar", flag}, {                                                                     \
        "bereikbaar", text                                                                              \
    }
#define BAKEN_SOURCE \
    {"met-bron", flag}, { "bron", text }
// The day on which what stands there was checked, once a page.
#define BAKEN_CHECKED \
    {"nagegaan", flag}, { "gecontroleerd", text }

constexpr slot start_slots[] = {BAKEN_FRAME, BAKEN_NUMBERS, BAKEN_MENU, {"vervolg", text}};
constexpr slot begin_slots[] = {BAKEN_FRAME,
                                BAKEN_REPORT_MENU,
                                {"vervolg", text},
                                {"blanco", flag},
                                {"foutief", flag},
                                {"fouten", list, fault_slots},
                                {"groepen", list, group_slots},
                                {"verborgen", list, hidden_slots}};
constexpr slot questions_slots[] = {BAKEN_FRAME,
                                    BAKEN_CHILD_LINE,
                                    BAKEN_REPORT_MENU,
                                    {"foutief", flag},
                                    {"fouten", list, fault_slots},
                                    {"jeugd", flag},
                                    {"kind", flag},
                                    {"groepen", list, group_slots},
                                    {"verborgen", list, hidden_slots}};
constexpr slot law_slots[] = {{"tekst", text}, BAKEN_SOURCE};
constexpr slot check_slots[] = {BAKEN_FRAME,
                                BAKEN_CSG,
                                BAKEN_REPORT_MENU,
                                {"melding", flag},
                                {"mededeling", text},
                                {"gebeurt-in", text},
                                {"nacht", flag},
                                {"vanaf", text},
                                {"toch-politie", flag},
                                {"hoeveel", text},
                                {"opsporing", list, investigating_slots},
                                {"seksueel", flag},
                                {"loketten", list, desk_slots},
                                {"uitgesloten", flag},
                                {"zonder", list, excluded_slots},
                                {"papieren", flag},
                                {"wet", list, law_slots},
                                {"antwoorden", list, answer_slots},
                                {"eenmalig", flag},
                                {"verborgen", list, hidden_slots}};
constexpr slot done_slots[] = {BAKEN_FRAME,
                               BAKEN_CSG,
                               BAKEN_CHILD_LINE,
                               BAKEN_MENU,
                               {"jeugd", flag},
                               {"seksueel", flag},
                               {"bon", flag},
                               {"eenmalig", flag},
                               {"bewijs", flag},
                               {"nummer", text},
                               {"dag", text},
                               {"afdruk", text},
                               {"antwoordt", flag},
                               {"groepjes", list, digit_slots},
                               {"nacht", flag},
                               {"vanaf", text},
                               {"loketten", list, kept_desk_slots}};
constexpr slot step_slots[] = {
    {"waarom", text}, {"met-wie", flag}, {"melden", flag}, {"opsporing", flag},
    {"aard", text},   BAKEN_CONTACT,     BAKEN_SOURCE,     {"recht", list, law_slots}};
constexpr slot reader_slots[] = {
    {"naam", text}, {"aard", text}, {"eerste", flag}, {"mede", flag}, {"achtervang", flag}};
constexpr slot consulted_slots[] = {BAKEN_CONTACT};
constexpr slot where_slots[] = {BAKEN_FRAME,
                                BAKEN_FORM_MENU,
                                {"suggesties", text},
                                {"vervolg", text},
                                {"blanco", flag},
                                {"foutief", flag},
                                {"fouten", list, fault_slots},
                                {"groepen", list, group_slots},
                                {"verborgen", list, hidden_slots}};
constexpr slot advice_slots[] = {BAKEN_FRAME,
                                 BAKEN_FORM_MENU,
                                 BAKEN_CHECKED,
                                 {"jij", flag},
                                 {"stappen", list, step_slots},
                                 {"met-plaats", flag},
                                 {"plaats", text},
                                 {"onbekend", flag},
                                 {"kan-zonder-politie", flag},
                                 {"loketten", list, reader_slots},
                                 {"ingevuld", list, hidden_slots},
                                 {"met-beroep", flag},
                                 {"wet", list, law_slots},
                                 {"met-weging", flag},
                                 {"weging", list, law_slots},
                                 {"overleg", list, consulted_slots},
                                 {"met-taken", flag},
                                 {"taken", list, law_slots},
                                 {"verborgen", list, hidden_slots}};
constexpr slot spoken_slots[] = {{"code", text}, {"naam", text}, {"meer", flag}};
constexpr slot helper_slots[] = {BAKEN_CONTACT,
                                 BAKEN_SOURCE,
                                 {"wat", text},
                                 {"met-gebied", flag},
                                 {"gebied", text},
                                 {"met-veilig", flag},
                                 {"veilig", text},
                                 {"zonder-politie", flag},
                                 {"anoniem", flag},
                                 {"opsporing", flag},
                                 {"aard", text},
                                 {"papieren", flag},
                                 {"wet", list, law_slots},
                                 {"met-talen", flag},
                                 {"spreekt", list, spoken_slots},
                                 {"demonstratie", flag}};
constexpr slot help_slots[] = {BAKEN_FRAME,
                               BAKEN_FORM_MENU,
                               BAKEN_CHECKED,
                               {"suggesties", text},
                               {"vervolg", text},
                               {"blanco", flag},
                               {"foutief", flag},
                               {"fouten", list, fault_slots},
                               {"groepen", list, group_slots},
                               {"gezocht", flag},
                               {"met-regio", flag},
                               {"regio", text},
                               {"plaatselijk", flag},
                               {"gekozen", flag},
                               {"talen-onbekend", flag},
                               {"hulp", list, helper_slots}};
constexpr slot plain_signal_slots[] = {{"tekst", text}};
constexpr slot signal_part_slots[] = {{"id", text}, {"titel", text}, {"signalen", list, law_slots}};
constexpr slot workplace_slots[] = {{"id", text}, {"titel", text}, {"signalen", list, plain_signal_slots}};
constexpr slot form_slots[] = {{"vorm", text}};
constexpr slot signals_slots[] = {BAKEN_FRAME,
                                  BAKEN_MENU,
                                  BAKEN_CHECKED,
                                  {"vervolg", text},
                                  {"delen", list, signal_part_slots},
                                  {"met-zonder", flag},
                                  {"zonder", list, form_slots},
                                  {"plekken", list, workplace_slots}};
constexpr slot sentence_slots[] = {{"tekst", text}, {"met-wie", flag}, BAKEN_CONTACT, BAKEN_SOURCE};
constexpr slot part_slots[] = {{"titel", text}, {"zinnen", list, sentence_slots}};
constexpr slot complaint_slots[] = {
    BAKEN_FRAME, BAKEN_MENU, BAKEN_CHECKED, {"vervolg", text}, {"delen", list, part_slots}};
constexpr slot place_slots[] = {{"code", text}, {"naam", text}};
constexpr slot case_slots[] = {{"verhaal", text}, {"antwoord", text}, {"uitleg", text}};
constexpr slot practice_slots[] = {BAKEN_FRAME,
                                   BAKEN_FORM_MENU,
                                   {"vervolg", text},
                                   {"blanco", flag},
                                   {"plekken", list, place_slots},
                                   {"gekozen", flag},
                                   {"titel", text},
                                   {"gevallen", list, case_slots},
                                   {"verborgen", list, hidden_slots}};
constexpr slot code_slots[] = {{"code", text}, {"gekozen", flag}};
constexpr slot parameter_slots[] = {
    {"id", text}, {"naam", text}, {"waarde", text}, {"keuze", flag}, {"keuzes", list, code_slots}};
constexpr slot open_question_slots[] = {{"adres", text},    {"titel", text},
                                        {"uitleg", text},   {"voorbeeld", text},
                                        {"antwoord", text}, {"velden", list, parameter_slots}};
constexpr slot developers_slots[] = {
    BAKEN_FRAME, BAKEN_MENU, {"vervolg", text}, {"vragen", list, open_question_slots}};
constexpr slot privacy_slots[] = {BAKEN_FRAME,          BAKEN_MENU,     {"vervolg", text},
                                  {"ingevuld", flag},   {"naam", text}, {"verantwoordelijke", text},
                                  {"contact", text},    {"dag", text},  {"termijn", flag},
                                  {"beveiliging", flag}};
constexpr slot accessibility_slots[] = {BAKEN_FRAME,        BAKEN_MENU,        {"vervolg", text},
                                        {"ingevuld", flag}, {"contact", text}, {"dag", text}};
constexpr slot message_slots[] = {BAKEN_FRAME,     BAKEN_NUMBERS,    BAKEN_MENU,      {"vervolg", text},
                                  {"titel", text}, {"uitleg", text}, {"wat-nu", text}};
#undef BAKEN_REPORT_MENU
#undef BAKEN_FORM_MENU
#undef BAKEN_MENU
#undef BAKEN_FRAME
#undef BAKEN_CONTACT
#undef BAKEN_SOURCE
#undef BAKEN_CHECKED

struct row {
    std::string_view file;
    html::shape shape;
};
constexpr std::array<row, sheets> rows = {{{"start.html", start_slots},
                                           {"begin.html", begin_slots},
                                           {"vragen.html", questions_slots},
                                           {"controle.html", check_slots},
                                           {"klaar.html", done_slots},
                                           {"bericht.html", message_slots},
                                           {"wegwijzer.html", where_slots},
                                           {"antwoord.html", advice_slots},
                                           {"hulp.html", help_slots},
                                           {"signalen.html", signals_slots},
                                           {"aangifte.html", complaint_slots},
                                           {"oefenen.html", practice_slots},
                                           {"api.html", developers_slots},
                                           {"privacy.html", privacy_slots},
                                           {"toegankelijkheid.html", accessibility_slots}}};

}  // namespace

html::shape shape_of(sheet sheet) { return rows[static_cast<std::size_t>(sheet)].shape; }

std::expected<book, std::string> book::compile(std::span<const html::template_source> sources,
                                               const lang::languages& languages) {
    book out;
    std::string all;
    for (const auto& language : languages.all()) {
        auto translate = [&](std::string_view context, std::string_view phrase) {
            return html::translated(language.text(context, phrase),
                                    language.has(context, phrase) ? "" : "en");
        };
        auto& compiled = out.pages_[language.code()];
        for (const auto& [file, shape] : rows) {
            auto one = html::page_template::compile(sources, file, shape, translate);
            if (one)
                compiled.push_back(std::move(*one));
            else
                for (const auto& fault : one.error())
                    all += "\n  " + language.code() + ": " + html::text(fault);
        }
    }
    if (!all.empty()) return std::unexpected("The templates of the pages cannot be used:" + all);
    return out;
}

}  // namespace pages
