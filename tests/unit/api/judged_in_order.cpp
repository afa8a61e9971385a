// Two faults at once: the one that comes first in the order of api.md is the answer (401, 403 of desk and
// role, 404, 400 of what the request shows, the same again 200, 403 of the part in the report, 400 of what
// the store shows, 409, 429). A row for each neighbouring pair that a route has.
#include "desks.hpp"

using namespace service;
using http::method;

namespace {

struct judged : desks {
    person colleague = enrolled(*this, rotterdam, "medewerker"),
           looks = enrolled(*this, rotterdam, "regisseur");
    const std::string none = "/v1/loketten/rotterdam/meldingen/" + crypto::uuid::random().text();
    static constexpr const char* stranger = R"({"toegewezen":"2ef253b4-fefb-4e4f-b5da-6c0c86d044a4"})";

    http::response inzage(const person& by, const std::string& target, std::string_view body) {
        return signed_by(by.sign, by.keyid(), method::post, target + "/inzagen", body);
    }
};

}  // namespace

TEST_CASE(
    "401 comes before 403: nobody learns of a desk, a role or a report without a signature that holds") {
    judged at;
    CHECK(at.send(head(method::patch, at.at_zorg()), "{}").status == 401);
    CHECK(at.send(head(method::del, at.none)).status == 401);
    person nobody;
    CHECK(at.change_by(nobody, "{}", "").status == 401);
}

TEST_CASE("403 of desk and role comes before 404") {
    judged at;
    CHECK(at.change_by(at.zorg, "{}", "", at.none).status == 403);   // another desk's member
    CHECK(at.change_by(at.looks, "{}", "", at.none).status == 403);  // a role that may not
    CHECK(at.destroy_by(at.looks, "", "", at.none).status == 403);
    CHECK(at.inzage(at.looks, at.none, "{}").status == 403);
    CHECK(at.lead(at.rotterdam, at.none + "/inzagen", "{}").status == 403);
}

TEST_CASE("404 comes before 400 of what the request shows of itself") {
    judged at;
    for (const char* body : {"{}", "nonsense", R"({"status":"weg"})"})
        CHECK(at.change_by(at.colleague, body, "", at.none).status == 404);
    CHECK(at.destroy_by(at.colleague, "", "", at.none).status == 404);
    CHECK(at.destroy_by(at.colleague, "", "?reden=weg", at.none).status == 404);
    CHECK(at.inzage(at.colleague, at.none, R"({"id":"x"})").status == 404);
}

TEST_CASE("400 of what the request shows names the faults of header, query and body at once") {
    judged at;
    const auto change = at.change_by(at.colleague, R"({"status":"weg"})", "");
    CHECK(codes(change) == std::vector<std::string>{"vereist", "onbekende-code"});
    CHECK(json(change).at("errors").at(0).at("in") == "header");
    CHECK(json(change).at("errors").at(1).at("in") == "body");
    const auto destroy = at.destroy_by(at.colleague, "", "?reden=weg&x=1");
    CHECK(codes(destroy) == std::vector<std::string>{"vereist", "onbekende-code", "onbekend-lid"});
    CHECK(json(destroy).at("errors").at(0).at("in") == "header");
    CHECK(json(destroy).at("errors").at(2).at("in") == "query");
}

TEST_CASE("400 of what the request shows comes before 403 of the part in the report") {
    judged at;
    CHECK(at.change_by(at.zorg, R"({"status":"weg"})", "\"1\"", at.at_zorg()).status == 400);
    CHECK(at.change_by(at.zorg, R"({"status":"afgesloten"})", "", at.at_zorg()).status == 400);
    CHECK(at.destroy_by(at.zorg, "", "?reden=misbruik", at.at_zorg()).status == 400);
}

TEST_CASE("400 of what the request shows comes before the same again; that before everything else") {
    judged at;
    REQUIRE(at.destroy_by(at.colleague, "\"1\"").status == 202);
    CHECK(at.destroy_by(at.colleague, "").status == 400);
    CHECK(at.destroy_by(at.colleague, "\"1\"", "?reden=weg").status == 400);
    CHECK(at.destroy_by(at.colleague, "\"1\"").status == 202);  // though its revision is another by now
}

TEST_CASE("403 of the part in the report comes before 400 of what the store shows, and before 409") {
    judged at;
    CHECK(at.change_by(at.zorg, judged::stranger, "\"1\"", at.at_zorg()).status == 403);
    CHECK(at.change_by(at.zorg, R"({"status":"afgesloten"})", "\"9\"", at.at_zorg()).status == 403);
    // An unopened report asks for a lead, and this confirmer is stale besides.
    REQUIRE(at.destroy_by(at.rotterdam, "\"1\"").status == 202);
    CHECK(at.destroy_by(at.colleague, "\"1\"").status == 403);
}

TEST_CASE("400 of what the store shows comes before 409") {
    judged at;
    CHECK(at.change_by(at.colleague, judged::stranger, "\"9\"").status == 400);
    CHECK(at.change_by(at.colleague, fmt::format(R"({{"toegewezen":"{}"}})", at.looks.lid.text()), "\"9\"")
              .status == 400);
    REQUIRE(at.destroy_by(at.rotterdam, "\"1\"").status == 202);
    CHECK(at.change_by(at.colleague, judged::stranger, "\"2\"").status == 400);  // and it is under an order
}

TEST_CASE("409 comes before 429") {
    judged at;
    for (int i = 0; i < 50; ++i)
        REQUIRE(at.destroy_by(at.colleague, "\"1\"", "?reden=misbruik", at.posted()).status == 202);
    CHECK(at.destroy_by(at.colleague, "\"9\"").status == 409);
    CHECK(at.destroy_by(at.colleague, "\"1\"").status == 429);
}

TEST_CASE("a report posted again is the same 200, whatever was said of it in the meantime") {
    judged at;
    const auto key = crypto::b64u(crypto::bytes(96, 4)), body = crypto::b64u(crypto::bytes(4096, 1));
    const auto post = [&](const std::string& id, std::string_view rest) {
        return fmt::format(
            R"({{"id":"{}","suite":"baken-1","spoed":false,"ontvangers":[{{"voor":"loket:rotterdam","epoch":"2026-W47",)"
            R"("sleutel":"{}","rol":"eerste","sealedKey":"{}"}}],"body":"{}","bijlagen":[],"postbus":null{}}})",
            id, crypto::b64u(crypto::key_mark(at.rotterdam.key("2026-W47").public_key)), key, body, rest);
    };
    const auto id = crypto::uuid::random().text();
    const auto first = at.post("/v1/meldingen", post(id, ""));
    REQUIRE(first.status == 201);
    at.clock.put("2026-12-10");  // its week is not open any more
    const auto again = at.post("/v1/meldingen", post(id, ""));
    CHECK(again.status == 200);
    CHECK(json(again) == json(first));
    // 400 comes before any comparison with what is stored.
    CHECK(codes(at.post("/v1/meldingen", post(id, R"(,"x":1)"))) ==
          std::vector<std::string>{"onbekend-lid", "tijdvak"});
    CHECK(codes(at.post("/v1/meldingen", post(crypto::uuid::random().text(), ""))) ==
          std::vector<std::string>{"tijdvak"});
    at.clock.put("2026-11-19");
    CHECK(at.post("/v1/meldingen", post(id, R"(,"vulling":"0")")).status == 409);
}
