#include "server/pages/answers.hpp"

#include <algorithm>

#include "base/text/signs.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase choose{"fault", "Choose an answer. You can also choose that you do not know."};
constexpr phrase choose_one{"fault", "Choose an answer."};
constexpr phrase write{"fault", "Write something here, in your own words. One sentence is enough."};
constexpr phrase not_listed{"fault", "This answer is not one of those shown. Choose again."};
constexpr phrase twice{"fault", "We received two different answers here. Check that the one shown is right."};
constexpr phrase too_long{"fault", "This text is too long. Shorten it to about {most} characters."};
constexpr phrase unreadable{
    "fault",
    "We could not read some characters, so they are question marks now. Check that the text is still right."};

// About how many characters of a text like this one fit into so many bytes; in tens, as people count.
std::size_t characters_in(std::string_view text, std::size_t bytes) {
    const auto characters = static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
    return bytes * characters / text.size() / 10 * 10;
}

bool is_text(const question& question) {
    return question.how != input::one_of && question.how != input::some_of;
}

}  // namespace

bool maybe_sexual(const answers& given) {
    constexpr std::string_view forms[] = {"seksueel", "huwelijk", "dienstverlening", "onbekend"};
    return std::ranges::any_of(forms, [&](auto form) { return given.chose("vorm", form); });
}

bool can_be_reached(const answers& given, bool mailbox) {
    return (mailbox && given.text("terugweg") != "nee") || !base::blank(given.text("telefoon")) ||
           !base::blank(given.text("email"));
}

bool answers::chose(std::string_view name, std::string_view code) const {
    return std::ranges::any_of(form_.fields(),
                               [&](const auto& field) { return field.name == name && field.value == code; });
}

bool answers::answered(const question& question) const {
    return std::ranges::any_of(form_.fields(), [&](const auto& field) {
        return field.name == question.name && !base::blank(field.value);
    });
}

bool answers::asked(const group& group) const {
    return group.who == audience::everyone || text("rol") == "professional";
}

const wording& answers::words(const question& question) const {
    return self() && !question.asked_self.label.text.empty() ? question.asked_self : question.asked;
}

void answers::judge(const question& question, faults& found) const {
    const auto* first = form_.first(question.name);
    if (question.required && !answered(question)) {
        const bool may_not_know = find_choice(question, "onbekend") != nullptr;
        found.push_back({question.name, is_text(question) ? write : may_not_know ? choose : choose_one});
        return;
    }
    bool differs = false, unknown = false, repaired = false;
    for (const auto& field : form_.fields()) {
        if (field.name != question.name) continue;
        differs = differs || (question.how != input::some_of && field.value != first->value);
        unknown =
            unknown || (!is_text(question) && !field.value.empty() && !find_choice(question, field.value));
        repaired = repaired || field.repaired;
    }
    if (unknown) found.push_back({question.name, not_listed});
    if (differs) found.push_back({question.name, twice});
    if (is_text(question) && repaired) found.push_back({question.name, unreadable});
    if (is_text(question) && first && first->value.size() > question.most_bytes)
        found.push_back({question.name, too_long, characters_in(first->value, question.most_bytes)});
}

faults answers::judge(page page) const {
    faults found;
    for (const auto& group : asked_.groups)
        if (group.where == page && asked(group))
            for (const auto& question : group.questions) judge(question, found);
    return found;
}

}  // namespace pages
