// What an officer's program says of a report: what is taken, what is refused and in which order, and what it
// changes. And that whatever else an officer does opens nothing.
#include "crypto/protocol/audit.hpp"
#include "service.hpp"

using namespace service;
using http::method;
using list = std::vector<std::string>;

namespace {

struct desks : server {
    crypto::uuid id = posted();
    std::string own = crypto::uuid::random().text();
    // How many lines each desk has from being furnished.
    std::int64_t furnished = run_now(store->head("rotterdam")).value().line;

    // Urgent, of rotterdam and zorg, with landelijk as the fallback for ever after.
    crypto::uuid posted() {
        auto row = samples::report("rotterdam");
        row.urgent = true;
        row.recipients.push_back(samples::recipient("zorg", "mede"));
        row.recipients.push_back(samples::recipient("landelijk", "achtervang"));
        row.recipients.back().release_hour = clock.at / 3600 + 1;
        const auto out = row.id;
        REQUIRE(run_now(store->add_report(std::move(row))));
        return out;
    }
    [[nodiscard]] std::string at(const world::desk& of, std::string rest = {}) const {
        return "/v1/loketten/" + of.id + "/meldingen/" + id.text() + rest;
    }
    http::response say(const world::desk& by, std::string_view body) {
        return signed_by(by.sign, by.keyid(), method::post, at(by, "/inzagen"), body);
    }
    [[nodiscard]] std::string body(std::string_view what, std::string_view more = ",\"tot\":null") const {
        return fmt::format(R"({{"id":"{}","handeling":"{}"{}}})", own, what, more);
    }
    [[nodiscard]] bool waits() const {
        return run_now(store->overdue(clock.at / 3600 + 1)).value().size() == 1;
    }
    [[nodiscard]] bool has(const world::desk& of) const {
        return run_now(store->report(of.id, id)).has_value();
    }
    boost::json::object fetched() { return json(member(rotterdam, at(rotterdam))); }
    // What officers and the clock did with the report: "handeling object", with nothing wrong in the whole
    // but the lines of the world itself, which are no lines of a trail.
    list trail(const world::desk& of) const {
        const protocol::trail_signers signers{{of.lid.text(), {of.sign.public_key}},
                                              {of.lead_keyid(), {of.lead.public_key}}};
        protocol::audit audit(of.id, signers);
        list out, faults, expected;
        for (const auto& bytes : run_now(store->trail(of.id, 0, 1000)).value()) {
            audit.take(bytes);
            if (audit.head().regel <= furnished)
                expected.push_back(fmt::format("line {} is not a line of a trail", audit.head().regel));
            else if (const auto line = protocol::parse_line(bytes).value();
                     line.object.starts_with(id.text()))
                out.push_back(line.handeling + line.object.substr(id.text().size()));
        }
        for (auto& one : audit.finish()) faults.push_back(std::move(one.sentence));
        CHECK(faults == expected);
        return out;
    }
};

}  // namespace

TEST_CASE("fetching by every means opens nothing; saying so by the first desk does") {
    desks at;
    CHECK(at.member(at.rotterdam, at.at(at.rotterdam)).status == 200);
    CHECK(at.member(at.rotterdam, "/v1/loketten/rotterdam/meldingen?metBody=true").status == 200);
    CHECK(at.member(at.rotterdam, "/v1/loketten/rotterdam/meldingen").status == 200);
    CHECK(at.fetched().at("geopend") == false);
    CHECK(at.say(at.rotterdam, at.body("geexporteerd")).status == 201);
    CHECK(at.say(at.zorg, at.body("geopend")).status == 201);
    CHECK(at.waits());
    at.own = crypto::uuid::random().text();
    CHECK(at.say(at.rotterdam, at.body("geopend")).status == 201);
    CHECK_FALSE(at.waits());
    CHECK(at.fetched().at("geopend") == true);
    CHECK(at.trail(at.zorg).size() == 1);
}

TEST_CASE("a list with bodies is one line of the trail for its page, and a list or a wait is none") {
    desks at;
    at.posted();
    const auto lines = [&] { return run_now(at.store->head("rotterdam")).value().line; };
    const auto before = lines();
    CHECK(at.member(at.rotterdam, "/v1/loketten/rotterdam/meldingen?wacht=1").status == 200);
    CHECK(lines() == before);
    CHECK(at.member(at.rotterdam, "/v1/loketten/rotterdam/meldingen?metBody=true").status == 200);
    CHECK(lines() == before + 1);
}

TEST_CASE(
    "said again in the same bytes it is the same answer, without a second line; else it is a conflict") {
    desks at;
    const auto first = at.say(at.rotterdam, at.body("geopend"));
    CHECK(first.status == 201);
    const auto head = field(first, "Logboek");
    const auto again = at.say(at.rotterdam, at.body("geopend"));
    CHECK(again.status == 200);
    CHECK(json(again) == json(first));
    CHECK(field(again, "Logboek") == head);
    CHECK(at.say(at.rotterdam, at.body("geopend", "")).status == 409);  // other bytes
    CHECK(at.say(at.rotterdam, at.body("geexporteerd")).status == 409);
    CHECK(at.trail(at.rotterdam) == list{"melding-geopend " + at.own, "melding-geopend geweigerd=409",
                                         "melding-geopend geweigerd=409"});
}

TEST_CASE("what cannot be said is refused: first whom it is about, then every fault at once") {
    desks at;
    CHECK(codes(at.say(at.rotterdam, at.body("gezien"))) == list{"onbekende-code"});
    CHECK(codes(at.say(at.rotterdam, "nonsense")) == list{"json"});
    CHECK(codes(at.say(at.rotterdam, R"({"handeling":"geopend","wie":1})")) ==
          list{"vereist", "onbekend-lid"});
    // No message is known yet, and only with geopend may one be named.
    const auto message = fmt::format(R"(,"tot":"{}")", crypto::uuid::random().text());
    CHECK(codes(at.say(at.rotterdam, at.body("geopend", message))) == list{"waarde"});
    CHECK(codes(at.say(at.rotterdam, at.body("niet-te-openen", message))) == list{"waarde"});
    CHECK(codes(at.say(at.rotterdam, at.body("geopend", R"(,"tot":"x")"))) == list{"formaat"});
    const auto elsewhere = [&](std::string_view body) {
        return at.signed_by(at.rotterdam.sign, at.rotterdam.keyid(), method::post,
                            "/v1/loketten/rotterdam/meldingen/" + crypto::uuid::random().text() + "/inzagen",
                            body);
    };
    CHECK(elsewhere(at.body("geopend")).status == 404);
    CHECK(elsewhere("nonsense").status == 404);
    CHECK(at.say(at.landelijk, at.body("geopend")).status == 404);  // its key is not released
    CHECK(at.signed_by(at.zorg.sign, at.zorg.keyid(), method::post, at.at(at.rotterdam, "/inzagen"), "{}")
              .status == 403);
    CHECK(at.signed_by(at.rotterdam.lead, at.rotterdam.lead_keyid(), method::post,
                       at.at(at.rotterdam, "/inzagen"), at.body("geopend"))
              .status == 403);
    CHECK(at.waits());
    CHECK(at.fetched().at("geopend") == false);
}

TEST_CASE("does not open: the fallback has it at once, and both trails say why") {
    desks at;
    CHECK(at.say(at.zorg, at.body("niet-te-openen")).status == 201);
    CHECK_FALSE(at.has(at.landelijk));
    CHECK(at.say(at.rotterdam, at.body("niet-te-openen")).status == 201);
    CHECK(at.has(at.landelijk));
    CHECK(at.trail(at.rotterdam) == list{"melding-niet-te-openen " + at.own, "achtervang-vrijgegeven"});
    CHECK(at.trail(at.landelijk) == list{"achtervang-vrijgegeven"});
    const auto line = run_now(at.store->trail("landelijk", 0, 1000)).value().back();
    CHECK(protocol::parse_line(line)->signature_base ==
          "eerste: rotterdam\nachtervang: landelijk\nreden: niet-te-openen");
    // What the fallback says opens nothing.
    CHECK(at.say(at.landelijk, at.body("geopend")).status == 201);
    CHECK(at.fetched().at("geopend") == false);
}
