// Nobody destroys a report alone (protocol §11): what one member's key can do to it, and what it takes to end
// it.
#include "desks.hpp"

using namespace service;

namespace {

struct ordered : desks {
    // Everybody stands in the standing of when an order is given.
    person colleague = enrolled(*this, rotterdam, "medewerker"),
           lead = enrolled(*this, rotterdam, "beheerder");

    void open() {
        opened_by(rotterdam, report);
        opened_by(colleague, report);
    }
    boost::json::object order_of(const http::response& answer) {
        return json(answer).at("vernietiging").as_object();
    }
    // The trail's last line of what was done, without what was only fetched.
    std::string last(const world::desk& of) {
        const auto lines = trail_of(of);
        for (auto line = lines.rbegin(); line != lines.rend(); ++line)
            if (!line->handeling.ends_with("-opgehaald")) return line->handeling + " " + line->object;
        return {};
    }
};

std::string id_in(const std::string& target) { return target.substr(target.rfind('/') + 1); }

}  // namespace

TEST_CASE("an order closes a report to its desk, and nothing is destroyed") {
    ordered at;
    at.open();
    const auto done = at.destroy_by(at.rotterdam, "\"1\"");
    CHECK(done.status == 202);
    CHECK(field(done, "ETag") == "\"2\"");
    const auto order = at.order_of(done);
    CHECK(order.at("door").as_string() == at.rotterdam.lid.text());
    CHECK(order.at("dag") == "2026-11-19");
    CHECK(order.at("reden") == "misbruik");
    CHECK(order.at("uiterlijk") == "2026-11-26");
    const auto item = at.fetched();
    CHECK(item.at("status") == "wordt-vernietigd");
    CHECK(item.at("sealedKey").is_null());
    CHECK(item.at("body").is_null());
    CHECK(item.at("einde") == "2026-11-26");
    CHECK(item.at("vernietiging").as_object() == order);
    const auto listed = json(
        at.member(at.rotterdam, "/v1/loketten/rotterdam/meldingen?metBody=true&status=wordt-vernietigd"));
    CHECK(listed.at("meldingen").at(0).at("body").is_null());
    CHECK(listed.at("meldingen").at(0).at("sealedKey").is_null());
    // Who shares it reads on and sees the order.
    const auto shared = json(at.member(at.zorg, at.at_zorg()));
    CHECK(shared.at("body").is_string());
    CHECK(shared.at("sealedKey").is_string());
    CHECK(shared.at("vernietiging").as_object() == order);
    CHECK(at.last(at.rotterdam) == "vernietiging-opgedragen " + id_in(at.report) + " reden=misbruik");
    CHECK(at.trail_of(at.zorg).back().handeling == "melding-opgehaald");
    CHECK(at.last(at.zorg) == "vernietiging-opgedragen " + id_in(at.report));
    // The same again is the same, without a line; also with the revision of before.
    const auto lines = at.trail_of(at.rotterdam).size();
    for (const char* tag : {"\"1\"", "\"2\""}) CHECK(at.order_of(at.destroy_by(at.rotterdam, tag)) == order);
    CHECK(at.trail_of(at.rotterdam).size() == lines);
}

TEST_CASE("an order is taken back by any member of its desk, and the state is what it was") {
    ordered at;
    REQUIRE(at.change(R"({"status":"afgesloten"})").status == 200);
    REQUIRE(at.destroy_by(at.rotterdam, "\"2\"").status == 202);
    // Nothing else is changed meanwhile, nor together with it.
    for (const char* body :
         {R"({"status":"in-behandeling"})", R"({"toegewezen":null})", R"({"bewaren":null})",
          R"({"vernietiging":null,"status":"afgesloten"})", R"({"herzegeld":[]})"})
        CHECK(at.change(body, "\"3\"").status == 409);
    CHECK(at.change_by(at.zorg, R"({"vernietiging":null})", "\"3\"", at.at_zorg()).status == 403);
    CHECK(at.change_by(at.colleague, R"({"vernietiging":null})", "\"2\"").status == 409);
    const auto undone = at.change_by(at.colleague, R"({"vernietiging":null})", "\"3\"");
    CHECK(undone.status == 200);
    CHECK(json(undone).at("revisie") == 4);
    CHECK(at.last(at.rotterdam) == "vernietiging-teruggenomen " + id_in(at.report));
    const auto item = at.fetched();
    CHECK(item.at("status") == "afgesloten");
    CHECK(item.at("vernietiging").is_null());
    CHECK(item.at("body").is_string());
    CHECK(at.change(R"({"vernietiging":null})", "\"4\"").status == 409);  // there is none
}

TEST_CASE("another member confirms, who has seen the order; then it is gone for every desk") {
    ordered at;
    at.open();
    REQUIRE(at.destroy_by(at.rotterdam, "\"1\"").status == 202);
    CHECK(at.destroy_by(at.colleague, "\"1\"").status == 409);
    const auto done = at.destroy_by(at.colleague, "\"2\"");
    CHECK(done.status == 200);
    CHECK(json(done).at("vernietigd") == "2026-11-19");
    CHECK(at.member(at.rotterdam, at.report).status == 404);
    CHECK(at.member(at.zorg, at.at_zorg()).status == 404);
    CHECK(at.destroy_by(at.colleague, "\"2\"").status == 404);
    bool told = false;
    for (const auto& line : at.trail_of(at.rotterdam))
        told =
            told || (line.handeling == "melding-vernietigd" && line.lid == at.colleague.lid.text() &&
                     line.object == id_in(at.report) + " reden=misbruik opdracht=" + at.rotterdam.lid.text());
    CHECK(told);
    bool elsewhere = false;
    for (const auto& line : at.trail_of(at.zorg))
        elsewhere = elsewhere || (line.handeling == "melding-vernietigd" && line.lid == "loket:rotterdam");
    CHECK(elsewhere);
}

TEST_CASE("a lead cannot make a member who confirms, nor two of one person") {
    ordered at;
    at.open();
    // The key of who orders, under another lid.
    person twin;
    twin.sign = {at.colleague.sign.public_key, at.colleague.sign.secret_key.copy()};
    (void)hand_in(at, at.rotterdam, twin, "beheerder");
    at.publish_stand(at.rotterdam);
    REQUIRE(at.destroy_by(at.colleague, "\"1\"").status == 202);
    CHECK(at.destroy_by(twin, "\"2\"").status == 403);
    // One who was made since.
    const auto fresh = enrolled(at, at.rotterdam, "beheerder");
    CHECK(at.destroy_by(fresh, "\"2\"").status == 403);
    // Somebody of before with another key since: the officer of the country, the colleague and this lead.
    const std::vector<std::string> others(at.rotterdam.leden.begin(), at.rotterdam.leden.begin() + 2);
    person replaced;
    replaced.lid = at.lead.lid;
    at.rotterdam.leden = others;
    (void)hand_in(at, at.rotterdam, replaced, "beheerder");
    at.publish_stand(at.rotterdam);
    CHECK(at.destroy_by(replaced, "\"2\"").status == 403);
    CHECK(at.fetched().at("status") == "wordt-vernietigd");
    // Who was only renewed is still the one of before.
    at.clock.at += 86400;
    at.rotterdam.leden = others;
    (void)hand_in(at, at.rotterdam, at.lead, "beheerder");
    at.publish_stand(at.rotterdam);
    CHECK(at.destroy_by(at.lead, "\"2\"").status == 200);
}

TEST_CASE("what nobody opened, or is urgent, needs a lead as one of the two, and time never ends it") {
    for (const bool urgent : {false, true}) {
        CAPTURE(urgent);
        ordered at;
        if (urgent) {
            at.report = at.posted(true);
            at.open();
        }
        const auto done = at.destroy_by(at.rotterdam, "\"1\"");
        CHECK(done.status == 202);
        CHECK(at.order_of(done).at("uiterlijk").is_null());
        CHECK(at.fetched().at("einde").is_null());
        CHECK(at.destroy_by(at.colleague, "\"2\"").status == 403);
        // Of before in another role: a lead made of a member since is none for this order.
        at.clock.at += 86400;
        at.rotterdam.leden.erase(at.rotterdam.leden.begin() + 1);
        (void)hand_in(at, at.rotterdam, at.colleague, "beheerder");
        at.publish_stand(at.rotterdam);
        CHECK(at.destroy_by(at.colleague, "\"2\"").status == 403);
        CHECK(at.destroy_by(at.lead, "\"2\"").status == 200);
    }
}

TEST_CASE("what only the orderer opened is never destroyed by time alone") {
    ordered at;
    at.opened_by(at.rotterdam, at.report);
    CHECK(at.order_of(at.destroy_by(at.rotterdam, "\"1\"")).at("uiterlijk").is_null());
    CHECK(at.destroy_by(at.colleague, "\"2\"").status == 200);
}

TEST_CASE("the fifty-first order of a day is refused until midnight, whatever became of the others") {
    ordered at;
    at.clock.put("2026-11-19", 86400 - 600);
    for (int i = 0; i < 50; ++i) {
        const auto target = at.posted();
        REQUIRE(at.destroy_by(at.rotterdam, "\"1\"", "?reden=misbruik", target).status == 202);
        if (i % 10 == 0)
            REQUIRE(at.change_by(at.rotterdam, R"({"vernietiging":null})", "\"2\"", target).status == 200);
    }
    const auto refused = at.destroy_by(at.rotterdam, "\"1\"");
    CHECK(refused.status == 429);
    CHECK(field(refused, "Retry-After") == "600");
    CHECK(at.fetched().at("status") == "nieuw");
    CHECK(at.destroy_by(at.lead, "\"1\"").status == 202);
    at.clock.put("2026-11-20", 60);
    CHECK(at.destroy_by(at.rotterdam, "\"1\"", "?reden=misbruik", at.posted()).status == 202);
}

TEST_CASE("a desk that shares a report takes its own key away, and destroys nothing") {
    ordered at;
    CHECK(at.destroy_by(at.zorg, "\"9\"", "?reden=afgerond", at.at_zorg()).status == 409);
    const auto done = at.destroy_by(at.zorg, "\"1\"", "?reden=afgerond", at.at_zorg());
    CHECK(done.status == 200);
    CHECK(json(done).at("afgestaan") == "2026-11-19");
    CHECK(at.last(at.zorg) == "sleutel-afgestaan " + id_in(at.report) + " reden=afgerond");
    CHECK(at.member(at.zorg, at.at_zorg()).status == 404);
    CHECK(at.fetched().at("revisie") == 1);
    CHECK(at.fetched().at("ontvangers").as_array().size() == 1);
}
