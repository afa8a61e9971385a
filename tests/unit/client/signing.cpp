#include "client/line/signing.hpp"

#include <catch2/catch.hpp>

#include "crypto/keys.hpp"

namespace {

client::address server() { return *client::address::parse("https://LOCALHOST:8443/"); }

std::string field(const client::request& request, std::string_view name) {
    for (const auto& [n, value] : request.fields)
        if (n == name) return value;
    return {};
}

}  // namespace

TEST_CASE("path and query are signed exactly as sent") {
    client::request request;
    request.target = "/v1/loketten/a/meldingen?na=x_-&wacht=60";
    auto message = client::message_of(server(), request);
    CHECK(message.method == "GET");
    CHECK(message.authority == "localhost:8443");
    CHECK(message.path == "/v1/loketten/a/meldingen");
    CHECK(message.query == "?na=x_-&wacht=60");
    CHECK(message.fields.empty());
    request.target = "/v1/loketten/a/meldingen";
    CHECK(client::message_of(server(), request).query == "?");
}

TEST_CASE("a signed request is what the policy of protocol 7 accepts") {
    auto keys = crypto::sign_keys::random();
    client::request request;
    request.method = GENERATE("GET", "POST");
    request.target = "/v1/loketten/a/leden";
    if (request.method == "POST") request.body = "{}";
    auto made = client::signed_request(server(), request, {"lid:x", &keys}, 1700000000);
    auto message = client::message_of(server(), request);
    auto claims = crypto::read_claims(field(made, "signature-input"), field(made, "signature"), message,
                                      !request.body.empty());
    REQUIRE(claims);
    CHECK(claims->keyid == "lid:x");
    CHECK(claims->created == 1700000000);
    CHECK(crypto::verify(crypto::as_bytes(claims->base), claims->mark, keys.public_key));
    CHECK(field(made, "content-digest").empty() == request.body.empty());
    if (!request.body.empty())
        CHECK(crypto::content_digest_holds(field(made, "content-digest"), crypto::as_bytes(request.body)));
}

TEST_CASE("every try is signed with a nonce of its own") {
    auto keys = crypto::sign_keys::random();
    client::request request;
    request.target = "/v1/loketten/a/leden";
    auto first = client::signed_request(server(), request, {"lid:x", &keys}, 1700000000);
    auto second = client::signed_request(server(), request, {"lid:x", &keys}, 1700000000);
    CHECK(field(first, "signature-input") != field(second, "signature-input"));
}
