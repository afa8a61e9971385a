#include "server/pages/guide_questions.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr choice role_choices[] = {
    {"slachtoffer", phrase{"choice", "It happens to me"}},
    {"burger", phrase{"choice", "I saw or heard something"}},
    {"zorg", phrase{"choice, profession", "Care or shelter"}},
    {"onderwijs", phrase{"choice, profession", "Education"}},
    {"jeugd", phrase{"choice, profession", "Youth care or youth work"}},
    {"gemeente", phrase{"choice, profession", "Municipality"}},
    {"inspectie", phrase{"choice, profession", "Inspectorate"}},
    {"politie", phrase{"choice, profession", "Police or border police"}},
    {"horeca", phrase{"choice, profession", "Hotel, bar or restaurant"}},
    {"anders", phrase{"choice, profession", "Another profession"}},
};
constexpr choice danger_choices[] = {
    {"ja", phrase{"choice, danger", "Yes"}},
    {"nee", phrase{"choice, danger", "No, or I do not know"}},
};
constexpr choice situation_choices[] = {
    {"volwassen", phrase{"choice, situation", "I am 18 or older"}},
    {"minderjarig", phrase{"choice, situation", "I am under 18"}},
    {"met-kinderen", phrase{"choice, situation", "I have children with me"}},
    {"buitenlands", phrase{"choice, situation", "I come from another country"}},
    {"zonder-papieren", phrase{"choice, situation", "I have no residence papers"}},
    {"dokter", phrase{"choice, situation", "I need a doctor now"}},
};

// What both forms ask has the same answers.
std::span<const choice> choices_of(std::string_view name) { return report_questions().find(name)->choices; }

}  // namespace

const questionnaire& where_questions() {
    static const question questions[] = {
        {"acuut",
         input::one_of,
         {phrase{"question", "Is somebody in danger now?"},
          phrase{"hint", "Also if somebody is about to be taken away, or has to leave the country."}},
         {},
         danger_choices,
         true},
        {"ik-ben", input::one_of, {phrase{"question", "Who are you?"}}, {}, role_choices, true},
        {"zie",
         input::one_of,
         {phrase{"question", "What is somebody forced into, or exploited for?"}},
         {},
         choices_of("vorm"),
         true},
        {"minderjarig",
         input::one_of,
         {phrase{"question", "Is somebody under 18 involved?"},
          phrase{"hint", "If it is about you: are you under 18?"}},
         {},
         choices_of("minderjarig"),
         true},
        {"plaats",
         input::line,
         {phrase{"question", "Postcode, town or municipality"},
          phrase{"hint", "Where it happens. If you do not know it, leave this empty."}}},
    };
    static const group groups[] = {
        {phrase{"group", "Five short questions"}, {}, page::begin, audience::everyone, false, questions}};
    static const questionnaire all{groups};
    return all;
}

const questionnaire& help_questions() {
    static const question questions[] = {
        {"situatie",
         input::some_of,
         {phrase{"question", "What is true for you?"},
          phrase{"hint",
                 "You may choose more than one. If you choose nothing, you see everybody who helps."}},
         {},
         situation_choices},
        {"plaats",
         input::line,
         {phrase{"question", "Postcode, town or municipality"},
          phrase{"hint", "Where you want to find help. You may leave this empty."}}},
    };
    static const group groups[] = {
        {phrase{"group", "Two short questions"}, {}, page::begin, audience::everyone, false, questions}};
    static const questionnaire all{groups};
    return all;
}

}  // namespace pages
