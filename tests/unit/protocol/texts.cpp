#include "crypto/protocol/texts.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/issue.hpp"
#include "crypto/receipt.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using crypto::kind;
using world::country;
using world::today;

namespace {

constexpr kind all_kinds[] = {kind::bericht, kind::antwoord, kind::notitie, kind::loketbericht};

// One report's thread: its mailbox, and an officer of the desk zorg.
struct thread {
    country land;
    protocol::gids gids = land.gids();
    crypto::sign_keys reporter = crypto::sign_keys::random();
    crypto::sign_keys officer = crypto::sign_keys::random();
    crypto::uuid report_id = crypto::uuid::random();
    crypto::uuid lid = crypto::uuid::random();
    membership member =
        issue_membership("zorg", lid, officer.public_key, crypto::box_keys::random().public_key, "medewerker",
                         today, land.lead("zorg"));

    [[nodiscard]] std::string mailbox() const { return crypto::mailbox_id(reporter.public_key); }

    [[nodiscard]] text_document document(kind k) const {
        text_document out;
        out.id = crypto::uuid::random();
        out.soort = k;
        out.van = k == kind::bericht ? "postbus:" + mailbox() : "loket:zorg";
        if (k == kind::antwoord) out.aan = "postbus:" + mailbox();
        if (k != kind::bericht) out.melding_id = report_id;
        out.na = report_id;
        out.taal = "pl";
        out.tekst = crypto::plain::copy_of("Dzień dobry \"x\"\n");
        out.datum = today;
        out.bijlagen = {json::object{{"index", 0}}};
        return out;
    }
    [[nodiscard]] crypto::plain write(text_document& d) const {
        if (d.soort == kind::bericht) return write_text(d, reporter, std::nullopt);
        return write_text(d, officer, member.token);
    }
    // Where the server says that a text lies.
    [[nodiscard]] text_place place(const text_document& d) const {
        text_place out;
        out.envelope_id = d.id;
        out.kind = d.soort;
        out.mailbox = mailbox();
        out.mailbox_sign_key = reporter.public_key;
        out.report_id = report_id;
        if (d.soort != kind::bericht) out.author_desk = *gids.desk("zorg");
        return out;
    }
};

using change_document = std::function<void(text_document&)>;
using change_place = std::function<void(text_place&)>;

std::optional<errc> judged(
    const thread& t, kind k, const change_document& wrong, const change_place& elsewhere = [](auto&) {}) {
    auto d = t.document(k);
    auto place = t.place(d);
    wrong(d);
    elsewhere(place);
    return refusal(open_text(t.write(d), place));
}

}  // namespace

TEST_CASE("a text of every kind is read as it was written") {
    const thread t;
    for (const auto k : all_kinds) {
        auto d = t.document(k);
        d.code = "hulp";
        d.spoed = true;
        const auto sealed = t.write(d);
        const auto read = open_text(sealed, t.place(d)).value();
        CHECK(read.document.id == d.id);
        CHECK(read.document.soort == k);
        CHECK(read.document.van == d.van);
        CHECK(read.document.aan == d.aan);
        CHECK(read.document.melding_id == d.melding_id);
        CHECK(read.document.na == t.report_id);
        CHECK(read.document.taal == "pl");
        CHECK(read.document.tekst.text() == d.tekst.text());
        CHECK(read.document.code == "hulp");
        CHECK(read.document.spoed);
        CHECK(read.document.bijlagen == d.bijlagen);
        CHECK(read.document.datum == today);
        CHECK(read.document.token == d.token);
        CHECK(read.document.hash == d.hash);
        CHECK(read.author.has_value() == (k != kind::bericht));
        if (read.author) CHECK(read.author->lid == t.lid);
        CHECK(read.document.signer == (k == kind::bericht ? t.reporter.public_key : t.officer.public_key));
        CHECK(parse_object(sealed.text())->contains("lid") == (k != kind::bericht));
    }
}

TEST_CASE("a text lifted from another envelope, thread or mailbox is refused") {
    const thread t;
    for (const auto k : all_kinds) {
        CAPTURE(static_cast<int>(k));
        CHECK(judged(t, k, [](auto&) {}) == std::nullopt);
        CHECK(judged(t, k, [](auto& d) { d.id = crypto::uuid::random(); }) == errc::wrong_text);
        CHECK(judged(t, k, [](auto& d) { d.van = "loket:rotterdam"; }) == errc::wrong_text);
        CHECK(judged(t, k, [](auto& d) { d.van = "postbus:" + std::string(32, '0'); }) == errc::wrong_text);
        CHECK(judged(t, k, [](auto& d) { d.van = ""; }) == errc::wrong_text);
        CHECK(judged(t, k, [](auto& d) { d.melding_id = crypto::uuid::random(); }) == errc::wrong_text);
        CHECK(judged(t, k, [&](auto& d) {
                  d.melding_id = k == kind::bericht ? std::optional(t.report_id) : std::nullopt;
              }) == errc::wrong_text);
        CHECK(judged(t, k, [](auto& d) { d.aan = "postbus:" + std::string(32, '0'); }) == errc::wrong_text);
        CHECK(judged(t, k, [&](auto& d) {
                  d.aan = k == kind::antwoord ? std::nullopt : std::optional("postbus:" + t.mailbox());
              }) == errc::wrong_text);
        CHECK(judged(t, k, [](auto& d) { d.na.reset(); }) == std::nullopt);
    }
    // The place is another report's.
    for (const auto k : {kind::antwoord, kind::notitie, kind::loketbericht})
        CHECK(judged(
                  t, k, [](auto&) {}, [](auto& p) { p.report_id = crypto::uuid::random(); }) ==
              errc::wrong_text);
    for (const auto k : {kind::bericht, kind::antwoord})
        for (const std::optional<std::string>& other :
             {std::optional<std::string>(), std::optional(std::string(32, '0'))})
            CHECK(judged(t, k, [](auto&) {}, [&](auto& p) { p.mailbox = other; }) == errc::wrong_text);
    // A note needs no mailbox.
    CHECK(judged(t, kind::notitie, [](auto&) {}, [](auto& p) { p.mailbox.reset(); }) == std::nullopt);
}

TEST_CASE("a text of one kind does not pass for another") {
    const thread t;
    for (const auto k : all_kinds)
        for (const auto shown : all_kinds) {
            if (k == shown) continue;
            CAPTURE(static_cast<int>(k), static_cast<int>(shown));
            auto d = t.document(k);
            auto sealed = parse_object(t.write(d).text()).value();
            auto place = t.place(t.document(shown));
            place.envelope_id = d.id;
            CHECK(refusal(open_text(to_plain(sealed), place)) == errc::wrong_text);
            // Even with the type outside the signature made to fit, and a lid put in or taken away.
            const char* types[] = {"", "", "bericht", "antwoord", "notitie", "loketbericht"};
            sealed["type"] = types[static_cast<int>(shown)];
            if (shown == kind::bericht)
                sealed.erase("lid");
            else
                sealed["lid"] = t.member.token;
            const bool other_author = (k == kind::bericht) != (shown == kind::bericht);
            CHECK(refusal(open_text(to_plain(sealed), place)) ==
                  (other_author ? errc::bad_signature : errc::wrong_text));
        }
}

TEST_CASE("only the reporter writes a message, and only a member of the desk writes for it") {
    const thread t;
    const auto stranger = crypto::sign_keys::random();
    auto message = t.document(kind::bericht);
    CHECK(refusal(open_text(write_text(message, stranger, std::nullopt), t.place(message))) ==
          errc::bad_signature);
    CHECK(refusal(open_text(write_text(message, t.officer, std::nullopt), t.place(message))) ==
          errc::bad_signature);
    CHECK(refusal(open_text(write_text(message, t.reporter, t.member.token), t.place(message))) ==
          errc::wrong_text);
    CHECK(judged(
              t, kind::bericht, [](auto&) {}, [](auto& p) { p.mailbox_sign_key.reset(); }) ==
          errc::wrong_text);
    CHECK(judged(
              t, kind::bericht, [](auto&) {}, [&](auto& p) { p.mailbox_sign_key = stranger.public_key; }) ==
          errc::bad_signature);

    for (const auto k : {kind::antwoord, kind::notitie, kind::loketbericht}) {
        auto d = t.document(k);
        const auto place = t.place(d);
        auto by = [&](const crypto::sign_keys& author, std::optional<std::string_view> lid) {
            return refusal(open_text(write_text(d, author, lid), place));
        };
        auto membership_by = [&](std::string_view desk, const crypto::sign_keys& lead) {
            return issue_membership(desk, t.lid, t.officer.public_key, crypto::box_keys::random().public_key,
                                    "medewerker", today, lead)
                .token;
        };
        CHECK(by(t.officer, t.member.token) == std::nullopt);
        CHECK(by(t.officer, std::nullopt) == errc::wrong_text);
        CHECK(by(stranger, t.member.token) == errc::bad_signature);
        CHECK(by(t.reporter, t.member.token) == errc::bad_signature);
        CHECK(by(t.officer, "no token") == errc::bad_signature);
        CHECK(by(t.officer, membership_by("zorg", stranger)) == errc::bad_signature);
        CHECK(by(t.officer, membership_by("zorg", t.land.root)) == errc::bad_signature);
        CHECK(by(t.officer, membership_by("zorg", t.land.lead("rotterdam"))) == errc::bad_signature);
        CHECK(by(t.officer, membership_by("rotterdam", t.land.lead("rotterdam"))) == errc::bad_signature);
        CHECK(by(t.officer, membership_by("rotterdam", t.land.lead("zorg"))) == errc::key_desk);
        // The server names another desk as its author, or none.
        CHECK(judged(
                  t, k, [](auto&) {}, [&](auto& p) { p.author_desk = *t.gids.desk("rotterdam"); }) ==
              errc::bad_signature);
        CHECK(judged(t, k, [](auto&) {}, [](auto& p) { p.author_desk.reset(); }) == errc::wrong_text);
    }
}

TEST_CASE("a text that cannot be read is refused") {
    const thread t;
    auto d = t.document(kind::notitie);
    const auto place = t.place(d);
    const auto sealed = parse_object(t.write(d).text()).value();
    auto changed = [&](const char* name, const auto& value) {
        auto object = sealed;
        object[name] = world::any(value);
        return refusal(open_text(to_plain(object), place));
    };
    CHECK(changed("later", 1) == std::nullopt);
    CHECK(changed("type", "melding") == errc::wrong_text);
    CHECK(changed("type", 4) == errc::bad_document);
    CHECK(changed("bericht", nullptr) == errc::bad_document);
    CHECK(changed("bericht", d.token.substr(1)) == errc::bad_signature);
    CHECK(changed("lid", 1) == errc::bad_document);
    CHECK(refusal(open_text(crypto::plain::copy_of("no json"), place)) == errc::bad_json);
    CHECK(refusal(open_text(crypto::plain(), place)) == errc::bad_json);

    auto inside = [&](const std::function<void(json::object&)>& change, std::string_view typ = "") {
        return changed("bericht", json::string(world::resigned(d.token, t.officer, change, typ)));
    };
    CHECK(inside([](auto& o) { o["later"] = 1; }) == std::nullopt);
    CHECK(inside([](auto&) {}, "baken-lid+jws") == errc::bad_signature);
    for (const int soort : {0, 1, 6, -4, 256 + 4})
        CHECK(inside([&](auto& o) { o["soort"] = soort; }) == errc::wrong_text);
    for (const char* name : {"id", "van", "taal", "tekst", "spoed", "bijlagen", "datum"}) {
        CAPTURE(name);
        CHECK(inside([&](auto& o) { o.erase(name); }) == errc::bad_document);
        CHECK(inside([&](auto& o) { o[name] = nullptr; }) == errc::bad_document);
    }
    CHECK(inside([](auto& o) { o["na"] = "x"; }) == errc::bad_document);
    CHECK(inside([](auto& o) { o["meldingId"] = "x"; }) == errc::bad_document);
    CHECK(inside([](auto& o) { o["bijlagen"] = json::array{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}; }) ==
          errc::bad_document);
}
