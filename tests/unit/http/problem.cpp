// The bytes of an error document, whatever its texts hold.
#include "server/http/problem.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "server/http/json_string.hpp"

namespace {

std::string json(std::string_view text) {
    std::string out;
    http::append_json_string(out, text);
    return out;
}

}  // namespace

TEST_CASE("a problem names status, title, detail and every fault") {
    const auto answer =
        http::problem(400, "Bad input", "Two faults.",
                      {{"body", "/id", "id", "no \"uuid\""}, {"query", "aantal", "bereik", "over 200"}});
    CHECK(answer.status == 400);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(answer.body ==
          R"({"type":"about:blank","status":400,"title":"Bad input","detail":"Two faults.","errors":[)"
          R"({"in":"body","location":"/id","code":"id","detail":"no \"uuid\""},)"
          R"({"in":"query","location":"aantal","code":"bereik","detail":"over 200"}]})");
}

TEST_CASE("a problem without detail and faults is short") {
    CHECK(http::problem(404, "Not found", "").body ==
          R"({"type":"about:blank","status":404,"title":"Not found"})");
    CHECK(http::problem(409, "Conflict", "x", {}, "urn:a").body ==
          R"({"type":"urn:a","status":409,"title":"Conflict","detail":"x"})");
}

TEST_CASE("a JSON string can end nowhere but at its end") {
    CHECK(json("") == R"("")");
    CHECK(json("a\"b\\c/") == R"("a\"b\\c/")");
    CHECK(json(std::string("\0\b\n\r\t\x1f\x7f", 7)) == R"("\u0000\u0008\n\r\t\u001f\u007f")");
    CHECK(json("</script>&") == R"("\u003c/script\u003e\u0026")");
    CHECK(json("caf\xc3\xa9 \xf0\x9f\x98\x80") == "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"");
    CHECK(json("\xe2\x80\xa8\xe2\x80\xa9") == R"("\u2028\u2029")");
}

TEST_CASE("what is not UTF-8 is replaced byte by byte") {
    const std::string replaced = "\xef\xbf\xbd";
    CHECK(json("a\xff"
               "b") == "\"a" + replaced + "b\"");
    CHECK(json("\xc3") == "\"" + replaced + "\"");
    CHECK(json("\xc3\"") == "\"" + replaced + "\\\"\"");
    CHECK(json("\xc0\xaf") == "\"" + replaced + replaced + "\"");
    CHECK(json("\xed\xa0\x80") == "\"" + replaced + replaced + replaced + "\"");
}
