#include "crypto/protocol/json.hpp"

#include <catch2/catch.hpp>

#include "refusal.hpp"

using namespace std::string_literals;
using protocol::errc;
using protocol::parse_json;

namespace {

std::string nested(unsigned depth, char open, char close) {
    return std::string(depth, open) + std::string(depth, close);
}

}  // namespace

TEST_CASE("strict JSON is read, and written again in the same order") {
    for (const std::string_view text :
         {R"({"b":1,"a":[true,false,null,"é"],"c":{"a":-1}})", "[]", "{}", "0", "-1", "\"\"", "null",
          R"({"a":{"a":{"a":1}},"b":{"a":1}})", R"([{"a":1},{"a":2}])", "9007199254740991",
          "-9007199254740991", R"("👍")", R"("\"\\\b\f\n\r\t")"}) {
        CAPTURE(text);
        const auto read = parse_json(text);
        REQUIRE(read.has_value());
        CHECK(protocol::to_text(*read) == text);
        CHECK(protocol::to_plain(*read).text() == text);
    }
}

TEST_CASE("white space around and escapes inside change nothing") {
    CHECK(parse_json(" \t\r\n{ \"a\" : 1 }\n ").value() == protocol::json::value{{"a", 1}});
    CHECK(parse_json(R"("\u0061\ud83d\udc4d\u2028")").value() == protocol::json::value("a👍\u2028"));
    // A NUL that is only spelled is no NUL.
    CHECK(parse_json(R"("\\u0000")").value() == protocol::json::value("\\u0000"));
}

TEST_CASE("a name that stands twice is refused, at any depth and however it is spelled") {
    for (const std::string_view text :
         {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"a":1,"\u0061":2})", R"({"\u0061":1,"a":2})",
          R"([[[{"x":{"y":[{"a":1,"a":2}]}}]]])", R"({"x":{"a":1,"a":2}})", R"({"x":1,"y":{"x":1},"x":2})",
          R"({"":1,"":2})", R"({"é":1,"\u00e9":2})", R"({"👍":1,"\ud83d\udc4d":2})"}) {
        CAPTURE(text);
        CHECK(refusal(parse_json(text)) == errc::bad_json);
    }
    // Composed and decomposed are two names: text is never normalised.
    CHECK(parse_json("{\"\u00e9\":1,\"e\u0301\":2}").has_value());
    CHECK(parse_json(R"({"a":1,"A":2,"aa":3,"":4})").has_value());
}

TEST_CASE("a long name is compared whole") {
    const std::string name(10000, 'n');
    CHECK(parse_json("{\"" + name + "1\":1,\"" + name + "2\":2}").has_value());
    CHECK(refusal(parse_json("{\"" + name + "\":1,\"" + name + "\":2}")) == errc::bad_json);
    CHECK(refusal(parse_json("{\"" + name + "\":1,\"\\u006e" + name.substr(1) + "\":2}")) == errc::bad_json);
}

TEST_CASE("only whole numbers below 2^53 are numbers") {
    for (const std::string_view text : {"1.5",
                                        "1.0",
                                        "-0.0",
                                        "1e2",
                                        "1E2",
                                        "1e400",
                                        "-1e400",
                                        "1e-400",
                                        "9007199254740992",
                                        "-9007199254740992",
                                        "9223372036854775807",
                                        "-9223372036854775808",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "100000000000000000000000",
                                        "01",
                                        "-",
                                        "-01",
                                        "+1",
                                        ".5",
                                        "1.",
                                        "NaN",
                                        "Infinity",
                                        "-Infinity",
                                        "0x10",
                                        R"({"a":[1.5]})",
                                        R"({"a":{"b":9007199254740992}})"}) {
        CAPTURE(text);
        CHECK(refusal(parse_json(text)) == errc::bad_json);
    }
    CHECK(parse_json("9007199254740991").value().as_int64() == protocol::integer_limit - 1);
}

TEST_CASE("sixteen levels are read, seventeen are not") {
    CHECK(parse_json(nested(16, '[', ']')).has_value());
    CHECK(refusal(parse_json(nested(17, '[', ']'))) == errc::bad_json);
    std::string objects = "1";
    for (int i = 0; i < 16; ++i) objects = "{\"a\":" + objects + "}";
    CHECK(parse_json(objects).has_value());
    CHECK(refusal(parse_json("[" + objects + "]")) == errc::bad_json);
    CHECK(refusal(parse_json(nested(100000, '[', ']'))) == errc::bad_json);
    // Width is not depth.
    std::string wide = "[";
    for (int i = 0; i < 40; ++i) wide += "[],{},";
    CHECK(parse_json(wide + "1]").has_value());
}

TEST_CASE("a lone surrogate is refused") {
    for (const std::string_view text :
         {R"("\ud83d")", R"("\udc4d")", R"("\ud83dx")", R"("\ud83d\n")", R"("\ud83d\ud83d")",
          R"("\udc4d\ud83d")", R"({"\ud83d":1})", "\"\xED\xA0\xBD\"", "\"\xED\xB1\x8D\"",
          "\"\xED\xA0\xBD\xED\xB1\x8D\""}) {
        CAPTURE(text);
        CHECK(refusal(parse_json(text)) == errc::bad_json);
    }
}

TEST_CASE("U+0000 is refused in every name and text") {
    for (const std::string& text :
         {R"("\u0000")"s, R"({"a":"b\u0000"})"s, R"({"\u0000":1})"s, R"({"a\u0000b":1})"s, "\"a\0b\""s,
          "{\"a\0\":1}"s, "\0"s, "{}\0"s, R"([1,{"a":["x\u0000"]}])"s,
          "\"" + std::string(9000, 'x') + "\\u0000" + "\""}) {
        CAPTURE(text);
        CHECK(refusal(parse_json(text)) == errc::bad_json);
    }
}

TEST_CASE("bytes that are no UTF-8 are refused, and so is a byte order mark") {
    for (const std::string_view text :
         {"\"\x80\"", "\"\xC0\xAF\"", "\"\xC1\xBF\"", "\"\xE0\x80\xAF\"", "\"\xF0\x80\x80\xAF\"",
          "\"\xF4\x90\x80\x80\"", "\"\xF8\x88\x80\x80\x80\"", "\"\xFF\"", "\"\xC3\"", "\"\xE2\x82\"",
          "{\"\xC3\":1}", "\xEF\xBB\xBF{}", "\xFF\xFE{"}) {
        CAPTURE(text);
        CHECK(refusal(parse_json(text)) == errc::bad_json);
    }
    CHECK(parse_json("\"\xEF\xBB\xBF\"").has_value());  // inside a text it is a character
}

TEST_CASE("whatever is not one whole value is refused") {
    for (const std::string_view text :
         {"",        " ",        "{} {}",  "{}x",      "1 2",       "[1,]",        "{\"a\":1,}", "{a:1}",
          "{'a':1}", "[1",       "{\"a\"", "\"a",      "tru",       "nul",         "// x\n1",    "/* x */1",
          "1 // x",  "\"\n\"",   "\"\t\"", "\"\x1F\"", R"("\x41")", R"("\u00g1")", R"("\u00")",  ",",
          "[,1]",    "undefined"}) {
        CAPTURE(text);
        CHECK(refusal(parse_json(text)) == errc::bad_json);
    }
}

TEST_CASE("an object is asked for, another value is refused") {
    CHECK(protocol::parse_object(R"({"a":1})").value().at("a") == 1);
    for (const std::string_view text : {"[]", "1", "null", "\"{}\"", ""})
        CHECK(refusal(protocol::parse_object(text)) == errc::bad_json);
}

TEST_CASE("what was read lies in memory that is wiped, and stays there when moved") {
    auto object = protocol::parse_object(R"({"a":{"b":["cccccccccccccccccccccccccccccc"]}})").value();
    CHECK(object.storage() == protocol::wiping_storage());
    CHECK(object.at("a").at("b").as_array()[0].storage() == protocol::wiping_storage());
    protocol::json::object moved = std::move(object);
    CHECK(moved.storage() == protocol::wiping_storage());
}

TEST_CASE("large values are written the same into wiped memory") {
    protocol::json::object object;
    for (int i = 0; i < 300; ++i)
        object[std::to_string(i)] = std::string(static_cast<std::size_t>(i), 'a') + "\"\n\u20ac";
    CHECK(protocol::to_plain(object).text() == protocol::to_text(object));
}
