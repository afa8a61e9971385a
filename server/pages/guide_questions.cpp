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
constexpr choice form_choices[] = {
    {"seksueel", phrase{"choice", "Sex"},
     phrase{"choice hint",
            "Being made to have sex, to do sex work, or to send pictures or films. Also online."}},
    {"arbeid", phrase{"choice", "Work"},
     phrase{"choice hint",
            "Working under pressure, long days, little or no pay, bad housing, no passport of one's own."}},
    {"crimineel", phrase{"choice", "Crime"},
     phrase{"choice hint",
            "Being made to steal, carry drugs, lend out a bank account, or do other forbidden things."}},
    {"dienstverlening", phrase{"choice", "Begging or services"}},
    {"huwelijk", phrase{"choice", "Marriage"}},
    {"orgaan", phrase{"choice", "An organ"}},
    {"draagmoederschap", phrase{"choice", "Surrogacy"}},
    {"adoptie", phrase{"choice", "Adoption"}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice age_choices[] = {
    {"ja", phrase{"choice, age", "Yes, under 18"}},
    {"nee", phrase{"choice, age", "No, 18 or older"}},
    {"onbekend", phrase{"choice", "I do not know"}},
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

constexpr question where_place[] = {
    {"acuut", input::one_of, {phrase{"question", "Is somebody in danger now?"}}, {}, danger_choices, true},
    {"ik-ben", input::one_of, {phrase{"question", "Who are you?"}}, {}, role_choices, true},
    {"zie", input::one_of, {phrase{"question", "What do you think it is about?"}}, {}, form_choices, true},
    {"minderjarig",
     input::one_of,
     {phrase{"question", "Is somebody under 18 involved?"},
      phrase{"hint", "If it is about you: are you under 18?"}},
     {},
     age_choices,
     true},
    {"plaats",
     input::line,
     {phrase{"question", "Postcode, town or municipality"},
      phrase{"hint", "Where it happens. If you do not know it, leave this empty."}}},
};
constexpr question help_about[] = {
    {"situatie",
     input::some_of,
     {phrase{"question", "What fits you?"},
      phrase{"hint", "You may choose more than one, or nothing: then you see everybody who helps."}},
     {},
     situation_choices},
    {"plaats",
     input::line,
     {phrase{"question", "Postcode, town or municipality"},
      phrase{"hint", "Where you want to find help. You may leave this empty."}}},
};

constexpr group where_groups[] = {
    {phrase{"group", "Five short questions"}, {}, page::begin, audience::everyone, false, where_place}};
constexpr group help_groups[] = {
    {phrase{"group", "Two short questions"}, {}, page::begin, audience::everyone, false, help_about}};

}  // namespace

const questionnaire& where_questions() {
    static constexpr questionnaire all{where_groups};
    return all;
}

const questionnaire& help_questions() {
    static constexpr questionnaire all{help_groups};
    return all;
}

}  // namespace pages
