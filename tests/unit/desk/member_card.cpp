#include "desk/member_card.hpp"

#include <catch2/catch.hpp>

#include "client/files.hpp"
#include "client/key_files.hpp"
#include "desk/arguments.hpp"
#include "desk/fingerprints.hpp"
#include "desk/keygen.hpp"
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
    auto card = desk::read_card(*client::read_file(order.out + ".pub"), "own.key.pub");
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

TEST_CASE("a card that was changed is refused") {
    desk::member_card card;
    card.loket = "rotterdam";
    card.lid = crypto::uuid::random();
    card.rol = "medewerker";
    card.sign_key = crypto::sign_keys::random().public_key;
    card.box_key = crypto::box_keys::random().public_key;
    auto text = desk::write_card(card);
    REQUIRE(desk::read_card(text, "c"));
    CHECK(desk::read_card(text, "c")->fingerprint() == card.fingerprint());

    auto swapped = card;
    swapped.box_key = crypto::box_keys::random().public_key;
    auto forged = desk::write_card(swapped);
    auto stated = forged.find(swapped.fingerprint());
    REQUIRE(stated != std::string::npos);
    forged.replace(stated, 16, card.fingerprint());
    CHECK_THAT(desk::read_card(forged, "c.pub").error().sentence, Contains("c.pub was changed"));
    // The role is no part of the fingerprint.
    auto raised = text;
    raised.replace(raised.find("medewerker"), 10, "beheerder");
    CHECK_THAT(desk::read_card(raised, "c.pub").error().sentence, Contains("names a lead key"));
    CHECK(desk::confirmed_as(card.fingerprint(), "medewerker") == card.fingerprint());
    CHECK(desk::confirmed_as(card.fingerprint(), "regisseur") != card.fingerprint());
    for (const auto* other : {"", "{}", "[]", R"({"loket":"a"})"}) CHECK_FALSE(desk::read_card(other, "c"));
}

TEST_CASE("a fingerprint is read in groups of four") {
    CHECK(desk::spoken("0123456789012345") == "0123 4567 8901 2345");
}
