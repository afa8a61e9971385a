// The table of questions, held against the closed lists of the report and against the document that the
// answers make.
#include "server/pages/questions.hpp"

#include <set>

#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/json.hpp"
#include "server/pages/draft.hpp"
#include "tests/checkout.hpp"
#include "tests/unit/api/sources.hpp"
#include "tests/unit/pages/typed.hpp"

namespace {

using codes = std::set<std::string>;

codes choices(std::string_view name) {
    codes out;
    for (const auto& one : pages::report_questions().find(name)->choices) CHECK(out.emplace(one.code).second);
    return out;
}
template <std::size_t N>
codes list(const std::array<std::string_view, N>& all) {
    return {all.begin(), all.end()};
}
codes published(const char* name) {
    static const auto read =
        boost::json::parse(sources::text(std::filesystem::path(checkout::schema) / "codes.json"));
    codes out;
    for (const auto& one : read.at(name).as_array()) out.emplace(one.at("code").as_string().c_str());
    return out;
}

std::vector<const pages::question*> all() {
    std::vector<const pages::question*> out;
    for (const auto& group : pages::report_questions().groups)
        for (const auto& question : group.questions) out.push_back(&question);
    return out;
}

std::string document(const typed::fields& given) {
    const auto form = typed::form(given);
    const auto made = pages::draft(pages::answers(form), {}, "en");
    REQUIRE(made);
    return protocol::to_text(made->members());
}

}  // namespace

TEST_CASE("questions: no name twice, every one found by it, and none that the page keeps for itself") {
    std::set<std::string_view> names;
    for (const auto* one : all()) {
        CAPTURE(one->name);
        CHECK(names.insert(one->name).second);
        CHECK(pages::report_questions().find(one->name) == one);
        const bool choice = one->how == pages::input::one_of || one->how == pages::input::some_of;
        CHECK(choice == !one->choices.empty());
        CHECK_FALSE(one->asked.label.text.empty());
        CHECK_FALSE(one->asked.label.context.empty());
    }
    CHECK(pages::report_questions().find("") == nullptr);
    CHECK(pages::report_questions().find("Wat") == nullptr);
    for (const auto* own : {"stap", "nummer", "zaad", "herkomst", "lezers", "haast", "zonder", "zonder-erbij",
                            "zonder-weg", "terugweg", "gemeente", "gemeente-bij"})
        CHECK_FALSE(names.contains(own));
}

TEST_CASE("questions: the choices are the codes of the report, no more and no fewer") {
    codes roles, professions = list(protocol::codes::rol);
    for (auto code : protocol::codes::rol) roles.emplace(protocol::codes::report_role(code));
    CHECK(choices("rol") == roles);
    for (const auto* own : {"burger", "slachtoffer"}) professions.erase(own);
    professions.emplace("");  // rather not say: nothing
    CHECK(choices("functie") == professions);
    CHECK(choices("vorm") == list(protocol::codes::vorm));
    CHECK(choices("vorm") == published("vorm"));
    CHECK(choices("minderjarig") == list(protocol::codes::minderjarig));
    CHECK(choices("politie") == list(protocol::codes::politie));
    CHECK(choices("wens") == list(protocol::codes::wens));
    auto consent = list(protocol::codes::toestemming), grounds = published("gronden");
    consent.emplace("");
    grounds.emplace("");
    CHECK(choices("toestemming") == consent);
    CHECK(choices("grondslag") == grounds);
    auto places = list(protocol::codes::plek);
    for (const auto* other : {"plaats", "online", "onbekend"}) places.emplace(other);
    CHECK(choices("plek") == places);
    CHECK(choices("beroepsgeheim") == codes{"ja", "nee", "weet-niet"});
    CHECK(choices("spoed") == codes{"ja"});
}

TEST_CASE("questions: what is asked arrives: every text, and every choice where it says something") {
    typed::fields given = typed::full_at_work();
    for (const auto* one : all())
        if (one->choices.empty())
            given = typed::with(given, std::string(one->name), fmt::format("<<{}>>", one->name));
    const auto base = document(given);
    // "Somewhere in a town" is said by the town; not knowing where, by leaving it empty.
    const std::set<std::string> unsaid{"plek=plaats", "plek=onbekend", "toestemming="};
    for (const auto* one : all()) {
        CAPTURE(one->name);
        const std::string name(one->name);
        if (one->choices.empty()) CHECK(base.contains(fmt::format("<<{}>>", one->name)));
        std::set<std::string> documents;
        std::size_t said = 0;
        for (const auto& choice : one->choices) {
            const std::string code(choice.code);
            const auto made = document(typed::with(given, name, code));
            if (unsaid.contains(name + "=" + code)) continue;
            documents.insert(made);
            ++said;
        }
        CHECK(documents.size() == said);
    }
}

TEST_CASE("questions: whoever pressed a button of a row by mistake gets out of it") {
    for (const auto* one : all()) {
        if (one->how != pages::input::one_of || one->required) continue;
        CAPTURE(one->name);
        const std::set<std::string_view> ways_out{"", "onbekend", "weet-niet"};
        CHECK(std::ranges::any_of(one->choices,
                                  [&](const auto& choice) { return ways_out.contains(choice.code); }));
    }
}

TEST_CASE("questions: the story comes first, then where, and a name or a street is asked for beside it") {
    std::vector<std::string_view> order;
    for (const auto& group : pages::report_questions().groups)
        if (group.where == pages::page::form) order.push_back(group.questions.front().name);
    CHECK(order == std::vector<std::string_view>{"wat", "plek", "vorm", "wie", "functie", "naam", "wens"});
    const auto& story = *pages::report_questions().find("wat");
    for (const auto& words : {story.asked, story.asked_self})
        for (const auto* named : {"name", "street", "if you know"}) CHECK(words.hint.text.contains(named));
}

TEST_CASE("questions: no answer is chosen beforehand for anybody, and none but two per page is required") {
    std::set<std::string_view> required;
    for (const auto* one : all())
        if (one->required) required.insert(one->name);
    CHECK(required == std::set<std::string_view>{"rol", "minderjarig", "vorm", "wat"});
}
