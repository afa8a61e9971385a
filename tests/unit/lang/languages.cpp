// Catalogues read from memory: contexts, plurals by the catalogue's own rule, what has no translation, days
// and times.
#include "server/lang/languages.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "server/lang/names.hpp"
#include "tests/unit/lang/mo.hpp"

using tests::mo;
using namespace std::chrono_literals;

namespace {

// The note of a phrase is for translators alone.
constexpr lang::phrase noted{"button", "Close", "not near"};
static_assert(noted.context == "button" && noted.text == "Close" && lang::phrase().text.empty());

const std::string two_forms = "nplurals=2; plural=(n != 1);";
const std::string arabic_forms =
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";

const std::string dutch =
    mo(two_forms, {{"language's own name", "English", "", {"Nederlands"}},
                   {"button", "Close", "", {"Sluiten"}},
                   {"distance", "Close", "", {"Dichtbij"}},
                   {"inbox", "{n} answer", "{n} answers", {"{n} antwoord", "{n} antwoorden"}}});
const std::string english = mo(two_forms, {{"language's own name", "English", "", {"English"}}});
const std::string arabic =
    mo(arabic_forms,
       {{"language's own name", "English", "", {"العربية"}},
        {"direction of writing: ltr or rtl", "ltr", "", {"rtl"}},
        {"a day and the time on it", "{day}, {time}", "", {"{day}، {time}"}},
        {"inbox", "{n} answer", "{n} answers", {"none", "one", "two", "few {n}", "many {n}", "other {n}"}}});

lang::languages loaded(const std::vector<lang::catalogue>& catalogues) {
    auto languages = lang::languages::load(catalogues);
    REQUIRE(languages);
    return std::move(*languages);
}

lang::languages three() { return loaded({{"nl", dutch}, {"en", english}, {"ar", arabic}}); }

constexpr auto monday = std::chrono::year{2026} / 11 / 23;

}  // namespace

TEST_CASE("languages stand in the order given, each with its own name and direction") {
    const auto languages = three();
    REQUIRE(languages.all().size() == 3);
    CHECK(languages.all()[0].code() == "nl");
    CHECK(languages.all()[0].name() == "Nederlands");
    CHECK(languages.all()[0].direction() == "ltr");
    CHECK(languages.all()[1].name() == "English");
    CHECK(languages.all()[2].name() == "العربية");
    CHECK(languages.all()[2].direction() == "rtl");
    CHECK(languages.find("ar") == &languages.all()[2]);
    CHECK(languages.find("AR") == nullptr);
    CHECK(languages.find("") == nullptr);
}

TEST_CASE("one English text has as many translations as contexts") {
    const auto languages = three();
    const auto& nl = *languages.find("nl");
    CHECK(nl.text("button", "Close") == "Sluiten");
    CHECK(nl.text(lang::phrase{"distance", "Close"}) == "Dichtbij");
}

TEST_CASE("what has no translation is said in English") {
    const auto languages = three();
    const auto& nl = *languages.find("nl");
    CHECK(nl.text("somewhere else", "Close") == "Close");
    CHECK(nl.text("button", "Open") == "Open");
    CHECK(nl.plural("button", "{n} door", "{n} doors", 1) == "1 door");
    CHECK(nl.plural("button", "{n} door", "{n} doors", 0) == "0 doors");
}

TEST_CASE("a plural follows the rule of its language, and the number is put in") {
    struct sample {
        const char* code;
        std::int64_t n;
        std::string text;
    };
    const auto one = GENERATE(values<sample>({
        {"nl", 0, "0 antwoorden"},
        {"nl", 1, "1 antwoord"},
        {"nl", 2, "2 antwoorden"},
        {"nl", 10'000'000'001, "10000000001 antwoorden"},
        {"en", 1, "1 answer"},
        {"en", 3, "3 answers"},
        {"ar", 0, "none"},
        {"ar", 1, "one"},
        {"ar", 2, "two"},
        {"ar", 7, "few 7"},
        {"ar", 11, "many 11"},
        {"ar", 102, "other 102"},
        {"ar", 103, "few 103"},
        {"ar", 5'000'000'102, "other 5000000102"},
        {"ar", 5'000'000'111, "many 5000000111"},
        {"ar", -7, "few -7"},
        {"ar", std::numeric_limits<std::int64_t>::min(), "few -9223372036854775808"},
    }));
    const auto languages = three();
    INFO(one.code << ' ' << one.n);
    CHECK(languages.find(one.code)->plural("inbox", "{n} answer", "{n} answers", one.n) == one.text);
}

TEST_CASE("a day is written as its language writes it, with Western digits and calendar") {
    struct sample {
        std::string code, day, time;
    };
    const auto one = GENERATE(values<sample>({
        {"nl", "maandag 23 november 2026", "maandag 23 november 2026, 09:00"},
        {"en", "Monday 23 November 2026", "Monday 23 November 2026, 09:00"},
        {"ar", "الاثنين، 23 نوفمبر 2026", "الاثنين، 23 نوفمبر 2026، 09:00"},
        {"qps", "Monday 23 November 2026", "Monday 23 November 2026, 09:00"},
        {"pap", "maandag 23 november 2026", "maandag 23 november 2026, 09:00"},
        {"pt-BR", "segunda-feira, 23 de novembro de 2026", "segunda-feira, 23 de novembro de 2026, 09:00"},
        {"zh-Hans", "2026年11月23日星期一", "2026年11月23日星期一, 09:00"},
        {"fa", "دوشنبه 23 نوامبر 2026", "دوشنبه 23 نوامبر 2026, 09:00"},
        {"ti", "ሰኑይ፣ 23 ሕዳር 2026", "ሰኑይ፣ 23 ሕዳር 2026, 09:00"},
    }));
    const auto languages = loaded({{one.code, one.code == "ar" ? arabic : english}});
    CHECK(languages.all()[0].day(monday) == one.day);
    CHECK(languages.all()[0].time({.day = monday, .hour = 9, .minute = 0}) == one.time);
}

TEST_CASE("the languages that were promised have days of their own") {
    const auto code = GENERATE("pl", "ro", "bg", "es", "hu", "uk", "fr", "vi", "sq", "tr", "ru");
    const auto languages = loaded({{code, english}});
    const auto day = languages.all()[0].day(monday);
    INFO(code << ": " << day);
    CHECK(day.find("23") != day.npos);
    CHECK(day.find("2026") != day.npos);
    CHECK(day.find("Mon") == day.npos);  // English, or the M11 of a language ICU does not know
    CHECK(day.find("M11") == day.npos);
}

TEST_CASE("no zone moves a day or a minute, at either end of either clock") {
    const auto languages = three();
    const auto& nl = *languages.find("nl");
    CHECK(nl.day(std::chrono::year{2026} / 3 / 29) == "zondag 29 maart 2026");
    CHECK(nl.day(std::chrono::year{2026} / 10 / 25) == "zondag 25 oktober 2026");
    CHECK(nl.day(std::chrono::year{2028} / 2 / 29) == "dinsdag 29 februari 2028");
    CHECK(nl.time({.day = std::chrono::year{2026} / 12 / 31, .hour = 23, .minute = 59}) ==
          "donderdag 31 december 2026, 23:59");
    CHECK(nl.time({.day = std::chrono::year{2027} / 1 / 1}) == "vrijdag 1 januari 2027, 00:00");
}

TEST_CASE("a language is called what its speakers call it, also without a catalogue") {
    const std::pair<const char*, const char*> names[] = {{"nl", "Nederlands"},
                                                         {"pl", "polski"},
                                                         {"ar", "العربية"},
                                                         {"ti", "ትግርኛ"},
                                                         {"fa", "فارسی"},
                                                         {"pap", "Papiamentu"},
                                                         {"zh-Hans", "中文（简体）"},
                                                         {"pt-BR", "português (Brasil)"}};
    for (const auto& [code, name] : names) CHECK(lang::name_in_itself(code) == name);
    for (const auto* unknown : {"", "xx", "zz-yy", "no code", "nl_NL_", "\xff"})
        CHECK(lang::name_in_itself(unknown) == unknown);
}

TEST_CASE("a catalogue that cannot be read stops the start with a sentence") {
    std::string unhashed = dutch;
    unhashed.replace(20, 4, 4, '\0');
    std::string beyond = dutch;
    beyond.replace(16, 4, 4, '\x7f');  // its translations are said to stand far behind its end
    const std::string sideways = mo(two_forms, {{"direction of writing: ltr or rtl", "ltr", "", {"down"}}});
    for (const std::string& bad :
         {std::string(), dutch.substr(0, 27), "x" + dutch, unhashed, beyond, sideways}) {
        const auto languages =
            lang::languages::load(std::vector<lang::catalogue>{{"en", english}, {"nl", bad}});
        REQUIRE_FALSE(languages);
        CHECK(languages.error().find("the catalogue of nl ") == 0);
    }
    CHECK_FALSE(lang::languages::load({}));
}

TEST_CASE("a visitor gets the language that fits best, and the first where none does") {
    const auto languages = three();
    CHECK(languages.best("ar-SY, en;q=0.5").code() == "ar");
    CHECK(languages.best("de, EN-gb;q=0.5").code() == "en");
    for (const auto* strange : {"pl", "vi", "de", "de-AT, fr;q=0.5", "pl, *;q=0.1"})
        CHECK(languages.best(strange).code() == "en");
    for (const auto* either : {"*", "nl", "de, nl;q=0.1", "pl, en;q=0", "en;q=0", ";;,"})
        CHECK(languages.best(either).code() == "nl");
    CHECK(languages.best("").code() == "nl");
}

TEST_CASE("a catalogue says whether it has a text in its context") {
    const auto all = loaded({{"nl", dutch}});
    const auto& nl = all.all().front();
    CHECK(nl.has("button", "Close"));
    CHECK_FALSE(nl.has("button", "Open"));
    CHECK_FALSE(nl.has("other", "Close"));
    CHECK(nl.text("other", "Close") == "Close");
}
