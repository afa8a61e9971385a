// An officer changes and destroys a report of their desk; everybody else is refused, and every fault
// is said at once.
#include "desks.hpp"

using namespace service;
using http::method;

TEST_CASE("a change is made once, by the revision that was seen, and its line says what it was") {
    desks at;
    auto done = at.change(R"({"status":"in-behandeling","toegewezen":")" + at.rotterdam.lid.text() + R"("})");
    CHECK(done.status == 200);
    CHECK(field(done, "ETag") == "\"2\"");
    CHECK(json(done).at("revisie") == 2);
    auto item = at.fetched();
    CHECK(item.at("status") == "in-behandeling");
    CHECK(item.at("toegewezen").as_string() == at.rotterdam.lid.text());
    CHECK(item.at("bewaren").is_null());
    CHECK(at.change(R"({"status":"afgesloten"})").status == 409);
    CHECK(at.fetched().at("status") == "in-behandeling");
    CHECK(at.change(R"({"toegewezen":null})", "\"2\"").status == 200);
    CHECK(at.fetched().at("toegewezen").is_null());
    const auto lines = at.trail_of(at.rotterdam);
    bool told = false;
    for (const auto& line : lines)
        told = told || line.object.ends_with(" status=in-behandeling toegewezen=" + at.rotterdam.lid.text());
    CHECK(told);
}

TEST_CASE("a change that cannot be is refused with every fault, and changes nothing") {
    desks at;
    using list = std::vector<std::string>;
    CHECK(codes(at.change("{}")) == list{"vereist"});
    for (const char* status : {"nieuw", "ingetrokken", "overgedragen", "wordt-vernietigd", "weg"})
        CHECK(codes(at.change(fmt::format(R"({{"status":"{}"}})", status))) == list{"onbekende-code"});
    CHECK(codes(at.change(R"({"labels":["tolk"]})")) == list{"onbekend-lid"});
    CHECK(codes(at.change(R"({"status":"weg","toegewezen":"x","vernietiging":{},"anders":1})")) ==
          list{"onbekende-code", "formaat", "waarde", "onbekend-lid"});
    CHECK(codes(at.change(R"({"vernietiging":true})")) == list{"type"});
    CHECK(codes(at.change(R"({"toegewezen":")" + crypto::uuid::random().text() + R"("})")) == list{"waarde"});
    CHECK(codes(at.change(R"({"bewaren":{"tot":"2026-11-19","reden":"dubbel","herzegeld":[]}})")) ==
          list{"waarde", "onbekende-code"});
    CHECK(codes(at.change(R"({"bewaren":{"tot":"2027-01-01","reden":"rechtszaak"}})")) == list{"vereist"});
    CHECK(codes(at.change(R"({"herzegeld":[{}]})")) == list{"vereist", "vereist"});
    CHECK(codes(at.change(R"({"herzegeld":)" + at.anew("{}") + "}")) ==
          list{"vereist", "vereist", "vereist", "vereist", "vereist"});
    const auto key = crypto::b64u(crypto::bytes(96, 1));
    CHECK(codes(at.change(R"({"herzegeld":)" +
                          at.anew(R"({"voor":"postbus:1","rol":"eerste","sealedKey":")" + key + R"("})") +
                          "}")) == list{"loket"});
    CHECK(codes(at.change("nonsense")) == list{"json"});
    for (const char* tag : {"", "1", "\"\"", "\"x\"", "\"0\"", "\"1\", \"2\"", "W/\"1\"", "*"})
        CHECK(at.change(R"({"status":"afgesloten"})", tag).status == 400);
    CHECK(at.change(R"({"status":"afgesloten"})", "\"9\"").status == 409);
    // Nobody can be waited for without a mailbox.
    CHECK(at.change(R"({"status":"wacht-op-melder"})").status == 409);
    CHECK(at.fetched().at("revisie") == 1);
}

TEST_CASE("only the first desk changes a report; who has none of it learns nothing") {
    desks at;
    constexpr const char* closed = R"({"status":"afgesloten"})";
    CHECK(at.change_by(at.zorg, closed, "\"1\"", at.at_zorg()).status == 403);
    CHECK(at.change_by(at.zorg, closed, "\"1\"").status == 403);
    const auto none = "/v1/loketten/landelijk" + at.report.substr(at.report.find("/meldingen"));
    CHECK(at.change_by(at.landelijk, closed, "\"1\"", none).status == 404);
    CHECK(at.change_by(at.rotterdam, closed, "\"1\"", "/v1/loketten/rotterdam/meldingen/x").status == 404);
    CHECK(at.change_by(at.zorg, R"({"herzegeld":[],"status":"afgesloten"})", "\"1\"", at.at_zorg()).status ==
          403);
}

TEST_CASE("any desk that has a report seals its key anew for those that have it, and its revision stays") {
    desks at;
    const auto to_first = at.anew(at.recipient(at.rotterdam, "2026-W48"));
    const auto sealed = [&](const std::string& list, std::string_view tag = "\"1\"") {
        return at.change_by(at.zorg, R"({"herzegeld":)" + list + "}", tag, at.at_zorg());
    };
    at.clock.put("2026-11-24");  // W48
    CHECK(codes(sealed(at.anew(at.recipient(at.landelijk, "2026-W48", "mede")))) ==
          std::vector<std::string>{"loket"});
    CHECK(codes(sealed(at.anew(at.recipient(at.zorg, "2026-W48")))) == std::vector<std::string>{"waarde"});
    CHECK(codes(sealed(at.anew(at.recipient(at.zorg, "2026-W46", "mede")))) ==
          std::vector<std::string>{"tijdvak"});
    auto other = to_first;
    other.replace(8, 36, crypto::uuid::random().text());
    CHECK(codes(sealed(other)) == std::vector<std::string>{"waarde"});
    CHECK(sealed(to_first, "\"7\"").status == 409);
    const auto done = sealed(to_first);
    CHECK(done.status == 200);
    CHECK(json(done).at("revisie") == 1);
    CHECK(at.fetched().at("epoch") == "2026-W48");
    CHECK(at.fetched().at("sealedKey").as_string() == crypto::b64u(crypto::bytes(96, 5)));
    CHECK(at.fetched().at("geopend") == false);
    CHECK(at.trail_of(at.zorg).back().object.ends_with(" herzegeld"));
}

TEST_CASE("a report is kept with its key sealed to this week, and not with one of a week before") {
    desks at;
    at.clock.put("2026-12-01");  // W49: its key of W47 is not open any more
    for (auto* one : {&at.rotterdam, &at.zorg, &at.landelijk}) {
        at.hand_in_key(*one, "2026-W49");
        at.publish_stand(*one);
    }
    const std::string keep = R"({"bewaren":{"tot":"2027-06-01","reden":"rechtszaak","herzegeld":)";
    const auto with = [&](const std::string& recipients) { return keep + at.anew(recipients) + "}}"; };
    CHECK(codes(at.change(keep + "[]}}")) == std::vector<std::string>{"tijdvak", "tijdvak"});
    const auto first = at.recipient(at.rotterdam, "2026-W49"),
               other = at.recipient(at.zorg, "2026-W49", "mede");
    CHECK(codes(at.change(with(first + "," + at.recipient(at.zorg, "2026-W49")))) ==
          std::vector<std::string>{"waarde"});
    CHECK(codes(at.change(with(first + "," + other + "," + other))) == std::vector<std::string>{"dubbel"});
    CHECK(codes(at.change(
              with(first + "," + other + "," + at.recipient(at.landelijk, "2026-W49", "achtervang")))) ==
          std::vector<std::string>{"loket"});
    CHECK(codes(at.change(with(at.recipient(at.rotterdam, "2026-W47") + "," + other))) ==
          std::vector<std::string>{"tijdvak"});
    CHECK(at.change(with(first + "," + other)).status == 200);
    const auto item = at.fetched();
    CHECK(item.at("epoch") == "2026-W49");
    CHECK(item.at("bewaren").at("tot") == "2027-06-01");
    CHECK(item.at("sealedKey").as_string() == crypto::b64u(crypto::bytes(96, 5)));
    // Kept, it cannot be ordered to be destroyed; no longer kept, it can.
    CHECK(at.destroy_by(at.rotterdam, "\"2\"").status == 409);
    CHECK(at.change(R"({"bewaren":null})", "\"2\"").status == 200);
    CHECK(at.destroy_by(at.rotterdam, "\"3\"").status == 202);
}
