#include "crypto/protocol/sealing.hpp"

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using world::country;
using world::this_week;
using world::today;
using secrets = std::map<crypto::block<8>, crypto::box_keys>;

namespace {

bool everything(const directory_mark&) { return true; }

// A country whose three desks have this week's key, and the secrets to each.
struct sealing_world {
    country land;
    std::map<std::string, secrets, std::less<>> officers;
    protocol::gids gids = land.gids();
    protocol::directory directory{gids};
    routing_table table = routing_table::read(land.table).value();

    sealing_world() {
        for (const char* desk : {"rotterdam", "zorg", "landelijk"}) {
            auto key = land.key(desk, this_week);
            auto stand = land.stand(desk, nullptr, {key.document});
            REQUIRE(directory.take(stand.token, std::vector{key.document.token}, {}).has_value());
            officers[desk].emplace(crypto::key_mark(key.document.public_key), std::move(key.secret));
        }
    }
    [[nodiscard]] auto seal(report& made, const decision& d, const crypto::uuid& id,
                            const std::optional<mailbox_keys>& box = std::nullopt) const {
        return seal_report(made, d, directory, table, today, id, box);
    }
};

report draft(std::size_t length = 10, bool second_text = false) {
    json::object out{{"rol", "burger"},
                     {"vormen", json::array{"arbeid"}},
                     {"minderjarig", "nee"},
                     {"wat", std::string(length, 'a')}};
    if (second_text) out["wie"] = std::string(length, 'b');
    return report::draft(to_text(out)).value();
}

const decision two_desks{{{"rotterdam", "eerste"}, {"landelijk", "achtervang"}}, true};
const decision one_desk{{{"zorg", "eerste"}}, false};

// As a server gives it to a desk: what was posted, unchanged.
received_report received(const posted_report& posted) {
    received_report out{posted.envelope, posted.spoed, std::nullopt};
    if (posted.mailbox_key) out.mailbox = crypto::mailbox_id(*posted.mailbox_key);
    return out;
}

mailbox_keys some_mailbox() {
    return {crypto::box_keys::random().public_key, crypto::sign_keys::random().public_key};
}

}  // namespace

TEST_CASE("a report of every size opens at each desk that it is sealed to, and nowhere else") {
    const sealing_world w;
    for (const auto& [length, size] :
         {std::pair<std::size_t, std::size_t>{10, 4096}, {8000, 16384}, {40000, 65536}, {150000, 262144}}) {
        auto made = draft(length);
        const auto id = crypto::uuid::random();
        const auto box = some_mailbox();
        const auto posted = w.seal(made, two_desks, id, box).value();
        CHECK(posted.envelope.body.size() == size);
        CHECK(posted.envelope.id == id);
        CHECK(posted.spoed);
        CHECK(posted.mailbox_key == box.sign_key);
        REQUIRE(posted.envelope.ontvangers.size() == 2);
        CHECK(posted.envelope.ontvangers[0].voor == "loket:rotterdam");
        CHECK(posted.envelope.ontvangers[0].epoch == this_week);
        faults found;
        const auto sent = parse_object(write_posted_report(posted)).value();
        const auto arrived = read_posted_report(sent, found);
        CHECK(found.empty());
        for (const char* desk : {"rotterdam", "landelijk"}) {
            const auto opened = open_report(received(arrived), desk, w.officers.at(desk), everything);
            REQUIRE(opened.has_value());
            CHECK(opened->alarms.empty());
            CHECK(opened->report.id() == id);
            CHECK(opened->report.members().at("wat").as_string().size() == length);
            CHECK(opened->report.gids() == directory_mark{w.gids.versie, w.gids.hash});
            CHECK(opened->report.postbus()->box_key == box.box_key);
        }
        CHECK(refusal(open_report(received(posted), "zorg", w.officers.at("zorg"), everything)) ==
              open_errc::not_a_recipient);
    }
}

TEST_CASE("what cannot be sealed is refused") {
    const sealing_world w;
    const auto id = crypto::uuid::random();
    auto long_one = draft(150000, true);
    CHECK(refusal(w.seal(long_one, one_desk, id)) == seal_errc::too_long);
    auto made = draft();
    CHECK(refusal(seal_report(made, one_desk, w.directory, w.table, today + 7, id, std::nullopt)) ==
          seal_errc::no_key);
    const directory empty(w.gids);
    CHECK(refusal(seal_report(made, {{{"landelijk", "eerste"}}, false}, empty, w.table, today, id,
                              std::nullopt)) == seal_errc::no_key);
    // A desk that publishes a key of low order, all zero, has published none.
    auto key = w.land.key("zorg", this_week).document;
    key.public_key = {};
    sign_document(key, w.land.lead("zorg"));
    directory poisoned(w.gids);
    REQUIRE(
        poisoned.take(w.land.stand("zorg", nullptr, {key}).token, std::vector{key.token}, {}).has_value());
    CHECK(refusal(seal_report(made, one_desk, poisoned, w.table, today, id, std::nullopt)) ==
          seal_errc::no_key);
    for (const auto error : {seal_errc::too_long, seal_errc::no_key, seal_errc::low_order})
        CHECK(text(error) != "Unknown fault.");
}

TEST_CASE("standaard is sealed to beyond its term, under its own epoch") {
    const sealing_world w;
    auto made = draft();
    const auto posted = seal_report(made, {{{"landelijk", "eerste"}}, false}, w.directory, w.table,
                                    today + 200, crypto::uuid::random(), std::nullopt);
    CHECK(posted.value().envelope.ontvangers[0].epoch == this_week);
    CHECK(open_report(received(*posted), "landelijk", w.officers.at("landelijk"), everything).has_value());
}

TEST_CASE("two reports never share a key or a body") {
    const sealing_world w;
    auto made = draft();
    const auto id = crypto::uuid::random();
    const auto one = w.seal(made, one_desk, id).value(), two = w.seal(made, one_desk, id).value();
    CHECK(crypto::b64u(one.envelope.body.view()) != crypto::b64u(two.envelope.body.view()));
    CHECK(crypto::b64u(one.envelope.ontvangers[0].sealed_key.view()) !=
          crypto::b64u(two.envelope.ontvangers[0].sealed_key.view()));
}

TEST_CASE("a desk opens nothing without the secret, or with another") {
    const sealing_world w;
    auto made = draft();
    const auto posted = w.seal(made, one_desk, crypto::uuid::random()).value();
    const auto& zorg = w.officers.at("zorg");
    CHECK(refusal(open_report(received(posted), "zorg", {}, everything)) == open_errc::no_secret);
    CHECK(refusal(open_report(received(posted), "zorg", w.officers.at("landelijk"), everything)) ==
          open_errc::no_secret);
    secrets wrong;
    wrong.emplace(zorg.begin()->first, crypto::box_keys::random());
    CHECK(refusal(open_report(received(posted), "zorg", wrong, everything)) == open_errc::not_opened);
    CHECK(refusal(open_report(received(posted), "", zorg, everything)) == open_errc::not_a_recipient);
}

TEST_CASE("a changed envelope does not open") {
    const sealing_world w;
    auto made = draft();
    const auto first = w.seal(made, one_desk, crypto::uuid::random()).value(),
               second = w.seal(made, one_desk, crypto::uuid::random()).value();
    auto judged = [&](const std::function<void(received_report&)>& change) {
        auto shown = received(first);
        change(shown);
        return refusal(open_report(shown, "zorg", w.officers.at("zorg"), everything));
    };
    CHECK(judged([](auto&) {}) == std::nullopt);
    CHECK(judged([&](auto& r) { r.envelope.body = second.envelope.body; }) == open_errc::not_opened);
    CHECK(judged([&](auto& r) { r.envelope.id = second.envelope.id; }) == open_errc::not_opened);
    CHECK(judged([&](auto& r) { r.envelope.ontvangers = second.envelope.ontvangers; }) ==
          open_errc::not_opened);
    CHECK(judged([&](auto& r) { r.envelope.ontvangers[0].sealed_key = {}; }) == open_errc::not_opened);
    CHECK(judged([&](auto& r) { r.envelope.body = {}; }) == open_errc::not_opened);
    for (const std::size_t at : {0U, 23U, 24U, 2000U, 4095U})
        CHECK(judged([&](auto& r) {
                  crypto::bytes body(r.envelope.body.view().begin(), r.envelope.body.view().end());
                  body[at] ^= 1;
                  r.envelope.body = crypto::sealed::received(std::move(body));
              }) == open_errc::not_opened);
    // All of the other report together is that report, and it says so itself.
    CHECK(judged([&](auto& r) { r.envelope = second.envelope; }) == std::nullopt);
    for (const auto error : {open_errc::not_a_recipient, open_errc::no_secret, open_errc::not_opened,
                             open_errc::wrong_report, open_errc::wrong_mailbox})
        CHECK(text(error) != "Unknown fault.");
}

TEST_CASE("a body that is no report of this id and kind is refused") {
    const sealing_world w;
    const auto& [mark, keys] = *w.officers.at("zorg").begin();
    const auto id = crypto::uuid::random();
    auto judged = [&](const crypto::plain& text, crypto::kind kind) {
        const auto key = crypto::content_key::random();
        received_report r;
        r.envelope.id = id;
        r.envelope.body = crypto::seal_body(text, key, kind, id).value();
        recipient one;
        one.voor = "loket:zorg";
        one.rol = "eerste";
        one.sleutel = mark;
        one.sealed_key = crypto::seal_key(key, id, keys.public_key).value();
        r.envelope.ontvangers.push_back(std::move(one));
        return refusal(open_report(r, "zorg", w.officers.at("zorg"), everything));
    };
    auto made = draft();
    const directory_mark gids{w.gids.versie, w.gids.hash};
    const auto right = made.complete(id, one_desk, gids, std::nullopt);
    CHECK(judged(right, crypto::kind::melding) == std::nullopt);
    for (const auto kind :
         {crypto::kind::bericht, crypto::kind::antwoord, crypto::kind::notitie, crypto::kind::loketbericht})
        CHECK(judged(right, kind) == open_errc::not_opened);
    CHECK(judged(made.complete(crypto::uuid::random(), one_desk, gids, std::nullopt),
                 crypto::kind::melding) == open_errc::wrong_report);
    CHECK(judged(crypto::plain::copy_of("{}"), crypto::kind::melding) == open_errc::wrong_report);
    CHECK(judged(crypto::plain::copy_of("no json"), crypto::kind::melding) == open_errc::wrong_report);
    CHECK(judged(crypto::plain(), crypto::kind::melding) == open_errc::wrong_report);
    auto later = parse_object(right.text()).value();
    later["versie"] = 2;
    CHECK(judged(to_plain(later), crypto::kind::melding) == open_errc::wrong_report);
}

TEST_CASE("the officer hears where the envelope and the report inside differ") {
    const sealing_world w;
    auto made = draft();
    const auto posted = w.seal(made, two_desks, crypto::uuid::random()).value();
    using protocol::alarm;  // unistd.h has one too
    using alarms = std::vector<alarm>;
    auto heard = [&](const std::function<void(received_report&)>& change, bool known = true) {
        auto shown = received(posted);
        change(shown);
        return open_report(shown, "rotterdam", w.officers.at("rotterdam"),
                           [&](const directory_mark& mark) {
                               return known && mark.versie == w.gids.versie && mark.hash == w.gids.hash;
                           })
            .value()
            .alarms;
    };
    CHECK(heard([](auto&) {}).empty());
    CHECK(heard([](auto& r) { r.spoed = false; }) == alarms{alarm::urgency_differs});
    CHECK(heard([](auto& r) { r.envelope.ontvangers.pop_back(); }) == alarms{alarm::recipients_differ});
    CHECK(heard([](auto& r) { r.envelope.ontvangers.push_back(r.envelope.ontvangers[1]); }) ==
          alarms{alarm::recipients_differ});
    CHECK(heard([](auto& r) { r.envelope.ontvangers[1].voor = "loket:zorg"; }) ==
          alarms{alarm::recipients_differ});
    CHECK(heard([](auto& r) { r.envelope.ontvangers[1].rol = "mede"; }) == alarms{alarm::recipients_differ});
    CHECK(heard([](auto& r) { std::swap(r.envelope.ontvangers[0].rol, r.envelope.ontvangers[1].rol); }) ==
          alarms{alarm::recipients_differ});
    CHECK(heard([](auto& r) { std::swap(r.envelope.ontvangers[0], r.envelope.ontvangers[1]); }).empty());
    CHECK(heard([](auto&) {}, false) == alarms{alarm::unknown_directory});
    CHECK(heard(
              [](auto& r) {
                  r.spoed = false;
                  r.envelope.ontvangers.pop_back();
              },
              false) == alarms{alarm::urgency_differs, alarm::recipients_differ, alarm::unknown_directory});
    for (const auto a : {alarm::urgency_differs, alarm::recipients_differ, alarm::unknown_directory})
        CHECK(text(a) != "Unknown alarm.");
}

TEST_CASE("a mailbox that is not the reporter's own is refused") {
    const sealing_world w;
    auto made = draft();
    auto judged = [&](const std::optional<mailbox_keys>& inside, const std::optional<std::string>& outside) {
        auto shown = received(w.seal(made, one_desk, crypto::uuid::random(), inside).value());
        shown.mailbox = outside;
        return refusal(open_report(shown, "zorg", w.officers.at("zorg"), everything));
    };
    const auto own = some_mailbox();
    CHECK(judged(own, crypto::mailbox_id(own.sign_key)) == std::nullopt);
    CHECK(judged(std::nullopt, std::nullopt) == std::nullopt);
    CHECK(judged(own, crypto::mailbox_id(some_mailbox().sign_key)) == open_errc::wrong_mailbox);
    CHECK(judged(own, crypto::mailbox_id(own.box_key)) == open_errc::wrong_mailbox);
    CHECK(judged(own, std::nullopt) == open_errc::wrong_mailbox);
    CHECK(judged(own, "") == open_errc::wrong_mailbox);
    CHECK(judged(std::nullopt, crypto::mailbox_id(own.sign_key)) == open_errc::wrong_mailbox);
}

TEST_CASE("a wrap gives up its secret to its member, once it is that of the signed key") {
    const country land;
    const auto key = land.key("zorg", this_week), other = land.key("zorg", this_week);
    const auto member = crypto::box_keys::random(), stranger = crypto::box_keys::random();
    const auto wrapped = wrap(key.secret, member.public_key).value();
    CHECK(wrapped.size() == 80);
    CHECK(open_wrap(wrapped.view(), member, key.document).value().public_key == key.document.public_key);
    CHECK(refusal(open_wrap(wrapped.view(), stranger, key.document)) == errc::wrong_secret);
    CHECK(refusal(open_wrap(wrapped.view(), member, other.document)) == errc::wrong_secret);
    CHECK(refusal(open_wrap(wrap(other.secret, member.public_key)->view(), member, key.document)) ==
          errc::wrong_secret);
    CHECK(refusal(open_wrap({}, member, key.document)) == errc::wrong_secret);
    CHECK(refusal(open_wrap(wrapped.view().first(79), member, key.document)) == errc::wrong_secret);
    for (const std::size_t size : {0U, 31U, 33U}) {
        const auto odd = crypto::seal_box(crypto::bytes(size, 1), member.public_key).value();
        CHECK(refusal(open_wrap(odd.view(), member, key.document)) == errc::wrong_secret);
    }
    CHECK(refusal(wrap(key.secret, {})) == crypto::errc::low_order_key);
}
