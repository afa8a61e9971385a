#include "client/report/submitted.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"

using Catch::Matchers::Contains;

namespace {

protocol::gids gids() {
    protocol::gids out;
    out.loketten = {{"landelijk", "Landelijk loket", "landelijk", false, {}, std::nullopt},
                    {"rotterdam", "Politie Rotterdam", "politie", true, {}, "landelijk"},
                    {"zorg", "Zorgloket", "zorg", false, {}, "landelijk"}};
    return out;
}

desk::stored_report stored() {
    const protocol::decision decision{
        {{"rotterdam", "eerste"}, {"zorg", "mede"}, {"landelijk", "achtervang"}}, true};
    return {"6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b", "2026-11-21", decision.spoed,
            desk::named_readers(decision, gids())};
}

}  // namespace

TEST_CASE("only desks that exist can be excluded, and never the default one") {
    CHECK(desk::excluded_desks({}, gids(), "landelijk")->empty());
    CHECK(desk::excluded_desks({"zorg", "zorg"}, gids(), "landelijk")->size() == 1);
    auto unknown = desk::excluded_desks({"rotterdm"}, gids(), "landelijk");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().exit == client::wrong_use);
    CHECK_THAT(unknown.error().sentence, Contains("landelijk, rotterdam, zorg"));
    auto standaard = desk::excluded_desks({"zorg", "landelijk"}, gids(), "landelijk");
    REQUIRE_FALSE(standaard);
    CHECK_THAT(standaard.error().sentence, Contains("cannot be excluded"));
}

TEST_CASE("a reporter is told who can read it, when, and who is an investigating authority") {
    auto receipt = *crypto::receipt::parse(crypto::receipt::random().digits());
    auto text = desk::submitted_text(stored(), &receipt);
    std::string shown(text.text());
    CHECK_THAT(shown, Contains("6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b") && Contains("2026-11-21") &&
                          Contains("Urgent"));
    CHECK_THAT(
        shown,
        Contains("Politie Rotterdam (rotterdam): first: reads it and answers; an investigating authority\n"));
    CHECK_THAT(shown, Contains("Zorgloket (zorg): also reads it; not an investigating authority\n"));
    CHECK_THAT(
        shown,
        Contains(
            "only if the first desk does not open it in time, or cannot; not an investigating authority\n"));
    CHECK_THAT(shown, Contains(std::string(receipt.groups().text())));
    CHECK_THAT(shown, Contains("only this once"));
    auto again = stored();
    again.before = true;
    auto later = desk::submitted_text(again, &receipt);
    CHECK_THAT(std::string(later.text()), Contains("an earlier try had stored it") && Contains("Receipt") &&
                                              !Contains("only this once"));
    auto without = desk::submitted_text(stored(), nullptr);
    CHECK_THAT(std::string(without.text()), Contains("no mailbox") && !Contains("Receipt"));
}

TEST_CASE("for machines it is one object with the 24 digits") {
    auto receipt = crypto::receipt::random();
    auto text = desk::submitted_json(stored(), {"one remark"}, &receipt);
    auto object = protocol::parse_object(text.text());
    REQUIRE(object);
    CHECK(object->at("id") == "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b");
    CHECK(object->at("ontvangen") == "2026-11-21");
    CHECK(object->at("eerder") == false);
    CHECK(object->at("opmerkingen").as_array().size() == 1);
    CHECK(object->at("bon") == protocol::json::string_view(receipt.digits()));
    REQUIRE(object->at("ontvangers").as_array().size() == 3);
    const auto& first = object->at("ontvangers").as_array()[0].as_object();
    CHECK(first.at("voor") == "loket:rotterdam");
    CHECK(first.at("rol") == "eerste");
    CHECK(first.at("opsporing") == true);
    auto without = desk::submitted_json(stored(), {}, nullptr);
    CHECK(protocol::parse_object(without.text())->at("bon").is_null());
}
