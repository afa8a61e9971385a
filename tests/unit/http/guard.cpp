// Every trap the framing guard stands against, one row each: what arrives, and what it is told.
#include "server/http/guard.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using http::guard;

const std::vector<std::string> names = {"baken.example", "localhost:8443", "[::1]:8443"};

unsigned status(const std::string& raw) {
    const auto head = guard(raw, names);
    return head ? 200 : head.error().status;
}

// A GET with these further lines, each ending in CRLF.
std::string get(const std::string& lines) {
    return "GET / HTTP/1.1\r\nHost: baken.example\r\n" + lines + "\r\n";
}
std::string post(const std::string& lines) {
    return "POST / HTTP/1.1\r\nHost: baken.example\r\n" + lines + "\r\n";
}
std::string to(const std::string& host) { return "GET / HTTP/1.1\r\n" + host + "\r\n"; }
std::string line(const std::string& request_line) { return request_line + "\r\nHost: baken.example\r\n\r\n"; }

struct row {
    std::string raw;
    unsigned status;
};

void expect(const std::vector<row>& rows) {
    for (const auto& row : rows) {
        CAPTURE(row.raw);
        CHECK(status(row.raw) == row.status);
    }
}

}  // namespace

TEST_CASE("a good header comes through whole") {
    const auto head = guard(
        "POST /v1/meldingen?x=%41&y HTTP/1.1\r\nHOST: Baken.Example:443\r\nContent-Length:\t 12 \r\n"
        "Expect: 100-Continue\r\nConnection: keep-alive, Close\r\nX-A: 1\r\nx-a: 2\r\nEmpty:\r\n\r\n",
        names);
    REQUIRE(head);
    CHECK(head->method == http::method::post);
    CHECK(head->method_text == "POST");
    CHECK(head->target == "/v1/meldingen?x=%41&y");
    CHECK(head->path == "/v1/meldingen");
    CHECK(head->query == "?x=%41&y");
    CHECK(head->authority == "baken.example");
    CHECK(head->content_length == 12);
    CHECK(head->expects_continue);
    CHECK_FALSE(head->keep_alive);
    CHECK(head->one("content-length") == "12");
    CHECK(head->one("empty") == "");
    CHECK(head->count("x-a") == 2);
    CHECK_FALSE(head->one("x-a"));
    CHECK_FALSE(head->one("missing"));
    CHECK(head->fields.size() == 7);
}

TEST_CASE("a name with the dot of the root behind it is the same host") {
    for (const std::string host : {"baken.example.", "BAKEN.example.:443"}) {
        const auto head = guard("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", names);
        REQUIRE(head);
        CHECK(head->authority == "baken.example");
    }
    for (const std::string host : {"baken.example..", ".", "baken.example.com."})
        CHECK(guard("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", names).error().status == 421);
}

TEST_CASE("lines end in CRLF and hold no control character") {
    expect({
        {"GET / HTTP/1.1\nHost: baken.example\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: baken.example\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: baken.example\r\n\n", 400},
        {"GET / HTTP/1.1\rHost: baken.example\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\r\nHost: baken.example\r\n\r\n", 400},
        {get("X: a\rb\r\n"), 400},
        {get("X: a\nTransfer-Encoding: chunked\r\n"), 400},
        {get("X: a\r\n") + "G", 400},
        {get(std::string("X: a\0b\r\n", 8)), 400},
        {get("X: a\x01\r\n"), 400},
        {get("X: a\x7f\r\n"), 400},
        {get("X: caf\xc3\xa9\r\n"), 400},
        {get("X: a\tb\r\n"), 200},
        {"\r\n" + get(""), 400},
        {"GET / HTTP/1.1\r\nHost: baken.example\r\n", 400},
        {"", 400},
        {"\r\n\r\n", 400},
    });
}

TEST_CASE("the request line has one form") {
    expect({
        {line("GET / HTTP/1.0"), 505},
        {line("GET / HTTP/1.2"), 505},
        {line("GET / HTTP/2.0"), 505},
        {line("PRI * HTTP/2.0"), 505},
        {line("GET / http/1.1"), 400},
        {line("GET / HTTP/1.1 "), 400},
        {line(" GET / HTTP/1.1"), 400},
        {line("GET  / HTTP/1.1"), 400},
        {line("GET /  HTTP/1.1"), 400},
        {line("GET\t/ HTTP/1.1"), 400},
        {line("GET /"), 400},
        {line("GET"), 400},
        {line("GET / HTTP/1.1 HTTP/1.1"), 400},
        {line("G(T / HTTP/1.1"), 400},
        {line("ABCDEFGHIJKLMNOP / HTTP/1.1"), 200},
        {line("ABCDEFGHIJKLMNOPQ / HTTP/1.1"), 400},
    });
    const auto head = guard(line("get / HTTP/1.1"), names);
    REQUIRE(head);
    CHECK(head->method == http::method::other);
    CHECK(head->method_text == "get");
}

TEST_CASE("the target is in origin form") {
    expect({
        {line("GET http://baken.example/ HTTP/1.1"), 400},
        {line("GET https://evil.example/ HTTP/1.1"), 400},
        {line("GET baken.example:443 HTTP/1.1"), 400},
        {line("CONNECT baken.example:443 HTTP/1.1"), 400},
        {line("GET * HTTP/1.1"), 400},
        {line("OPTIONS * HTTP/1.1"), 200},
        {line("GET ?a HTTP/1.1"), 400},
        {line("GET /#a HTTP/1.1"), 400},
        {line("GET /a\\b HTTP/1.1"), 400},
        {line("GET /\"a HTTP/1.1"), 400},
        {line("GET /<a> HTTP/1.1"), 400},
        {line("GET /\xc3\xa9 HTTP/1.1"), 400},
        {line("GET /%C3%A9 HTTP/1.1"), 200},
        {line("GET /% HTTP/1.1"), 400},
        {line("GET /%4 HTTP/1.1"), 400},
        {line("GET /%4g HTTP/1.1"), 400},
        {line("GET /%zz HTTP/1.1"), 400},
        {line("GET /a?b?c HTTP/1.1"), 200},
        {line("GET /" + std::string(http::longest_target - 1, 'a') + " HTTP/1.1"), 200},
        {line("GET /" + std::string(http::longest_target, 'a') + " HTTP/1.1"), 414},
    });
}

TEST_CASE("a field is a token, a colon and a value") {
    expect({
        {get("X : a\r\n"), 400},
        {get(" X: a\r\n"), 400},
        {get("X: a\r\n b\r\n"), 400},
        {get("X: a\r\n\tb\r\n"), 400},
        {get("X\r\n"), 400},
        {get(": a\r\n"), 400},
        {get("X(y): a\r\n"), 400},
        {get("X\xc3: a\r\n"), 400},
        {get("X:a:b\r\n"), 200},
        {get("Connection: close x\r\n"), 400},
        {get("Connection: , close,\r\n"), 200},
        {get("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"), 200},
    });
    std::string fields;
    for (std::size_t i = 1; i < http::most_fields; ++i) fields += "X: a\r\n";
    CHECK(status(get(fields)) == 200);
    CHECK(status(get(fields + "X: a\r\n")) == 431);
}

TEST_CASE("a body is framed by one content length") {
    expect({
        {post("Transfer-Encoding: chunked\r\n"), 501},
        {post("Transfer-Encoding: identity\r\nContent-Length: 1\r\n"), 501},
        {post("transfer-encoding:\r\n"), 501},
        {get("TRANSFER-ENCODING: x\r\n"), 501},
        {post("Transfer-Encoding : chunked\r\nContent-Length: 1\r\n"), 400},
        {post(""), 411},
        {"PUT / HTTP/1.1\r\nHost: baken.example\r\n\r\n", 411},
        {"PATCH / HTTP/1.1\r\nHost: baken.example\r\n\r\n", 411},
        {"DELETE / HTTP/1.1\r\nHost: baken.example\r\n\r\n", 200},
        {post("Content-Length: 0\r\n"), 200},
        {get("Content-Length: 5\r\n"), 200},
        {post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
        {post("Content-Length: 5\r\ncontent-length: 6\r\n"), 400},
        {post("Content-Length: 5, 5\r\n"), 400},
        {post("Content-Length:\r\n"), 400},
        {post("Content-Length: +5\r\n"), 400},
        {post("Content-Length: -5\r\n"), 400},
        {post("Content-Length: 0x5\r\n"), 400},
        {post("Content-Length: 5 5\r\n"), 400},
        {post("Content-Length: 999999999999999999\r\n"), 200},
        {post("Content-Length: 1000000000000000000\r\n"), 400},
        {post("Content-Length: 18446744073709551621\r\n"), 400},
    });
}

TEST_CASE("the host is one of ours, once") {
    expect({
        {to(""), 400},
        {to("Host:\r\n"), 400},
        {to("Host: baken.example\r\nHost: baken.example\r\n"), 400},
        {to("Host: baken.example, evil.example\r\n"), 400},
        {to("Host: user@baken.example\r\n"), 400},
        {to("Host: baken.example/\r\n"), 400},
        {to("Host: https://baken.example\r\n"), 400},
        {to("Host: baken.example:\r\n"), 400},
        {to("Host: baken.example:44x\r\n"), 400},
        {to("Host: baken.example:443443\r\n"), 400},
        {to("Host: [::1\r\n"), 400},
        {to("Host: ::1\r\n"), 400},
        {to("Host: [::1]x:8443\r\n"), 400},
        {to("Host: [gg::1]:8443\r\n"), 400},
        {to("Host: evil.example\r\n"), 421},
        {to("Host: baken.example..\r\n"), 421},
        {to("Host: baken.example:8443\r\n"), 421},
        {to("Host: baken.example:0443\r\n"), 421},
        {to("Host: localhost\r\n"), 421},
        {to("Host: [::2]:8443\r\n"), 421},
        {to("Host: BAKEN.example\r\n"), 200},
        {to("Host: baken.example:443\r\n"), 200},
        {to("Host: localhost:8443\r\n"), 200},
        {to("Host: [::1]:8443\r\n"), 200},
    });
}

TEST_CASE("nothing but 100-continue can be expected") {
    expect({
        {post("Content-Length: 1\r\nExpect: 100-continue\r\n"), 200},
        {post("Content-Length: 1\r\nExpect: 100-continue, x\r\n"), 417},
        {post("Content-Length: 1\r\nExpect: 100-continue\r\nExpect: 100-continue\r\n"), 417},
        {post("Content-Length: 1\r\nExpect: 200-ok\r\n"), 417},
        {post("Content-Length: 1\r\nExpect:\r\n"), 417},
    });
}

TEST_CASE("the end of a header is found however it is cut") {
    const auto whole = get("X: a\r\n") + "body\nwith anything";
    const auto size = get("X: a\r\n").size();
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        const auto first = http::header_size(std::string_view(whole).substr(0, cut));
        REQUIRE(first);
        CHECK(*first == (cut < size ? 0 : size));
        const auto then = http::header_size(whole, std::min(cut, size - 1));
        REQUIRE(then);
        CHECK(*then == size);
    }
}

TEST_CASE("a header that cannot become good is refused before it ends") {
    CHECK_FALSE(http::header_size("GET / HTTP/1.1\n"));
    CHECK_FALSE(http::header_size("GET / HTTP/1.1\rX"));
    CHECK_FALSE(http::header_size("\n"));
    CHECK_FALSE(http::header_size("\x16\x03\x01"));
    CHECK(http::header_size("GET / HTTP/1.1\r") == 0U);
    CHECK(http::header_size("") == 0U);
}
