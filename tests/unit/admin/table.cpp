// A routing table as people edit it, and the place where one of their files stops being JSON.
#include <fstream>

#include <catch2/catch.hpp>

#include "client/here/member_card.hpp"
#include "crypto/protocol/json.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/draft.hpp"
#include "server/admin/directory/lead_key.hpp"
#include "tests/unit/client/scratch.hpp"

using namespace admin;

TEST_CASE("a routing table is written a rule and a municipality a line, in their order") {
    const std::string compact =
        R"({"versie":1,"standaard":"landelijk","regels":[{"als":{"spoed":true},"eerste":"b"},{"eerste":"a"}],)"
        R"("gemeenten":{"GM0599":{"regio":"r"},"GM0014":{"regio":"n"}},"leeg":[],"niets":{}})";
    const auto text = for_editing(compact);
    CHECK(text ==
          "{\n"
          "  \"versie\": 1,\n"
          "  \"standaard\": \"landelijk\",\n"
          "  \"regels\": [\n"
          "    {\"als\":{\"spoed\":true},\"eerste\":\"b\"},\n"
          "    {\"eerste\":\"a\"}\n"
          "  ],\n"
          "  \"gemeenten\": {\n"
          "    \"GM0599\": {\"regio\":\"r\"},\n"
          "    \"GM0014\": {\"regio\":\"n\"}\n"
          "  },\n"
          "  \"leeg\": [],\n"
          "  \"niets\": {}\n"
          "}\n");
    CHECK(for_editing(text) == text);
    CHECK(*protocol::parse_object(text) == *protocol::parse_object(compact));
    CHECK(for_editing("{ no json") == "{ no json");
}

TEST_CASE("a table that says the same as the one before is signed in its bytes") {
    const scratch dir;
    const std::string before = R"({"versie":1,"regels":[1,2]})";
    REQUIRE(write_draft(dir / "same", {"a.b.c", before, for_editing(before), "{}"}));
    CHECK(read_draft(dir / "same")->table == before);
    const std::string turned = R"({"versie":1,"regels":[2,1]})";
    REQUIRE(write_draft(dir / "turned", {"a.b.c", before, turned, "{}"}));
    CHECK(read_draft(dir / "turned")->table == turned);
}

TEST_CASE("what is not JSON is found by line and column") {
    struct row {
        std::string_view text, place;
    };
    for (const auto& [text, place] :
         {row{"{}", ""}, row{"", ", line 1, column 1"}, row{"{\"a\" 1}", ", line 1, column 6"},
          row{"{\n  \"a\": 1\n  \"b\": 2\n}", ", line 3, column 3"},
          row{"{\"é\" 1}", ", line 1, column 6"}}) {
        CAPTURE(text);
        CHECK(fault_place(text) == place);
    }
    CHECK(fault_place(std::string_view("{\"a\":\"\0\"}", 9)) != "");
}

TEST_CASE("a lead's key is taken as text or out of the card, of that desk and of a lead only") {
    const scratch dir;
    const auto lead = crypto::sign_keys::random();
    const auto key = crypto::b64u(lead.public_key);
    CHECK(*read_lead_key(key, "rotterdam") == lead.public_key);
    const auto card = [&](std::string loket, std::string rol, std::optional<crypto::sign_public> named,
                          std::string_view instead = {}) {
        const auto keys = crypto::sign_keys::random();
        client::member_card out;
        out.loket = std::move(loket);
        out.lid = crypto::uuid::random();
        out.rol = std::move(rol);
        out.sign_key = keys.public_key;
        out.box_key = crypto::box_keys::random().public_key;
        out.lead_key = named;
        client::sign_card(out, keys);
        auto text = client::write_card(out);
        if (!instead.empty()) text.replace(text.find(key), key.size(), instead);
        const auto path = dir / "card.pub";
        std::ofstream(path) << text;
        return path;
    };
    CHECK(*read_lead_key(card("rotterdam", "beheerder", lead.public_key), "rotterdam") == lead.public_key);
    CHECK_FALSE(read_lead_key(card("limburg", "beheerder", lead.public_key), "rotterdam"));
    CHECK_FALSE(read_lead_key(card("rotterdam", "medewerker", std::nullopt), "rotterdam"));
    CHECK_FALSE(read_lead_key(card("rotterdam", "beheerder", std::nullopt), "rotterdam"));
    CHECK_FALSE(read_lead_key(card("rotterdam", "beheerder", crypto::sign_public{}), "rotterdam"));
    // Changed on its way, so that it names another's lead key.
    const auto thief = crypto::b64u(crypto::sign_keys::random().public_key);
    CHECK_FALSE(read_lead_key(card("rotterdam", "beheerder", lead.public_key, thief), "rotterdam"));
    for (const auto* given : {"", "kort", "/nowhere", "."}) CHECK_FALSE(read_lead_key(given, "rotterdam"));
    CHECK_FALSE(read_lead_key(std::string(43, 'A'), "rotterdam"));
}
