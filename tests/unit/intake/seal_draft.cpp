// Sealing on the reporter's behalf: routed and sealed as every client does it, and taken like any report.
#include "server/intake/seal_draft.hpp"

#include "crypto/envelope.hpp"
#include "server/intake/take_report.hpp"
#include "tests/unit/trust/world.hpp"

using namespace world;
using desks = std::vector<protocol::routed_desk>;

namespace {

namespace json = protocol::json;

protocol::report draft(std::string wat = "Vijf mannen slapen in de loods.", bool urgent = false) {
    return protocol::report::draft(json::object{{"rol", "burger"},
                                                {"vormen", json::array{"arbeid"}},
                                                {"minderjarig", "nee"},
                                                {"gemeente", "GM0599"},
                                                {"spoed", urgent},
                                                {"wat", std::move(wat)}})
        .value();
}

const desks normal = {{"rotterdam", "eerste"}},
            urgent = {{"rotterdam", "eerste"}, {"landelijk", "achtervang"}},
            fallen_back = {{"landelijk", "eerste"}};

protocol::mailbox_keys some_mailbox() {
    return {crypto::box_keys::random().public_key, crypto::sign_keys::random().public_key};
}

struct taken : country {
    auto route(const protocol::report& report, std::set<std::string, std::less<>> excluded = {}) {
        return intake::route(report, excluded, *registry->now(), clock.today());
    }
    auto seal(protocol::report& report, const crypto::uuid& id = crypto::uuid::random(),
              const std::optional<protocol::mailbox_keys>& mailbox = std::nullopt) {
        const auto decision = route(report);
        return intake::seal(report, decision, id, mailbox, *registry->now(), clock.today());
    }
};

}  // namespace

TEST_CASE("route: by the table, without the desks left out and without those that have no key") {
    taken nl;
    CHECK(nl.route(draft()).ontvangers == normal);
    CHECK_FALSE(nl.route(draft()).spoed);
    CHECK(nl.route(draft("x", true)).ontvangers == urgent);
    CHECK(nl.route(draft("x", true)).spoed);
    CHECK(nl.route(draft(), {"rotterdam"}).ontvangers == fallen_back);
    CHECK(nl.route(draft(), {"rotterdam", "landelijk"}).ontvangers == fallen_back);
    nl.clock.put("2026-11-29", 86399);
    CHECK(nl.route(draft()).ontvangers == normal);
    nl.clock.at += 1;  // its newest key was of the week before
    CHECK(nl.route(draft()).ontvangers == fallen_back);
}

TEST_CASE("seal: what comes out is taken on that day, and opens at the desk") {
    taken nl;
    const auto officer = protocol::issue_membership("rotterdam", nl.rotterdam.lid,
                                                    nl.rotterdam.sign.public_key, nl.rotterdam.box.public_key,
                                                    "medewerker", nl.clock.today(), nl.rotterdam.lead);
    const auto issued = protocol::issue_epoch_key("rotterdam", protocol::epoch::parse("2026-W47").value(),
                                                  std::vector{officer}, nl.rotterdam.lead)
                            .value();
    REQUIRE(run_now(
        nl.registry->take_epoch_key("rotterdam", issued.key.token, {}, line("rotterdam", "sleutel"))));
    nl.rotterdam.sleutels = {issued.key.hash};
    nl.publish_stand(nl.rotterdam);

    const auto id = crypto::uuid::random();
    const auto mailbox = some_mailbox();
    auto report = draft("merk-wat", true);
    auto sealed = nl.seal(report, id, mailbox).value();
    CHECK(sealed.envelope.id == id);
    CHECK(sealed.mailbox_key == mailbox.sign_key);
    protocol::faults found;
    intake::judge(sealed, *nl.registry->now(), nl.clock.today(), found);
    CHECK(found.empty());

    protocol::received_report received{std::move(sealed.envelope), true,
                                       crypto::mailbox_id(mailbox.sign_key)};
    std::map<crypto::block<8>, crypto::box_keys> secrets;
    secrets.emplace(crypto::key_mark(issued.key.public_key),
                    protocol::open_wrap(issued.wraps[0].second.view(), nl.rotterdam.box, issued.key).value());
    const auto opened = protocol::open_report(received, "rotterdam", secrets, [&](const auto& mark) {
        return mark == protocol::directory_mark{nl.gids->versie, nl.gids->hash};
    });
    REQUIRE(opened);
    CHECK(opened->alarms.empty());
    CHECK(opened->report.members().at("wat") == "merk-wat");
    CHECK(opened->report.ontvangers() == urgent);
}

TEST_CASE("seal: one-shot has no mailbox, and nobody with a key takes nothing") {
    taken nl;
    auto report = draft();
    CHECK_FALSE(nl.seal(report).value().mailbox_key);
    for (auto* one : {&nl.rotterdam, &nl.landelijk}) {
        one->sleutels.clear();
        nl.publish_stand(*one);
    }
    const auto refused = nl.seal(report);
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == protocol::seal_errc::no_key);
}

TEST_CASE("excess: to the byte what is too much for the largest class, mailbox and all") {
    taken nl;
    constexpr std::size_t most = 200'000;
    std::string text(most, 'x');
    auto small = draft(text);
    const auto decision = nl.route(small);
    CHECK(intake::excess(small, decision, *nl.registry->now()) == 0);

    text.replace(0, 70'000, std::string(70'000, '"'));  // two bytes each in JSON
    auto large = draft(text);
    const auto excess = intake::excess(large, decision, *nl.registry->now());
    REQUIRE(excess > 0);
    REQUIRE(excess < 60'000);
    CHECK(nl.seal(large, crypto::uuid::random(), some_mailbox()).error() == protocol::seal_errc::too_long);
    auto one_too_many = draft(text.substr(0, most - excess + 1));
    CHECK(intake::excess(one_too_many, decision, *nl.registry->now()) == 1);
    CHECK_FALSE(nl.seal(one_too_many, crypto::uuid::random(), some_mailbox()));
    auto fits = draft(text.substr(0, most - excess));
    CHECK(intake::excess(fits, decision, *nl.registry->now()) == 0);
    const auto sealed = nl.seal(fits, crypto::uuid::random(), some_mailbox());
    REQUIRE(sealed);
    CHECK(sealed->envelope.body.size() == crypto::body_sizes.back());
}
