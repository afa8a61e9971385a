// Every text here is an English phrase that catalogues translate; short sentences, level B1. The contexts
// tell a translator what kind of text it is.
#include "server/pages/questions.hpp"

#include <algorithm>

namespace pages {
namespace {

using lang::phrase;

constexpr std::size_t note_bytes = 20'000, story_bytes = 200'000;

constexpr choice who_choices[] = {
    {"slachtoffer", phrase{"choice", "It is about me"}},
    {"burger", phrase{"choice", "I saw, heard or suspect something"}},
    {"professional", phrase{"choice", "I noticed it at work"},
     phrase{"choice hint", "For example in care, at a school or in a hotel."}},
};
constexpr choice age_choices[] = {
    {"ja", phrase{"choice, age", "Yes, under 18"}},
    {"nee", phrase{"choice, age", "No, 18 or older"}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice form_choices[] = {
    {"seksueel", phrase{"choice", "Forced sex or sex work"}, phrase{"choice hint", "Pictures or films too."}},
    {"arbeid", phrase{"choice", "Forced or unpaid work"},
     phrase{"choice hint", "Long days, little pay, bad housing, papers taken away."}},
    {"crimineel", phrase{"choice", "Forced to commit crimes"},
     phrase{"choice hint", "For example stealing, drugs, lending out a bank account."}},
    {"dienstverlening", phrase{"choice", "Forced to beg, sell things or work in a house"}},
    {"huwelijk", phrase{"choice", "Forced marriage"}},
    {"orgaan", phrase{"choice", "Pressed to give an organ"}},
    {"draagmoederschap", phrase{"choice", "Forced to carry a child for somebody else"}},
    {"adoptie", phrase{"choice", "A child given or taken for money"}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice urgent_choices[] = {
    {"ja", phrase{"choice", "Yes, it cannot wait"},
     phrase{"choice hint", "Somebody may be hurt, moved or taken abroad."}},
};
constexpr choice place_choices[] = {
    {"plaats", phrase{"choice, where", "In a town or village"}},
    {"luchthaven", phrase{"choice, where", "At an airport"}},
    {"haven", phrase{"choice, where", "In a port"}},
    {"grens", phrase{"choice, where", "At the border"}},
    {"online", phrase{"choice, where", "Only online"}},
    {"anders", phrase{"choice, where", "Somewhere else"},
     phrase{"choice hint", "For example on the road, or abroad."}},
    {"onbekend", phrase{"choice", "I do not know"}},
};
constexpr choice wish_choices[] = {
    {"hulp", phrase{"choice", "Help"},
     phrase{"choice hint", "For example a safe place, a doctor, help with papers."}},
    {"gesprek", phrase{"choice", "A talk"},
     phrase{"choice hint", "With somebody of the team. You do not have to do anything after it."}},
    {"aangifte", phrase{"choice", "To file a criminal complaint (aangifte)"},
     phrase{"choice hint", "This asks the police to investigate. You can still decide later."}},
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
    {"niet-gevraagd", phrase{"choice, consent", "Not asked"},
     phrase{"choice hint", "For example because asking was not safe."}},
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
     true},
};
constexpr question kind_questions[] = {
    {"vorm",
     input::some_of,
     {phrase{"question", "What do you think it is about?"}, phrase{"hint", "You may choose more than one."}},
     {phrase{"question, to a victim", "What is it about?"}, phrase{"hint", "You may choose more than one."}},
     form_choices,
     true},
    {"spoed",
     input::some_of,
     {phrase{"question", "Must somebody do something within a few days?"}},
     {},
     urgent_choices},
};
constexpr question where_questions[] = {
    {"plek", input::one_of, {phrase{"question", "Where does it happen?"}}, {}, place_choices},
    {"plaats",
     input::line,
     {phrase{"question", "Postcode, town or municipality"},
      phrase{"hint", "This decides who gets it. Leave it empty if you do not know."}}},
};
constexpr question what_questions[] = {
    {"wat",
     input::area,
     {phrase{"question", "What did you see or hear?"},
      phrase{"hint",
             "Do you know a name or a street? Write that too. You need no proof. Any language is fine."}},
     {phrase{"question, to a victim", "What is happening?"},
      phrase{
          "hint, to a victim",
          "Write what you want to share, no more. Do you know a name or a street? Write that too. You need "
          "no proof. Any language is fine."}},
     {},
     true,
     story_bytes},
};
constexpr question more_questions[] = {
    {"wie",
     input::area,
     {phrase{"question", "Who are the people?"},
      phrase{"hint", "Who does it, and who it happens to. Names, what they look like."}},
     {phrase{"question, to a victim", "Who does this?"}, phrase{"hint", "Names, what they look like."}},
     {},
     false,
     note_bytes},
    {"waar",
     input::area,
     {phrase{"question", "Exactly where?"}, phrase{"hint", "Address, business, room."}},
     {},
     {},
     false,
     note_bytes},
    {"wanneer",
     input::area,
     {phrase{"question", "When?"}, phrase{"hint", "Days, times, since when."}},
     {},
     {},
     false,
     note_bytes},
    {"voertuigen",
     input::area,
     {phrase{"question", "Vehicles"}, phrase{"hint", "Number plate, make, colour."}},
     {},
     {},
     false,
     note_bytes},
    {"online",
     input::area,
     {phrase{"question", "Online"}, phrase{"hint", "Accounts, advertisements, websites, phone numbers."}},
     {},
     {},
     false,
     note_bytes},
};
constexpr question contact_questions[] = {
    {"naam", input::line, {phrase{"question", "Your name, or a name you choose"}}},
    {"telefoon", input::telephone, {phrase{"question", "Phone number"}}},
    {"email", input::mail, {phrase{"question", "Email address"}}},
    {"veilig",
     input::area,
     {phrase{"question", "When and how is it safe to reach you?"},
      phrase{"hint", "For example: weekdays before noon, never leave a message."}},
     {},
     {},
     false,
     note_bytes},
};
constexpr question wish_questions[] = {
    {"wens",
     input::some_of,
     {phrase{"question", "What do you want to happen?"}, phrase{"hint", "You may choose more than one."}},
     {},
     wish_choices},
    {"politie",
     input::one_of,
     {phrase{"question", "May the police read this?"},
      phrase{
          "hint",
          "On the next page you can leave organisations out. Whatever you choose: when somebody's life is in "
          "danger, an organisation may still tell the police."}},
     {},
     police_choices},
};
constexpr question work_questions[] = {
    {"functie", input::one_of, {phrase{"question", "Where do you work?"}}, {}, profession_choices},
    {"organisatie", input::line, {phrase{"question", "Name of your organisation"}}},
    {"toestemming",
     input::one_of,
     {phrase{"question", "Does the person concerned agree to this report?"}},
     {},
     consent_choices},
    {"beroepsgeheim",
     input::one_of,
     {phrase{"question", "Are you bound by professional secrecy?"}},
     {},
     secrecy_choices},
    {"grondslag",
     input::one_of,
     {phrase{"question", "On what ground do you share this?"}},
     {},
     ground_choices},
};

constexpr group all_groups[] = {
    {phrase{"group", "Two questions first"}, {}, page::begin, audience::everyone, false, begin_questions},
    {phrase{"group", "In your own words"}, {}, page::form, audience::everyone, false, what_questions},
    {phrase{"group", "Where"}, {}, page::form, audience::everyone, false, where_questions},
    {phrase{"group", "What is going on"}, {}, page::form, audience::everyone, false, kind_questions},
    {phrase{"group", "More that you know"}, {}, page::form, audience::everyone, true, more_questions},
    {phrase{"group", "Your work"}, {}, page::form, audience::professional, false, work_questions},
    {phrase{"group", "How to reach you"},
     phrase{"group hint",
            "You can leave this empty. After you send, you get a code. With it you can read the answer "
            "without giving your name."},
     page::form, audience::everyone, true, contact_questions,
     phrase{"group hint",
            "You can leave this empty. Then nobody can answer you or ask you anything. Do you want an "
            "answer? Give a number or address that only you can see and hear."}},
    {phrase{"group", "What you want"}, {}, page::form, audience::everyone, false, wish_questions},
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
