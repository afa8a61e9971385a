// What is wrong with a form: all of it at once, in the order of the page, and nothing that is not.
#include "server/pages/answers.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/pages/typed.hpp"

using typed::and_also;
using typed::fields;
using typed::full_at_work;
using typed::least;
using typed::with;
using typed::without;

namespace {

// "name: first word of the sentence", behind "We" if that is how it begins; one a fault.
std::vector<std::string> faults(const http::form& form, pages::page page) {
    std::vector<std::string> out;
    for (const auto& one : pages::answers(form).judge(page)) {
        const auto sentence = one.sentence.text;
        CHECK(sentence.ends_with('.'));
        CHECK((one.most != 0) == sentence.contains("{most}"));
        const auto from = sentence.starts_with("We ") ? 3U : 0U;
        const auto word = sentence.substr(from, sentence.find(' ', from) - from);
        out.push_back(std::string(one.question) + ": " + std::string(word));
    }
    return out;
}
std::vector<std::string> faults(const fields& given, pages::page page = pages::page::form) {
    return faults(typed::form(given), page);
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("judge: what is required, and nothing else, must be there") {
    CHECK(faults(fields{}, pages::page::begin) == list{"rol: Choose", "minderjarig: Choose"});
    CHECK(faults(fields{}) == list{"wat: Write", "vorm: Choose"});
    CHECK(faults(least(), pages::page::begin).empty());
    CHECK(faults(least()).empty());
    CHECK(faults(full_at_work(), pages::page::begin).empty());
    CHECK(faults(full_at_work()).empty());
    // Nothing but blanks is nothing, also in a choice.
    for (const auto* unseen : {" \n\t\xe2\x80\x8b\xc2\xa0", "\u2003", "\u3164", "\u2800", "\ufeff", "\u200d"})
        CHECK(faults(with(least(), "wat", unseen)) == list{"wat: Write"});
    CHECK(faults(with(least(), "vorm", "")) == list{"vorm: Choose"});
}

TEST_CASE("judge: all faults at once, in the order of the page") {
    auto given = full_at_work();
    for (const auto* name : {"grondslag", "plek", "politie", "vorm", "spoed", "functie"})
        given = with(given, name, "iets");
    for (const auto* name : {"telefoon", "plaats"}) given = with(given, name, std::string(2001, 'x'));
    given = and_also(without(given, "wat"), "wie", "another");
    CHECK(faults(given) == list{"wat: Write", "plek: This", "plaats: This", "vorm: This", "spoed: This",
                                "wie: received", "functie: This", "grondslag: This", "telefoon: This",
                                "politie: This"});
}

TEST_CASE("judge: a code that is not in the list") {
    for (const auto* code : {"x", "Ja", "ja ", "'", "burger"}) {
        CAPTURE(code);
        CHECK(faults(with(least(), "minderjarig", code), pages::page::begin) == list{"minderjarig: This"});
        CHECK(faults(and_also(least(), "vorm", code)) == list{"vorm: This"});
        CHECK(faults(with(least(), "wens", code)) == list{"wens: This"});
    }
    CHECK(faults(with(least(), "rol", "zorg"), pages::page::begin) ==
          list{"rol: This"});  // a profession is no role
    // Nothing chosen, said by an empty field.
    CHECK(faults(with(with(least(), "politie", ""), "wens", "")).empty());
}

TEST_CASE(
    "judge: the same twice is once; two answers to one question are a fault, several of a list are not") {
    CHECK(faults(and_also(least(), "wat", least().back().second)).empty());
    CHECK(faults(and_also(least(), "wat", "something else")) == list{"wat: received"});
    CHECK(faults(and_also(least(), "rol", "slachtoffer"), pages::page::begin) == list{"rol: received"});
    CHECK(faults(and_also(with(least(), "politie", "ja"), "politie", "liever-niet")) ==
          list{"politie: received"});
    CHECK(faults(and_also(and_also(least(), "vorm", "orgaan"), "vorm", "orgaan")).empty());
    // Empty first, then an answer: what is shown is the first.
    CHECK(faults(and_also(with(least(), "wat", ""), "wat", "something")) == list{"wat: received"});
}

TEST_CASE("judge: signs that could not be read are told, wherever they were") {
    const auto parsed = [](std::string_view text) {
        return http::form::parse(http::wiping_bytes(text.begin(), text.end()), 100).value();
    };
    CHECK(faults(parsed("vorm=arbeid&wat=%FF&wie=a%00b"), pages::page::form) ==
          list{"wat: could", "wie: could"});
    CHECK(faults(parsed("vorm=arbeid&wat=a&wat=a%"), pages::page::form) ==
          list{"wat: received", "wat: could"});
    CHECK(faults(parsed("vorm=arbeid&wat=a&wie=%E2%80%AEgnp.exe"), pages::page::form).empty());  // any script
    CHECK(faults(parsed("vorm=arbei%FF&wat=a"), pages::page::form) == list{"vorm: This"});
}

TEST_CASE("judge: a text may be as long as its question says, and not a byte longer") {
    for (const auto& group : pages::report_questions().groups)
        for (const auto& question : group.questions) {
            if (!question.choices.empty()) continue;
            CAPTURE(question.name);
            const std::string name(question.name), most(question.most_bytes, 'x');
            const auto given = with(full_at_work(), name, most);
            CHECK(faults(given).empty());
            const auto form = typed::form(with(full_at_work(), name, most + "x"));
            const auto found = pages::answers(form).judge(pages::page::form);
            REQUIRE(found.size() == 1);
            CHECK(found[0].question == name);
            CHECK(found[0].most == question.most_bytes);
        }
}

TEST_CASE("judge: professional questions are judged for professionals only") {
    auto given = full_at_work();
    for (const auto* name : {"functie", "toestemming", "beroepsgeheim", "grondslag"})
        given = with(given, name, "iets");
    given = with(given, "organisatie", std::string(2001, 'x'));
    CHECK(faults(given).size() == 5);
    for (const auto* role : {"burger", "slachtoffer", "iets", ""})
        CHECK(faults(with(given, "rol", role)).empty());
}

TEST_CASE("answers: what was chosen, and in which words somebody is asked") {
    const auto form = typed::form(and_also(with(full_at_work(), "politie", "nooit"), "vorm", "nergens"));
    const pages::answers given(form);
    CHECK(given.text("politie") == "nooit");
    CHECK(given.chose("vorm", "arbeid"));
    CHECK_FALSE(given.chose("vorm", "orgaan"));
    CHECK_FALSE(given.self());
    CHECK_FALSE(given.minor());
    const auto& what = *pages::report_questions().find("wat");
    CHECK(&given.words(what) == &what.asked);
    const auto own = typed::form(with(with(least(), "rol", "slachtoffer"), "minderjarig", "ja"));
    CHECK(pages::answers(own).self());
    CHECK(pages::answers(own).minor());
    CHECK(&pages::answers(own).words(what) == &what.asked_self);
    const auto& where = *pages::report_questions().find("plek");
    CHECK(&pages::answers(own).words(where) == &where.asked);
}

TEST_CASE("answers: who can be reached: by the way back unless it was declined, by telephone, by e-mail") {
    const auto reached = [](const fields& given) {
        const auto form = typed::form(given);
        return pages::can_be_reached(pages::answers(form), true);
    };
    const auto without_mailbox = [](const fields& given) {
        const auto form = typed::form(given);
        return pages::can_be_reached(pages::answers(form), false);
    };
    const auto declined = with(least(), "terugweg", "nee");
    CHECK(reached(least()));
    CHECK_FALSE(reached(declined));
    CHECK_FALSE(reached(and_also(and_also(declined, "telefoon", " "), "naam", "M.")));
    CHECK(reached(and_also(declined, "telefoon", "0612345678")));
    CHECK(reached(and_also(declined, "email", "m@example.org")));
    CHECK_FALSE(without_mailbox(least()));
    CHECK_FALSE(without_mailbox(with(least(), "terugweg", "ja")));
    CHECK(without_mailbox(and_also(least(), "telefoon", "0612345678")));
}
