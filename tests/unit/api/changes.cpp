// An officer changes and destroys a report of their desk; everybody else is refused, and every fault
// is said at once.
#include "crypto/protocol/audit.hpp"
#include "service.hpp"

using namespace service;
using http::method;

namespace {

struct desks : server {
    // A report of rotterdam, also for zorg, sealed to this week.
    std::string report = posted();

    std::string posted() {
        auto row = samples::report("rotterdam");
        row.recipients[0].epoch = "2026-W47";
        row.recipients.push_back(samples::recipient("zorg", "mede"));
        const auto id = row.id;
        REQUIRE(run_now(store->add_report(std::move(row))));
        return "/v1/loketten/rotterdam/meldingen/" + id.text();
    }
    http::response change(std::string_view body, std::string_view tag = "\"1\"",
                          const world::desk* by = nullptr, std::string target = {}) {
        const auto& who = by ? *by : rotterdam;
        auto out = head(method::patch, target.empty() ? report : std::move(target));
        if (!tag.empty()) out.fields.emplace_back("if-match", tag);
        return signed_with(std::move(out), who, body);
    }
    http::response signed_with(http::head out, const world::desk& by, std::string_view body = {}) {
        crypto::signed_message message{out.method_text, out.authority, out.path,
                                       out.query.empty() ? "?" : out.query, out.fields};
        if (!body.empty())
            message.fields.emplace_back("content-digest", crypto::content_digest(crypto::as_bytes(body)));
        auto fields =
            crypto::sign_request(message, by.sign, by.keyid(), clock.at, crypto::uuid::random().bytes);
        out.fields = message.fields;
        out.fields.emplace_back("signature-input", fields.signature_input);
        out.fields.emplace_back("signature", fields.signature);
        return send(std::move(out), body);
    }
    http::response destroy(std::string_view reason, const world::desk* by = nullptr) {
        const auto& who = by ? *by : rotterdam;
        return signed_with(head(method::del, report + std::string(reason)), who);
    }
    boost::json::object fetched() { return json(member(rotterdam, report)); }
    std::string recipient(const world::desk& to, std::string_view week, std::string_view role = "eerste") {
        return fmt::format(R"({{"voor":"loket:{}","epoch":"{}","sleutel":"{}","rol":"{}","sealedKey":"{}"}})",
                           to.id, week, crypto::b64u(crypto::key_mark(to.key(week).public_key)), role,
                           crypto::b64u(crypto::bytes(96, 5)));
    }
    // The trail of a desk with nothing wrong in it; its lines.
    std::vector<protocol::trail_line> whole_trail(const world::desk& of) {
        protocol::trail_signers signers{{of.lid.text(), {of.sign.public_key}},
                                        {of.lead_keyid(), {of.lead.public_key}}};
        protocol::audit audit(of.id, signers);
        std::vector<protocol::trail_line> out;
        for (const auto& bytes : run_now(store->trail(of.id, 0, 1000)).value())
            if (auto line = protocol::parse_line(bytes)) out.push_back(std::move(*line));
        return out;
    }
};

}  // namespace

TEST_CASE("a change is made once, by the revision that was seen, and its line says what it was") {
    desks at;
    auto done = at.change(R"({"status":"in-behandeling","toegewezen":")" + at.rotterdam.lid.text() +
                          R"(","labels":["tolk","netwerk"]})");
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
    const auto lines = at.whole_trail(at.rotterdam);
    bool told = false;
    for (const auto& line : lines)
        told = told || line.object.ends_with(" status=in-behandeling toegewezen=" + at.rotterdam.lid.text() +
                                             " labels");
    CHECK(told);
}

TEST_CASE("a change that cannot be is refused with every fault, and changes nothing") {
    desks at;
    using list = std::vector<std::string>;
    CHECK(codes(at.change("{}")) == list{"vereist"});
    CHECK(codes(at.change(R"({"status":"ingetrokken"})")) == list{"onbekende-code"});
    CHECK(codes(at.change(R"({"status":"weg","labels":["x","tolk","tolk"],"toegewezen":")" +
                          crypto::uuid::random().text() + R"(","anders":1})")) ==
          list{"onbekende-code", "onbekend-lid", "waarde", "onbekende-code", "dubbel"});
    CHECK(codes(at.change(R"({"bewaren":{"tot":"2026-11-19","reden":"dubbel","ontvangers":[]}})")) ==
          list{"waarde", "onbekende-code"});
    CHECK(codes(at.change(R"({"bewaren":{"tot":"2040-01-01","reden":"rechtszaak","ontvangers":[{}]}})")) ==
          list{"vereist", "vereist", "vereist", "vereist", "vereist", "waarde"});
    CHECK(
        codes(at.change(
            R"({"bewaren":{"tot":"2027-01-01","reden":"rechtszaak","ontvangers":[{"voor":"postbus:1","rol":"eerste","sealedKey":")" +
            crypto::b64u(crypto::bytes(96, 1)) + R"("}]}})")) == list{"loket"});
    CHECK(codes(at.change("nonsense")) == list{"json"});
    for (const char* tag : {"", "1", "\"\"", "\"x\"", "\"0\"", "\"1\", \"2\"", "W/\"1\"", "*"})
        CHECK(at.change(R"({"status":"nieuw"})", tag).status == 400);
    CHECK(at.change(R"({"status":"nieuw"})", "\"9\"").status == 409);
    CHECK(at.fetched().at("revisie") == 1);
}

TEST_CASE("only the first desk changes and destroys; who has no such report learns nothing") {
    desks at;
    const auto at_zorg = "/v1/loketten/zorg" + at.report.substr(at.report.find("/meldingen"));
    CHECK(at.change(R"({"status":"nieuw"})", "\"1\"", &at.zorg, at_zorg).status == 403);
    CHECK(at.change(R"({"status":"nieuw"})", "\"1\"", &at.zorg).status == 403);
    const auto none = "/v1/loketten/landelijk" + at.report.substr(at.report.find("/meldingen"));
    CHECK(at.change(R"({"status":"nieuw"})", "\"1\"", &at.landelijk, none).status == 404);
    CHECK(at.signed_with(head(method::del, at_zorg + "?reden=misbruik"), at.zorg).status == 403);
    CHECK(at.whole_trail(at.zorg).back().handeling == "melding-vernietigd");
    CHECK(at.whole_trail(at.zorg).back().object == at_zorg.substr(at_zorg.rfind('/') + 1) + " geweigerd=403");
    CHECK(at.change(R"({"status":"nieuw"})", "\"1\"", nullptr, "/v1/loketten/rotterdam/meldingen/x").status ==
          404);
}

TEST_CASE("a report is kept with its key sealed to this week, and not with one of a week before") {
    desks at;
    at.clock.put("2026-12-01");  // W49: its key of W47 is not open any more
    for (auto* one : {&at.rotterdam, &at.zorg, &at.landelijk}) {
        at.hand_in_key(*one, "2026-W49");
        at.publish_stand(*one);
    }
    const std::string keep = R"({"bewaren":{"tot":"2027-06-01","reden":"rechtszaak","ontvangers":[)";
    CHECK(codes(at.change(keep + "]}}")) == std::vector<std::string>{"tijdvak", "tijdvak"});
    const auto first = at.recipient(at.rotterdam, "2026-W49"),
               other = at.recipient(at.zorg, "2026-W49", "mede");
    CHECK(codes(at.change(keep + first + "," + at.recipient(at.zorg, "2026-W49") + "]}}")) ==
          std::vector<std::string>{"waarde"});
    CHECK(codes(at.change(keep + first + "," + other + "," + other + "]}}")) ==
          std::vector<std::string>{"dubbel"});
    CHECK(codes(at.change(keep + first + "," + other + "," +
                          at.recipient(at.landelijk, "2026-W49", "achtervang") + "]}}")) ==
          std::vector<std::string>{"loket"});
    CHECK(codes(at.change(keep + at.recipient(at.rotterdam, "2026-W47") + "," + other + "]}}")) ==
          std::vector<std::string>{"tijdvak"});
    CHECK(at.change(keep + first + "," + other + "]}}").status == 200);
    const auto item = at.fetched();
    CHECK(item.at("epoch") == "2026-W49");
    CHECK(item.at("bewaren").at("tot") == "2027-06-01");
    CHECK(item.at("sealedKey").as_string() == crypto::b64u(crypto::bytes(96, 5)));
    // Kept, it is not destroyed; no longer kept, it is.
    CHECK(at.destroy("?reden=afgerond").status == 409);
    CHECK(at.change(R"({"bewaren":null})", "\"2\"").status == 200);
    CHECK(at.destroy("?reden=afgerond").status == 200);
}

TEST_CASE("what was destroyed is gone for each of its desks, with a line in each trail") {
    desks at;
    CHECK(codes(at.destroy("")) == std::vector<std::string>{"vereist"});
    CHECK(codes(at.destroy("?reden=rechtszaak&x=1")) ==
          std::vector<std::string>{"onbekende-code", "onbekend-lid"});
    CHECK(at.whole_trail(at.rotterdam).back().object.ends_with(" geweigerd=400"));
    auto done = at.destroy("?reden=misbruik");
    CHECK(done.status == 200);
    CHECK(json(done).at("vernietigd") == "2026-11-19");
    CHECK(at.member(at.rotterdam, at.report).status == 404);
    CHECK(at.destroy("?reden=misbruik").status == 404);
    CHECK(at.whole_trail(at.zorg).back().lid == "loket:rotterdam");
    CHECK(at.whole_trail(at.zorg).back().handeling == "melding-vernietigd");
    bool told = false;
    for (const auto& line : at.whole_trail(at.rotterdam))
        told = told || (line.handeling == "melding-vernietigd" && line.object.ends_with(" reden=misbruik"));
    CHECK(told);
}
