// Every text here is an English phrase that catalogues translate; short sentences, level B1. The contexts
// tell a translator what kind of text it is.
#include "server/pages/questions.hpp"

#include <algorithm>

namespace pages {
namespace {

using lang::phrase;

constexpr std::size_t note_bytes = 20'000, story_bytes = 200'000;
constexpr auto beside = row::beside;

constexpr choice who_choices[] = {
    {"slachtoffer", phrase{"choice", "It is about me"}},
    {"burger", phrase{"choice", "I saw, heard or suspect something"}},
    {"professional", phrase{"choice", "I noticed it at work"}},
};
constexpr choice age_choices[] = {
    {"ja", phrase{"choice, age", "Yes"}},
    {"nee", phrase{"choice, age", "No"}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice form_choices[] = {
    {"seksueel", phrase{"choice, forced into", "Sex, also pictures or films"}},
    {"arbeid", phrase{"choice, forced into", "Work, also for too little pay"}},
    {"crimineel", phrase{"choice, forced into", "Crime, also lending a bank card"}},
    {"dienstverlening", phrase{"choice, forced into", "Begging, selling or housework"}},
    {"huwelijk", phrase{"choice, forced into", "Marriage"}},
    {"orgaan", phrase{"choice, forced into", "Giving an organ"}},
    {"draagmoederschap", phrase{"choice, forced into", "Carrying a child for others"}},
    {"adoptie", phrase{"choice, forced into", "Adoption for money"}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice urgent_choices[] = {
    {"ja", phrase{"choice", "No, somebody may be hurt or taken away"}},
};
constexpr choice place_choices[] = {
    {"plaats", phrase{"choice, where", "Town or village"}},
    {"luchthaven", phrase{"choice, where", "Airport"}},
    {"haven", phrase{"choice, where", "Port"}},
    {"grens", phrase{"choice, where", "Border"}},
    {"online", phrase{"choice, where", "Only online"}},
    {"anders", phrase{"choice, where", "Elsewhere"}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice wish_choices[] = {
    {"hulp", phrase{"choice", "Help"}},
    {"gesprek", phrase{"choice", "A talk"}},
    {"aangifte", phrase{"choice", "To file a criminal complaint (aangifte)"},
     phrase{"choice hint", "You can still decide later."}},
    {"alleen-melden", phrase{"choice", "Only to tell this"}},
};
constexpr choice police_choices[] = {
    {"ja", phrase{"choice, police", "Yes"}},
    {"liever-niet", phrase{"choice, police", "Rather not"}},
    {"weet-niet", phrase{"choice", "I do not know"}},
};
// An answer that says nothing: who pressed a button of a row by mistake gets out of it.
constexpr choice rather_not_say{"", phrase{"choice", "I would rather not say"}};
constexpr choice profession_choices[] = {
    {"zorg", phrase{"choice, profession", "Care or shelter"}},
    {"onderwijs", phrase{"choice, profession", "Education"}},
    {"gemeente", phrase{"choice, profession", "Municipality"}},
    {"inspectie", phrase{"choice, profession", "Inspectorate"}},
    {"politie", phrase{"choice, profession", "Police or border police"}},
    {"horeca", phrase{"choice, profession", "Hotel, bar or restaurant"}},
    {"jeugd", phrase{"choice, profession", "Youth care or youth work"}},
    {"anders", phrase{"choice, profession", "Another profession"}},
    rather_not_say,
};
constexpr choice consent_choices[] = {
    {"ja", phrase{"choice, consent", "Yes"}},
    {"nee", phrase{"choice, consent", "No"}},
    {"niet-gevraagd", phrase{"choice, consent", "Not asked, or not safe to ask"}},
    rather_not_say,
};
constexpr choice secrecy_choices[] = {
    {"ja", phrase{"choice, secrecy", "Yes"}},
    {"nee", phrase{"choice, secrecy", "No"}},
    {"weet-niet", phrase{"choice", "I do not know"}},
};
constexpr choice ground_choices[] = {
    {"toestemming", phrase{"choice, ground", "Consent of the person concerned"}},
    {"wettelijke-plicht", phrase{"choice, ground", "A duty to report by law"}},
    {"meldrecht", phrase{"choice, ground", "A right to report by law"}},
    {"vitaal-belang", phrase{"choice, ground", "To protect somebody's life or health"}},
    {"publieke-taak", phrase{"choice, ground", "A task in the public interest"}},
    {"meldcode", phrase{"choice, ground", "The reporting code on domestic violence and child abuse"}},
    {"conflict-van-plichten", phrase{"choice, ground", "A conflict of duties"}},
    {"anders", phrase{"choice, ground", "Another ground"}},
    {"", phrase{"choice", "I do not know"}},
};

constexpr question begin_questions[] = {
    {"rol", input::one_of, {phrase{"question", "Who is this about?"}}, {}, who_choices, true},
    {"minderjarig",
     input::one_of,
     {phrase{"question", "Is the person it happens to under 18?"}},
     {},
     age_choices,
     true,
     beside},
};
constexpr question kind_questions[] = {
    {"vorm",
     input::some_of,
     {phrase{"question", "What is somebody forced into, or exploited for?"},
      phrase{"hint", "You can choose more than one."}},
     {phrase{"question, to a victim", "What are you forced into, or exploited for?"},
      phrase{"hint", "You can choose more than one."}},
     form_choices,
     true},
    {"spoed", input::some_of, {phrase{"question", "Can it wait a few days?"}}, {}, urgent_choices},
};
constexpr question where_questions[] = {
    {"plek", input::one_of, {phrase{"question", "Where does it happen?"}}, {}, place_choices, false, beside},
    {"plaats",
     input::line,
     {phrase{"question", "Postcode or place"}, phrase{"hint", "This decides who gets it."}}},
};
constexpr question what_questions[] = {
    {"wat",
     input::area,
     {phrase{"question", "What did you see or hear?"},
      phrase{"hint", "Write names and streets too, if you know them. Any language is fine."}},
     {phrase{"question, to a victim", "What is happening?"},
      phrase{"hint, to a victim",
             "Write only what you want to share: a name or a street too, if you know it. Any language is "
             "fine."}},
     {},
     true,
     {},
     story_bytes},
};
constexpr question more_questions[] = {
    {"wie",
     input::area,
     {phrase{"question", "People: names, what they look like"}},
     {phrase{"question, to a victim", "Who does this? Names, what they look like"}},
     {},
     false,
     {},
     note_bytes},
    {"waar",
     input::area,
     {phrase{"question", "Exact place: address, business, room"}},
     {},
     {},
     false,
     {},
     note_bytes},
    {"wanneer",
     input::area,
     {phrase{"question", "Days and times, since when"}},
     {},
     {},
     false,
     {},
     note_bytes},
    {"voertuigen",
     input::area,
     {phrase{"question", "Vehicles: number plate, make, colour"}},
     {},
     {},
     false,
     {},
     note_bytes},
    {"online",
     input::area,
     {phrase{"question", "Online: accounts, advertisements"}},
     {},
     {},
     false,
     {},
     note_bytes},
};
constexpr question contact_questions[] = {
    {"naam", input::line, {phrase{"question", "Your name, or a name you choose"}}},
    {"telefoon", input::telephone, {phrase{"question", "Phone number"}}},
    {"email", input::mail, {phrase{"question", "Email address"}}},
    {"veilig",
     input::area,
     {phrase{"question", "When and how are you safe to reach?"}},
     {},
     {},
     false,
     {},
     note_bytes},
};
constexpr question wish_questions[] = {
    {"wens", input::some_of, {phrase{"question", "What do you want?"}}, {}, wish_choices},
    {"politie",
     input::one_of,
     {phrase{"question", "May the police read this?"},
      phrase{"hint", "If a life is in danger, an organisation may still tell the police."}},
     {},
     police_choices,
     false,
     beside},
};
constexpr question work_questions[] = {
    {"functie", input::one_of, {phrase{"question", "Where do you work?"}}, {}, profession_choices},
    {"organisatie", input::line, {phrase{"question", "Name of your organisation"}}},
    {"toestemming",
     input::one_of,
     {phrase{"question", "Does the person concerned agree to this report?"}},
     {},
     consent_choices,
     false,
     beside},
    {"beroepsgeheim",
     input::one_of,
     {phrase{"question", "Are you bound by professional secrecy?"}},
     {},
     secrecy_choices,
     false,
     beside},
    {"grondslag",
     input::one_of,
     {phrase{"question", "On what ground do you share this?"}},
     {},
     ground_choices},
};

constexpr group all_groups[] = {
    {{}, {}, page::begin, audience::everyone, false, begin_questions},
    {{}, {}, page::form, audience::everyone, false, what_questions},
    {{}, {}, page::form, audience::everyone, false, where_questions},
    {{}, {}, page::form, audience::everyone, false, kind_questions},
    {phrase{"group", "More that you know"}, {}, page::form, audience::everyone, true, more_questions},
    {phrase{"group", "Your work"}, {}, page::form, audience::professional, false, work_questions},
    {phrase{"group", "How to reach you"},
     phrase{"group hint", "After you send, you get a code to read the answer without your name."}, page::form,
     audience::everyone, true, contact_questions,
     phrase{"group hint",
            "Without this nobody can answer you. Give a number or address that only you can see and hear."}},
    {{}, {}, page::form, audience::everyone, false, wish_questions},
};

}  // namespace

const question* questionnaire::find(std::string_view name) const {
    for (const auto& group : groups)
        for (const auto& question : group.questions)
            if (question.name == name) return &question;
    return nullptr;
}

const questionnaire& report_questions() {
    static constexpr questionnaire all{all_groups};
    return all;
}

const choice* find_choice(const question& question, std::string_view code) {
    auto at = std::ranges::find(question.choices, code, &choice::code);
    return at == question.choices.end() ? nullptr : &*at;
}

}  // namespace pages
