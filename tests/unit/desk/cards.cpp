#include <catch2/catch.hpp>

#include "client/arguments.hpp"
#include "client/desk/keygen.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "client/here/member_card.hpp"
#include "client/lead/fingerprints.hpp"
#include "tests/unit/client/scratch.hpp"

using Catch::Matchers::Contains;

TEST_CASE("keygen writes a key file and the card that belongs to it") {
    scratch dir;
    desk::keygen_order order{"rotterdam", GENERATE("beheerder", "medewerker"), dir / "own.key",
                             dir.write("p", "een lange zin\n"), "interactive"};
    REQUIRE(desk::keygen(order));
    auto keys = client::open_key_file(order.out, order.passphrase_file);
    REQUIRE(keys);
    CHECK(keys->soort == order.rol);
    CHECK(keys->top_key.has_value() == (order.rol == "beheerder"));
    auto card = client::read_card(*client::read_file(order.out + ".pub"), "own.key.pub");
    REQUIRE(card);
    CHECK(card->loket == "rotterdam");
    CHECK(card->lid == keys->lid);
    CHECK(card->rol == order.rol);
    CHECK(card->sign_key == keys->sign_keys->public_key);
    CHECK(card->box_key == keys->box_keys->public_key);
    CHECK(card->lead_key.has_value() == keys->top_key.has_value());
    auto again = desk::keygen(order);
    REQUIRE_FALSE(again);
    CHECK_THAT(again.error().sentence, Contains("never overwritten"));
}

namespace {

client::member_card made(const crypto::sign_keys& keys, const std::string& rol = "medewerker") {
    client::member_card card;
    card.loket = "rotterdam";
    card.lid = crypto::uuid::random();
    card.rol = rol;
    card.sign_key = keys.public_key;
    card.box_key = crypto::box_keys::random().public_key;
    if (rol == "beheerder") card.lead_key = crypto::sign_keys::random().public_key;
    client::sign_card(card, keys);
    return card;
}

std::string refused(const std::string& text) {
    auto read = client::read_card(text, "c.pub");
    REQUIRE_FALSE(read);
    return read.error().sentence;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a card that was changed anywhere is refused") {
    const auto keys = crypto::sign_keys::random();
    const auto card = made(keys);
    const auto text = client::write_card(card);
    REQUIRE(client::read_card(text, "c"));
    CHECK(client::read_card(text, "c")->fingerprint() == card.fingerprint());
    // Mail programs add signs at its end, and an editor may space it out.
    CHECK(client::read_card(text + "\r\n", "c"));
    CHECK(client::read_card(replaced(text, "{\"versie\":", "{ \"versie\": "), "c"));

    const auto swapped = made(keys);
    for (const auto& forged :
         {replaced(text, card.lid.text(), crypto::uuid::random().text()),
          replaced(text, "rotterdam", "amsterdam"), replaced(text, "medewerker", "regisseur"),
          replaced(replaced(text, crypto::b64u(card.box_key), crypto::b64u(swapped.box_key)),
                   card.fingerprint(), swapped.fingerprint()),
          replaced(text, "\"versie\":2,", "\"versie\":2,\"nieuw\":1,"),
          replaced(text, crypto::b64u(card.mark), crypto::b64u(swapped.mark))})
        CHECK_THAT(refused(forged), Contains("c.pub was changed"));
    // Who changes it and signs it with a key of their own has another fingerprint.
    auto other = card;
    const auto own = crypto::sign_keys::random();
    other.sign_key = own.public_key;
    client::sign_card(other, own);
    CHECK(client::read_card(client::write_card(other), "c")->fingerprint() != card.fingerprint());
    for (const auto* one : {"", "{}", "[]", R"({"loket":"a"})"}) CHECK_FALSE(client::read_card(one, "c"));
}

TEST_CASE("a lead key that is another's is another fingerprint, and no card but a lead's has one") {
    const auto keys = crypto::sign_keys::random();
    auto card = made(keys, "beheerder");
    const auto before = card.fingerprint();
    CHECK(before.size() == 24);
    card.lead_key = crypto::sign_keys::random().public_key;
    CHECK(card.fingerprint() != before);
    card.lead_key.reset();
    client::sign_card(card, keys);
    CHECK_THAT(refused(client::write_card(card)), Contains("names a lead key"));
    auto officer = made(keys);
    officer.lead_key = crypto::sign_keys::random().public_key;
    client::sign_card(officer, keys);
    CHECK_THAT(refused(client::write_card(officer)), Contains("names a lead key"));
    CHECK(desk::confirmed_as(before, "medewerker") == before);
    CHECK(desk::confirmed_as(before, "regisseur") != before);
}

TEST_CASE("a card of before it signed itself, and one of a later program, are refused with the mend") {
    const auto card = made(crypto::sign_keys::random());
    const auto text = client::write_card(card);
    auto old = replaced(text, "\"versie\":2,", "");
    old.erase(old.find(",\"handtekening\""), old.find('}') - old.find(",\"handtekening\""));
    CHECK_THAT(refused(old), Contains("baken desk card --key FILE"));
    CHECK_THAT(refused(replaced(text, "\"versie\":2", "\"versie\":3")), Contains("newer baken"));
}

TEST_CASE("a fingerprint is read in groups of four") {
    CHECK(client::spoken("012345678901234567890123") == "0123 4567 8901 2345 6789 0123");
}
