// The file of the hours with one thing wrong in a right one at a time, and with several.
#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/guide/hours.hpp"

using hours::directory;
using hours::right;

namespace {

// "/standaard/tijden: sentence" of every fault, in order.
std::vector<std::string> faults(const std::string& text) {
    const directory here(text);
    const auto read = guide::staffing::load(here.path());
    std::vector<std::string> out;
    if (read) return out;
    for (const auto& fault : read.error()) {
        CHECK(fault.file == (here.path() / "bezetting.json").string());
        CHECK((fault.line > 0 && fault.line <= 1 + static_cast<std::size_t>(std::ranges::count(text, '\n'))));
        CHECK_FALSE(fault.sentence.ends_with('.'));
        out.push_back(fault.sentence);
    }
    return out;
}

std::string with(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("not in the file: " + what);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("one thing wrong with the hours is one fault, by its place") {
    struct wrong {
        std::string what, by, says;
    };
    const std::string no_time = "/standaard/tijden/0/van: This must be a time from 00:00 to 23:59";
    const std::string no_end = "/standaard/tijden/0/tot: This must be a time from 00:01 to 24:00";
    const auto one = GENERATE_COPY(values<wrong>({
        {R"("versie": 1)", R"("versie": 2)", "/versie: This must be 1"},
        {R"("versie": 1)", R"("versie": "1")", "/versie: This member must be a whole number"},
        {R"("versie": 1,)", "", "/versie: This member is required"},
        {R"("versie": 1)", R"("versie": 1, "bron": "x")", "/bron: This member is not known"},
        {R"("standaard": {)", R"("standaart": {)", "/standaard: This member is required"},
        {R"("loketten": {)", R"("loketten": [], "x": {)", "/loketten: This member must be an object"},
        {"09:00", "9:00", no_time},
        {"09:00", "09.00", no_time},
        {"09:00", "24:00", no_time},
        {"09:00", "08:60", no_time},
        {"09:00", "0a:00", no_time},
        {"09:00", " 9:00", no_time},
        {"09:00", "", no_time},
        {"17:00", "24:01", no_end},
        {"17:00", "00:00", no_end},
        {"17:00", "99:00", no_end},
        {"17:00", "17:00:00", no_end},
        {"17:00", "09:00",
         "/standaard/tijden/0/tot: This must be later than van; hours over midnight are two spans"},
        {R"("09:00")", "9", "/standaard/tijden/0/van: This member must be a text"},
        {R"("van": "09:00",)", "", "/standaard/tijden/0/van: This member is required"},
        {R"("van": "09:00")", R"("van": "09:00", "op": 1)",
         "/standaard/tijden/0/op: This member is not known"},
        {"[1, 2, 3, 4, 5]", "[]", "/standaard/tijden/0/dagen: At least one weekday must be named"},
        {"[1, 2, 3, 4, 5]", "5", "/standaard/tijden/0/dagen: This member must be an array"},
        {"[1, 2, 3, 4, 5]", "[1, 2, 2]", "/standaard/tijden/0/dagen/2: Weekday 2 is here twice"},
        {"[1, 2, 3, 4, 5]", "[1, 0]",
         "/standaard/tijden/0/dagen/1: A weekday must be 1 (Monday) to 7 (Sunday)"},
        {"[1, 2, 3, 4, 5]", "[8]", "/standaard/tijden/0/dagen/0: A weekday must be 1 (Monday) to 7 (Sunday)"},
        {"[1, 2, 3, 4, 5]", R"(["ma"])",
         "/standaard/tijden/0/dagen/0: A weekday must be 1 (Monday) to 7 (Sunday)"},
        {R"([{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}])", "[]",
         "/standaard/tijden: A desk must have hours: nobody could say when a report is read"},
        {R"([{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}])", R"(["09:00"])",
         "/standaard/tijden/0: Hours must be an object"},
        {R"("17:00"}])", R"("17:00"}, {"dagen": [5, 6, 1], "van": "16:59", "tot": "18:00"}])",
         "/standaard/tijden/1: These hours overlap with hours before them on weekday 5, 1"},
        {R"("17:00"}])", R"("17:00"}, {"dagen": [2], "van": "10:00", "tot": "11:00"}])",
         "/standaard/tijden/1: These hours overlap with hours before them on weekday 2"},
        {R"("17:00"}])", R"("17:00"}, {"dagen": [2], "van": "00:00", "tot": "24:00"}])",
         "/standaard/tijden/1: These hours overlap with hours before them on weekday 2"},
        {R"("feestdagen": false, )", "", "/standaard/feestdagen: This member is required"},
        {R"("feestdagen": false)", R"("feestdagen": 0)",
         "/standaard/feestdagen: This member must be true or false"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": 31)",
         "/standaard/antwoordWerkdagen: This must be 0 to 30"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": -1)",
         "/standaard/antwoordWerkdagen: This must be 0 to 30"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": null)",
         "/standaard/antwoordWerkdagen: This member must be a whole number"},
        {R"("tot": "2027-06-30", )", "", "/loketten/avond/uitzonderingen/tot: This member is required"},
        {R"("tot": "2027-06-30")", R"("tot": "2027-06-31")",
         "/loketten/avond/uitzonderingen/tot: This must be a day as YYYY-MM-DD"},
        {R"("tot": "2027-06-30")", R"("tot": "2027-03-28")",
         "/loketten/avond/uitzonderingen/dagen/2/dag: This day is later than tot, until when the list is "
         "kept"},
        {R"("2027-02-16")", R"("2027-02-10")",
         "/loketten/avond/uitzonderingen/dagen/1/dag: The day 2027-02-10 is here twice"},
        {R"({"dag": "2027-02-10", "tijden": []})", R"({"dag": "2027-02-10"})",
         "/loketten/avond/uitzonderingen/dagen/0/tijden: This member is required"},
        {R"({"dag": "2027-02-10", "tijden": []})", R"("2027-02-10")",
         "/loketten/avond/uitzonderingen/dagen/0: A day must be an object"},
        {R"({"van": "20:00", "tot": "22:00"})", R"({"van": "22:00", "tot": "20:00"})",
         "/loketten/avond/uitzonderingen/dagen/1/tijden/0/tot: This must be later than van"},
        {R"({"van": "20:00", "tot": "22:00"})",
         R"({"van": "20:00", "tot": "22:00"}, {"van": "21:00", "tot": "23:00"})",
         "/loketten/avond/uitzonderingen/dagen/1/tijden/1: These hours overlap with hours before them"},
        {R"({"van": "20:00", "tot": "22:00"})", R"({"dagen": [2], "van": "20:00", "tot": "22:00"})",
         "/loketten/avond/uitzonderingen/dagen/1/tijden/0/dagen: This member is not known"},
        {R"("altijd")", R"("Altijd")",
         "/loketten/Altijd: This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)"},
        {R"("altijd")", R"("a/b~\n")",
         "/loketten/a~1b~0?: This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)"},
        {R"("loketten": {)", R"("loketten": {"zorg": null,)", "/loketten/zorg: A desk must be an object"},
        {"{\n", "[{\n", "column 2: it ends too early: a quote, bracket or brace is not closed"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": 2.0)",
         "column 62: this number is not a whole one below 9007199254740992; write it so, or as a text in "
         "quotes"},
        {R"("versie": 1)", R"("versie": 1, "versie": 1)",
         "column 23: a name is used twice in one object; keep one of them"},
    }));
    INFO(one.what << " → " << one.by);
    auto expected = std::vector<std::string>{one.says};
    if (one.by.starts_with(R"("standaart")")) expected.emplace_back("/standaart: This member is not known");
    if (one.by.starts_with(R"("loketten": [])")) expected.emplace_back("/x: This member is not known");
    CHECK(faults(with(right, one.what, one.by)) == expected);
}

TEST_CASE("a file that is not there, or holds something else, is one fault") {
    const auto nowhere = guide::staffing::load("/nowhere/at/all");
    REQUIRE_FALSE(nowhere);
    REQUIRE(nowhere.error().size() == 1);
    CHECK(guide::text(nowhere.error()[0]) ==
          "/nowhere/at/all/bezetting.json: the file is missing or cannot be read");
    CHECK(faults("[]") == std::vector<std::string>{"the file must hold one object"});
    CHECK(faults("").size() == 1);
    CHECK(faults("{}").size() == 3);
}

TEST_CASE("all faults of the hours are named at once, in the order of the file") {
    auto text = with(right, R"("versie": 1)", R"("versie": 3)");
    text = with(text, "09:00", "9");
    text = with(text, "17:00", "25:00");
    text = with(text, R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": 99)");
    text = with(text, R"("altijd")", R"("ALTIJD")");
    text = with(text, R"("feestdagen": true, "antwoordWerkdagen": 0)", R"("antwoordWerkdagen": 0)");
    CHECK(faults(text) ==
          std::vector<std::string>{
              "/versie: This must be 1",
              "/standaard/tijden/0/van: This must be a time from 00:00 to 23:59",
              "/standaard/tijden/0/tot: This must be a time from 00:01 to 24:00",
              "/standaard/antwoordWerkdagen: This must be 0 to 30",
              "/loketten/ALTIJD: This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)",
              "/loketten/ALTIJD/feestdagen: This member is required",
          });
}
