// From a sealed report as the server hands it out, to the text an officer reads.
#include <catch2/catch.hpp>

#include "client/desk/epoch_secrets.hpp"
#include "client/desk/report_item.hpp"
#include "client/desk/report_text.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/issue.hpp"

using Catch::Matchers::Contains;

namespace {

const protocol::day today = *protocol::day::parse("2026-11-21");

struct made_desk {
    crypto::sign_keys lead = crypto::sign_keys::random();
    crypto::box_keys officer = crypto::box_keys::random();
    protocol::issued_key issued;

    made_desk() {
        auto member = protocol::issue_membership("rotterdam", crypto::uuid::random(),
                                                 crypto::sign_keys::random().public_key, officer.public_key,
                                                 "medewerker", today, lead);
        issued =
            *protocol::issue_epoch_key("rotterdam", protocol::epoch::of(today), std::span(&member, 1), lead);
    }
    [[nodiscard]] std::string keys_answer(const crypto::bytes& wrap) const {
        return R"({"sleutels":[{"sleutel":")" + issued.key.token + R"(","sealedSecret":")" +
               crypto::b64u(wrap) + R"("},{"sleutel":")" + issued.key.token + R"(","sealedSecret":null}]})";
    }
    [[nodiscard]] crypto::bytes wrap() const {
        auto view = issued.wraps[0].second.view();
        return {view.begin(), view.end()};
    }
};

constexpr std::string_view draft = R"({"rol":"burger","vormen":["arbeid","seksueel"],"minderjarig":"nee",
"wat":"eerste regel\n!!! ALARM: no\u001b[2J","contact":{"naam":"J\u202e"},"wensen":["hulp"]})";

// The item as GET …/meldingen/{id} gives it: the desk's own sealed key beside the recipients.
std::string item_answer(const made_desk& made, const crypto::uuid& id, bool spoed_outside = false) {
    auto report = *protocol::report::draft(draft);
    protocol::decision decision{{{"rotterdam", "eerste"}}, false};
    auto text = report.complete(id, decision, {7, crypto::hash_text({})}, std::nullopt);
    auto key = crypto::content_key::random();
    auto body = *crypto::seal_body(text, key, crypto::kind::melding, id);
    auto sealed = *crypto::seal_key(key, id, made.issued.key.public_key);
    return R"({"id":")" + id.text() + R"(","status":"nieuw","rol":"eerste","spoed":)" +
           (spoed_outside ? "true" : "false") + R"(,"ontvangen":"2026-11-21","epoch":")" +
           made.issued.key.epoch.text() + R"(","sealedKey":")" + crypto::b64u(sealed.view()) +
           R"(","grootteklasse":4096,"revisie":1,"ontvangers":[{"voor":"loket:rotterdam","epoch":")" +
           made.issued.key.epoch.text() + R"(","rol":"eerste"}],"geopend":false,"body":")" +
           crypto::b64u(body.view()) + R"(","bijlagen":[],"postbus":null,"berichten":[{}],"notities":[]})";
}

}  // namespace

TEST_CASE("a report opens with the officer's own wrap, and its text stays text") {
    made_desk made;
    auto held =
        desk::read_held_keys(made.keys_answer(made.wrap()), "rotterdam", std::span(&made.lead.public_key, 1));
    REQUIRE(held);
    auto secrets = desk::unwrap(*held, made.officer);
    CHECK(secrets.spoiled.empty());
    auto id = crypto::uuid::random();
    auto item = desk::read_item(item_answer(made, id), "rotterdam", id.text());
    REQUIRE(item);
    CHECK(item->messages == 1);
    desk::name_key(*item, "rotterdam", secrets);
    auto opened =
        protocol::open_report(item->received, "rotterdam", secrets.by_mark, [](const auto&) { return true; });
    REQUIRE(opened);
    CHECK(opened->alarms.empty());

    auto plain = desk::report_text(*item, opened->report);
    std::string text(plain.text());
    CHECK_THAT(text, Contains(id.text()) && Contains("arbeid, seksueel") && Contains("written by (rol)"));
    CHECK_THAT(text, Contains("    | eerste regel\n    | !!! ALARM: no\\u001b[2J\n"));
    CHECK_THAT(text, Contains("J\\u202e") && !Contains("\nnull"));
    CHECK(text.find('\x1b') == std::string::npos);

    auto json = desk::report_json(*item, opened->report, opened->alarms);
    auto object = protocol::parse_object(json.text());
    REQUIRE(object);
    CHECK(object->at("melding").as_object().at("rol") == "burger");
    CHECK(object->at("melding").as_object().at("contact").as_object().at("naam") == "J\xe2\x80\xae");
    CHECK(object->at("alarmen").as_array().empty());
}

TEST_CASE("of a week that had several keys, the one that opens is found; of another week none is") {
    made_desk made;
    const auto mark = crypto::key_mark(made.issued.key.public_key);
    auto held =
        desk::read_held_keys(made.keys_answer(made.wrap()), "rotterdam", std::span(&made.lead.public_key, 1));
    auto secrets = desk::unwrap(*held, made.officer);
    const auto add = [&](const std::string& week) {
        auto other = crypto::box_keys::random();
        const auto of_other = crypto::key_mark(other.public_key);
        secrets.by_mark.emplace(of_other, std::move(other));
        secrets.marks_of_week.emplace(week, of_other);
    };
    for (int i = 0; i < 3; ++i) add(made.issued.key.epoch.text());
    const auto id = crypto::uuid::random();
    auto item = desk::read_item(item_answer(made, id), "rotterdam", id.text()).value();
    desk::name_key(item, "rotterdam", secrets);
    CHECK(item.received.envelope.ontvangers[0].sleutel == mark);
    const auto open = [&](const desk::report_item& one) {
        return protocol::open_report(one.received, "rotterdam", secrets.by_mark,
                                     [](const auto&) { return true; });
    };
    CHECK(open(item).has_value());

    auto strange = desk::read_item(item_answer(made, id), "rotterdam", id.text()).value();
    secrets.marks_of_week.clear();
    add("2020-W01");
    desk::name_key(strange, "rotterdam", secrets);
    CHECK(open(strange).error() == protocol::open_errc::no_secret);
    add(made.issued.key.epoch.text());
    desk::name_key(strange, "rotterdam", secrets);
    CHECK(open(strange).error() == protocol::open_errc::not_opened);
}

TEST_CASE("alarms come first and loudly") {
    made_desk made;
    auto held =
        desk::read_held_keys(made.keys_answer(made.wrap()), "rotterdam", std::span(&made.lead.public_key, 1));
    auto secrets = desk::unwrap(*held, made.officer);
    auto id = crypto::uuid::random();
    auto item = desk::read_item(item_answer(made, id, true), "rotterdam", id.text());
    REQUIRE(item);
    desk::name_key(*item, "rotterdam", secrets);
    auto opened = protocol::open_report(item->received, "rotterdam", secrets.by_mark,
                                        [](const auto&) { return false; });
    REQUIRE(opened);
    auto text = desk::alarms_text(opened->alarms, secrets.spoiled);
    CHECK(text.starts_with("!!! ALARM: "));
    CHECK_THAT(text, Contains(std::string(protocol::text(protocol::alarm::urgency_differs))) &&
                         Contains(std::string(protocol::text(protocol::alarm::unknown_directory))));
    CHECK(desk::alarms_text({}, {}).empty());
    auto json = desk::report_json(*item, opened->report, opened->alarms);
    CHECK_THAT(std::string(json.text()), Contains(R"(["spoed-anders","gids-onbekend"])"));
}

TEST_CASE("a key that no lead in force signed, or of another desk, counts for nothing") {
    made_desk made;
    auto stranger = crypto::sign_keys::random().public_key;
    CHECK(desk::read_held_keys(made.keys_answer(made.wrap()), "rotterdam", std::span(&stranger, 1))->empty());
    CHECK(desk::read_held_keys(made.keys_answer(made.wrap()), "zorg", std::span(&made.lead.public_key, 1))
              ->empty());
    for (const auto* other : {"", "[]", "{}", R"({"sleutels":[7]})", R"({"sleutels":[{}]})"})
        CHECK_FALSE(desk::read_held_keys(other, "rotterdam", std::span(&made.lead.public_key, 1)));
}

TEST_CASE("a wrap that holds another secret is spoiled, and said") {
    made_desk made;
    auto foreign = *protocol::wrap(crypto::box_keys::random(), made.officer.public_key);
    auto answer = made.keys_answer({foreign.view().begin(), foreign.view().end()});
    auto held = desk::read_held_keys(answer, "rotterdam", std::span(&made.lead.public_key, 1));
    REQUIRE(held);
    auto secrets = desk::unwrap(*held, made.officer);
    CHECK(secrets.by_mark.empty());
    CHECK(secrets.spoiled == std::vector<std::string>{made.issued.key.epoch.text()});
    CHECK_THAT(desk::alarms_text({}, secrets.spoiled),
               Contains("ALARM") && Contains(made.issued.key.epoch.text()));
}

TEST_CASE("an item of another id is no answer to the question") {
    made_desk made;
    auto id = crypto::uuid::random();
    auto asked = crypto::uuid::random().text();
    CHECK(desk::read_item(item_answer(made, id), "rotterdam", asked).error() == client::errc::bad_answer);
    for (const auto* other : {"", "[]", "{}"}) CHECK_FALSE(desk::read_item(other, "rotterdam", asked));
}
