// What every answer carries, and what an answer may not.
#include "server/http/message.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include <catch2/catch.hpp>

namespace {

bool has(const std::string& bytes, const std::string& line) {
    return bytes.find("\r\n" + line + "\r\n") != bytes.npos;
}

// The value of a field; empty where there is none.
std::string line_of(const std::string& bytes, const std::string& name) {
    const auto at = bytes.find("\r\n" + name + ": ");
    return at == bytes.npos ? "" : bytes.substr(at + 2, bytes.find("\r\n", at + 2) - at - 2);
}

http::response page(std::string body) {
    http::response out;
    out.content_type = "text/html; charset=utf-8";
    out.body = std::move(body);
    return out;
}

}  // namespace

TEST_CASE("every answer carries the security headers") {
    const auto bytes = http::finish(page("hi"), false, true);
    CHECK(bytes.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(bytes.ends_with("\r\n\r\nhi"));
    for (const auto* line :
         {"Strict-Transport-Security: max-age=31536000; includeSubDomains", "Cache-Control: no-store",
          "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
          "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action "
          "'none'",
          "X-Frame-Options: DENY", "Cross-Origin-Opener-Policy: same-origin",
          "Cross-Origin-Embedder-Policy: require-corp", "Cross-Origin-Resource-Policy: same-origin",
          "X-DNS-Prefetch-Control: off", "Content-Type: text/html; charset=utf-8", "Content-Length: 2"})
        CHECK(has(bytes, line));
    for (const auto* power :
         {"camera", "geolocation", "microphone", "payment", "browsing-topics", "clipboard-read"})
        CHECK(line_of(bytes, "Permissions-Policy").contains(std::string(power) + "=()"));
    for (const auto* name : {"Server:", "Set-Cookie:", "Date:", "Connection:"})
        CHECK(bytes.find(name) == bytes.npos);
}

TEST_CASE("an answer may have its own caching and policy, once") {
    auto answer = page("hi");
    answer.with("cache-control", "max-age=60").with("Content-Security-Policy", "default-src 'self'");
    const auto bytes = http::finish(answer, false, true);
    CHECK(has(bytes, "cache-control: max-age=60"));
    CHECK(has(bytes, "Content-Security-Policy: default-src 'self'"));
    CHECK(bytes.find("no-store") == bytes.npos);
    CHECK(bytes.find("default-src 'none'") == bytes.npos);
}

TEST_CASE("a media type is told whatever its case and parameters, where it stands once") {
    const auto is = [](std::vector<http::field> fields) {
        http::head head;
        head.fields = std::move(fields);
        return head.is_of_type("application/json");
    };
    for (const auto* type :
         {"application/json", "Application/JSON", "application/json;charset=utf-8",
          "application/json ; charset=UTF-8", "application/json\t;", "application/json;;"}) {
        CAPTURE(type);
        CHECK(is({{"content-type", type}}));
    }
    for (const auto* type :
         {"", ";", " ", "application/jsonx", "xapplication/json", "application/", "json",
          "application/json, application/json", "application/json-patch+json", "application/ json"}) {
        CAPTURE(type);
        CHECK_FALSE(is({{"content-type", type}}));
    }
    CHECK_FALSE(is({}));
    CHECK_FALSE(is({{"content-type", "application/json"}, {"content-type", "application/json"}}));
    CHECK_FALSE(is({{"accept", "application/json"}}));
}

TEST_CASE("HEAD, 204 and 304 have no body") {
    const auto head = http::finish(page("hi"), true, true);
    CHECK(has(head, "Content-Length: 2"));
    CHECK(head.ends_with("\r\n\r\n"));
    for (const unsigned status : {204U, 304U}) {
        auto answer = page("hi");
        answer.status = status;
        const auto bytes = http::finish(answer, false, true);
        CHECK(bytes.find("Content-Length") == bytes.npos);
        CHECK(bytes.ends_with("\r\n\r\n"));
    }
}

TEST_CASE("a shared body is sent instead of the own one") {
    auto answer = page("");
    answer.shared_body = std::make_shared<const std::string>("shared");
    CHECK(http::finish(answer, false, true).ends_with("\r\n\r\nshared"));
}

TEST_CASE("an answer made beforehand is the one that would be made, until it is changed") {
    const auto made = http::prepared(page("hi"));
    REQUIRE(made.whole);
    CHECK(*made.whole == http::finish(page("hi"), false, true));
    CHECK(http::finish(made, true, true) == http::finish(page("hi"), true, true));
    CHECK(http::finish(made, false, false) == http::finish(page("hi"), false, false));
    auto other = made;
    CHECK(other.whole == made.whole);
    other.with("X-More", "yes");
    CHECK_FALSE(other.whole);
    CHECK(has(http::finish(other, false, true), "X-More: yes"));
}

TEST_CASE("the connection closes when either side wants it") {
    auto answer = page("");
    CHECK_FALSE(has(http::finish(answer, false, true), "Connection: close"));
    CHECK(has(http::finish(answer, false, false), "Connection: close"));
    answer.close = true;
    CHECK(has(http::finish(answer, false, true), "Connection: close"));
}

TEST_CASE("an answer that could be split or contradicts itself is our bug") {
    const auto refused = [](std::string name, std::string value) {
        auto answer = page("");
        answer.with(std::move(name), std::move(value));
        CHECK_THROWS_AS(http::finish(answer, false, true), std::logic_error);
    };
    refused("X", "a\r\nSet-Cookie: b");
    refused("X", "a\nb");
    refused("X", "a\rb");
    refused("X", std::string("a\0b", 3));
    refused("X", "caf\xc3\xa9");
    refused("X: a\r\nY", "b");
    refused("", "b");
    refused("Set-Cookie", "a=b");
    refused("server", "x");
    refused("Content-Length", "9");
    refused("Transfer-Encoding", "chunked");
    refused("Strict-Transport-Security", "max-age=0");
    auto answer = page("");
    answer.content_type = "text/html\r\nX: y";
    CHECK_THROWS_AS(http::finish(answer, false, true), std::logic_error);
    answer.content_type = "text/html";
    answer.status = 100;
    CHECK_THROWS_AS(http::finish(answer, false, true), std::logic_error);
}
