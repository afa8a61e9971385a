// What a person reads about a report file that is not strict JSON: what it is, and where.
#include "crypto/protocol/json_fault.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"
#include "crypto/protocol/report.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using namespace std::string_literals;

namespace {

std::string told(const std::string& written) {
    const auto fault = protocol::fault_of_json(written);
    CHECK(fault.has_value() == !protocol::parse_json(written).has_value());
    return fault ? text(*fault) : "taken";
}

std::string utf16(const std::string& ascii, bool big) {
    std::string out;
    for (const char c : ascii) out += big ? std::string{'\0', c} : std::string{c, '\0'};
    return out;
}

}  // namespace

TEST_CASE("each way to be no strict JSON has its name and its place") {
    const std::string draft = "{\n \"wat\": \"Zeven\",\n \"wie\": \"é\"\n}";
    CHECK(told(draft) == "taken");
    const struct {
        std::string text, says;
    } rows[] = {
        {"", "Line 1, column 1: it is empty."},
        {"\xef\xbb\xbf" + draft,
         "Line 1, column 1: it begins with a byte order mark; save it as UTF-8 without one."},
        {"\xff\xfe" + utf16(draft, false), "Line 1, column 1: it is UTF-16; save it as UTF-8."},
        {"\xfe\xff" + utf16(draft, true), "Line 1, column 1: it is UTF-16; save it as UTF-8."},
        {utf16("{}", false), "Line 1, column 1: it is UTF-16"},
        {utf16("{}", true), "Line 1, column 1: it is UTF-16"},
        {"{\"wat\":\n \"caf\xe9\"}", "Line 2, column 6: this is not UTF-8 but perhaps Latin-1"},
        {"{\"é\": \"\xed\xa0\x80\"}", "Line 1, column 8: this is not UTF-8"},
        {"{\"wat\": \"a\\u0000b\"}", "Line 1, column 11: \\u0000 has no place in a text"},
        {"{\"wat\": \"a\0b\"}"s, "Line 1, column 11: there is a NUL byte here"},
        {"{\"wat\": \"\\ud83d\"}", "Line 1, column 10: there is half a character here"},
        {"{\"wat\": \"\\ude00x\"}", "Line 1, column 10: there is half a character here"},
        {"{\"wat\": \"\\ud83d\\ud83d\\ude00\"}", "Line 1, column 10: there is half a character here"},
        {"{\"wat\": \"\\ud83d\\n\"}", "Line 1, column 10: there is half a character here"},
        {"{\"wat\": \"Zeven\n\"}", "Line 1, column 15: a text does not end on its line"},
        {"{\"wat: 1,\n\"a\": 2}", "Line 1, column 10: a text does not end on its line"},
        {"{\"wat\": \"a\tb\"}", "Line 1, column 11: there is a control character in a text"},
        {"{\"wat\": \"a\" \"wie\": \"b\"}", "Line 1, column 13: here or just before it a comma"},
        {"{\"wat\": \"a\",}", "Line 1, column 13: here or just before it a comma"},
        {"{'wat': \"a\"}", "Line 1, column 2: here or just before it a comma"},
        {"{\"a\": 1, \"a\": 2}", "a name is used twice"},
        {"{\"a\": 1.5}", "this number is not a whole one"},
        {"{\"a\": 9007199254740992}", "this number is not a whole one"},
        {"{\"a\": 1e400}", "this number is not a whole one"},
        {std::string(17, '[') + std::string(17, ']'), "more than 16 objects and lists"},
        {"{\"a\": [1, 2", "it ends too early"},
        {"{\"a\": \"b", "it ends too early"},
        {"{} {}", "Line 1, column 4: there is something after the end"},
    };
    for (const auto& [text, says] : rows) {
        CAPTURE(text);
        CHECK_THAT(told(text), Contains(says));
    }
    CHECK(told("{\"wat\": \"\\ud83d\\ude00 \\\\u0000 \\\" 😀\"}") == "taken");
}

TEST_CASE("a fault in sixty thousand characters has the line and column where it is") {
    std::string draft = "{\n";
    for (int i = 0; i < 1000; ++i)
        draft += "  \"naam" + std::to_string(i) + "\": \"" + std::string(40, 'x') + "\",\n";
    auto missing = draft;
    missing.erase(missing.find(",\n", 30000), 1);
    const auto line = 2 + std::count(missing.begin(), missing.begin() + 30000, '\n');
    CHECK_THAT(told(missing + "\"eind\": 1}"),
               StartsWith("Line " + std::to_string(line) + ", column 3: here or just before"));

    const auto nul = "{\"wat\": \"" + std::string(60000, 'x') + "\\u0000" + std::string(5000, 'y') + "\"}";
    CHECK_THAT(told(nul), StartsWith("Line 1, column 60010: \\u0000"));
}

TEST_CASE("a draft says where its JSON is broken, and joiners in a text stay") {
    const auto broken = protocol::report::draft("{\n\"rol\" \"burger\"}");
    REQUIRE_FALSE(broken);
    REQUIRE(broken.error().size() == 1);
    CHECK_THAT(broken.error()[0].detail, StartsWith("Line 2, column 7: here or just before it"));
    CHECK(protocol::report::draft("[]").error()[0].detail == "This must be one JSON object: { … }.");

    const auto with = [](const std::string& wat) {
        return protocol::report::draft(R"({"rol":"burger","vormen":["arbeid"],"minderjarig":"nee","wat":")" +
                                       wat + "\"}");
    };
    for (const auto* blank : {"\u2003", "\u3164", " \u200b", "\u2800\ufeff", "\u200d", "\\u2003"}) {
        CAPTURE(blank);
        REQUIRE_FALSE(with(blank));
        CHECK(with(blank).error()[0].location == "/wat");
    }
    const std::string persian = "می\u200cخواهم 👨\u200d👩\u200d👧";
    CHECK(with(persian)->members().at("wat").as_string() == persian);
}
