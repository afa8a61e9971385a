#include "crypto/protocol/faults.hpp"

#include <catch2/catch.hpp>

using namespace protocol;

namespace {

// "location code" of each fault, in order.
std::vector<std::string> said(const faults& found) {
    std::vector<std::string> out;
    for (const auto& f : found) out.push_back(f.location + " " + f.code);
    return out;
}
using list = std::vector<std::string>;

// What reading with `how` finds wrong with the member "x" of this object.
list judged(std::string_view text, const std::function<void(reading&)>& how) {
    const auto object = parse_object(text).value();
    faults found;
    reading r(object, "/at", found, unknown::refuse);
    how(r);
    r.finish();
    for (const auto& f : found) CHECK_FALSE(f.detail.empty());
    return said(found);
}

}  // namespace

TEST_CASE("each kind of member is read, or its fault is named") {
    struct row {
        const char* kind;
        std::function<void(reading&)> how;
        std::vector<const char*> good;
        std::vector<std::pair<const char*, const char*>> bad;
    };
    const row table[] = {
        {"text",
         [](reading& r) { (void)r.text("x", 3); },
         {R"("abc")", R"("")"},
         {{"1", "type"}, {"null", "type"}, {R"("abcd")", "lengte"}}},
        {"text_or_empty",
         [](reading& r) { (void)r.text_or_empty("x", 3); },
         {R"("abc")", "null"},
         {{"1", "type"}, {R"("abcd")", "lengte"}}},
        {"text_or_null",
         [](reading& r) { (void)r.text_or_null("x", 3); },
         {R"("abc")", "null"},
         {{"[]", "type"}, {R"("abcd")", "lengte"}}},
        {"one_of",
         [](reading& r) { (void)r.one_of("x", {"ja", "nee"}); },
         {R"("ja")"},
         {{R"("")", "onbekende-code"}, {R"("Ja")", "onbekende-code"}, {"true", "type"}, {"null", "type"}}},
        {"boolean",
         [](reading& r) { (void)r.boolean("x"); },
         {"true", "false"},
         {{R"("true")", "type"}, {"1", "type"}, {"null", "type"}}},
        {"boolean_or",
         [](reading& r) { (void)r.boolean_or("x", true); },
         {"true", "false"},
         {{"0", "type"}, {"null", "type"}}},
        {"integer",
         [](reading& r) { (void)r.integer("x"); },
         {"0", "-5", "9007199254740991"},
         {{R"("1")", "type"}, {"null", "type"}}},
        {"date",
         [](reading& r) { (void)r.date("x"); },
         {R"("2026-11-18")"},
         {{R"("18-11-2026")", "formaat"}, {R"("")", "formaat"}, {"1", "type"}}},
        {"id",
         [](reading& r) { (void)r.id("x"); },
         {R"("2ef253b4-fefb-4e4f-b5da-6c0c86d044a4")"},
         {{R"("2EF253B4-FEFB-4E4F-B5DA-6C0C86D044A4")", "formaat"}, {R"("")", "formaat"}, {"null", "type"}}},
        {"binary",
         [](reading& r) { (void)r.binary("x"); },
         {R"("AAAA")"},
         {{R"("AB=")", "formaat"}, {R"("AB")", "formaat"}, {R"("")", "lengte"}, {"1", "type"}}},
        {"block",
         [](reading& r) { (void)r.block<3>("x"); },
         {R"("AAAA")"},
         {{R"("AAA")", "lengte"}, {R"("")", "lengte"}, {"[]", "type"}}},
        {"texts",
         [](reading& r) { (void)r.texts("x", 2, 3); },
         {"[]", R"(["a","abc"])"},
         {{R"("a")", "type"}, {R"(["a","b","c"])", "te-veel"}, {"{}", "type"}}},
        {"object", [](reading& r) { (void)r.object("x"); }, {"{}"}, {{"[]", "type"}, {"null", "type"}}},
        {"object_or_null",
         [](reading& r) { (void)r.object_or_null("x"); },
         {"{}", "null"},
         {{"[]", "type"}, {"false", "type"}}},
    };
    for (const auto& [kind, how, good, bad] : table) {
        CAPTURE(kind);
        for (const char* value : good) CHECK(judged(std::string(R"({"x":)") + value + "}", how).empty());
        for (const auto& [value, code] : bad) {
            CAPTURE(value);
            CHECK(judged(std::string(R"({"x":)") + value + "}", how) == list{std::string("/at/x ") + code});
        }
        const bool may_be_absent = std::string_view(kind).find("_or") != std::string_view::npos;
        CHECK(judged("{}", how) == (may_be_absent ? list{} : list{"/at/x vereist"}));
    }
}

TEST_CASE("what is read is what stood there") {
    const auto object =
        parse_object(R"({"t":"\u00e9","b":false,"i":-7,"d":"2026-11-18","y":"AQI","l":["a","b"],"n":null})")
            .value();
    faults found;
    reading r(object, "", found, unknown::refuse);
    CHECK(r.text("t") == "é");
    CHECK_FALSE(r.boolean_or("b", true));
    CHECK(r.boolean_or("absent", true));
    CHECK(r.integer("i") == -7);
    CHECK(r.date("d").text() == "2026-11-18");
    CHECK(r.binary("y") == crypto::bytes{1, 2});
    CHECK(r.texts("l", 2) == list{"a", "b"});
    CHECK_FALSE(r.text_or_null("n").has_value());
    CHECK(r.has("n"));
    CHECK_FALSE(r.has("absent"));
    r.finish();
    CHECK(found.empty());
}

TEST_CASE("elements of a list are named by their place") {
    CHECK(judged(R"({"x":["a",1,"abcd",null]})", [](reading& r) {
              CHECK(r.texts("x", 9, 3) == list{"a"});
          }) == list{"/at/x/1 type", "/at/x/2 lengte", "/at/x/3 type"});
}

TEST_CASE("members that nobody asked for are faults, unless they are to be ignored") {
    const auto object = parse_object(R"({"a":"1","extra":1,"een naam met <script>":2,"":3,"b~/":4})").value();
    faults found;
    reading strict(object, "/at", found, unknown::refuse);
    (void)strict.text("a");
    strict.finish();
    // A name that is the sender's own text is not repeated.
    CHECK(said(found) ==
          list{"/at/extra onbekend-lid", "/at/ onbekend-lid", "/at/ onbekend-lid", "/at/ onbekend-lid"});
    found.clear();
    reading lenient(object, "/at", found, unknown::ignore);
    (void)lenient.text("a");
    lenient.finish();
    CHECK(found.empty());
}

TEST_CASE("of many unknown members only some are told, so that an answer cannot be made large") {
    std::string text = "{";
    for (int i = 0; i < 5000; ++i) text += (i ? ",\"n" : "\"n") + std::to_string(i) + "\":0";
    const auto object = parse_object(text + "}").value();
    faults found;
    reading strict(object, "", found, unknown::refuse);
    strict.finish();
    REQUIRE(found.size() == protocol::most_unknown + 1);
    CHECK(found.back().location == "/");
}
