// From answers to the document that is sealed, member by member.
#include "server/pages/draft.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"
#include "tests/unit/pages/typed.hpp"

namespace {

using namespace typed;
namespace json = protocol::json;

json::object drafted(const fields& given, const guide::gemeente* where = nullptr,
                     std::string_view language = "en") {
    const auto form = typed::form(given);
    const pages::answers answers(form);
    CHECK(answers.judge(pages::page::begin).empty());
    CHECK(answers.judge(pages::page::form).empty());
    pages::place place;
    place.found = where;
    auto made = pages::draft(answers, place, language);
    REQUIRE(made);
    return made->members();
}

json::object object(std::string_view text) { return protocol::parse_object(text).value(); }

const guide::gemeente rotterdam{"GM0599", "Rotterdam", "Rotterdam", {}, "VR17", "rotterdam"};

}  // namespace

TEST_CASE("draft: only what is required, and nothing made up for the rest") {
    CHECK(drafted(least()) == object(R"({
        "type": "melding", "versie": 1, "id": null, "taal": "en", "rol": "burger", "vormen": ["arbeid"],
        "gemeente": null, "plaats": "", "plek": null, "minderjarig": "nee", "spoed": false,
        "wat": "Vijf mannen slapen in de loods.", "wie": "", "waar": "", "wanneer": "", "voertuigen": "", "online": "",
        "contact": null, "professional": null, "politie": "weet-niet", "wensen": []})"));
}

TEST_CASE("draft: every answer of a citizen") {
    CHECK(drafted(full(), &rotterdam, "nl") == object(R"({
        "type": "melding", "versie": 1, "id": null, "taal": "nl", "rol": "burger", "vormen": ["seksueel", "arbeid"],
        "gemeente": "GM0599", "plaats": "Rotterdam", "plek": "haven", "minderjarig": "onbekend", "spoed": true,
        "wat": "merk-wat <b>\"&'</b> {{taal}}\nline two", "wie": "merk-wie", "waar": "merk-waar",
        "wanneer": "merk-wanneer", "voertuigen": "merk-voertuigen", "online": "merk-online",
        "contact": {"naam": "merk-naam", "telefoon": "merk-telefoon", "email": "merk-email", "veilig": "merk-veilig"},
        "professional": null, "politie": "liever-niet", "wensen": ["hulp", "gesprek"]})"));
}

TEST_CASE("draft: a victim, and who was asked about work before, has no professional part") {
    auto given = with(full_at_work(), "rol", "slachtoffer");
    const auto out = drafted(given);
    CHECK(out.at("rol") == "slachtoffer");
    CHECK(out.at("professional").is_null());
    CHECK_FALSE(protocol::to_text(out).contains("merk-organisatie"));
}

TEST_CASE("draft: a professional, with the profession in the desk's words") {
    auto out = drafted(full_at_work());
    CHECK(out.at("rol") == "professional");
    CHECK(out.at("professional") ==
          object(R"({"organisatie": "merk-organisatie", "functie": "inspectie of toezicht",
        "toestemming": "niet-gevraagd", "beroepsgeheim": true, "grondslag": "vitaal-belang"})"));
    out = drafted(with(least(), "rol", "professional"));
    CHECK(out.at("professional") ==
          object(R"({"organisatie": "", "functie": "", "toestemming": "niet-gevraagd",
        "beroepsgeheim": null, "grondslag": null})"));
    CHECK(drafted(with(full_at_work(), "beroepsgeheim", "weet-niet"))
              .at("professional")
              .at("beroepsgeheim")
              .is_null());
    out = drafted(with(full_at_work(), "beroepsgeheim", "nee"));
    CHECK(out.at("professional").at("beroepsgeheim") == false);
    out = drafted(with(full_at_work(), "toestemming", ""));
    CHECK(out.at("professional").at("toestemming") == "niet-gevraagd");
}

TEST_CASE("draft: where it happens") {
    struct row {
        const char *plek, *online, *is, *says;
    };
    for (const auto& [plek, online, is, says] : {row{"luchthaven", "", "luchthaven", ""},
                                                 {"haven", "", "haven", ""},
                                                 {"grens", "x", "grens", "x"},
                                                 {"anders", "", "anders", ""},
                                                 {"plaats", "", nullptr, ""},
                                                 {"onbekend", "", nullptr, ""},
                                                 {"", "x", nullptr, "x"},
                                                 {"online", "x", nullptr, "Alleen online.\nx"},
                                                 {"online", "", nullptr, "Alleen online."},
                                                 {"online", " \n", nullptr, "Alleen online."}}) {
        CAPTURE(plek, online);
        const auto out = drafted(with(with(least(), "plek", plek), "online", online));
        CHECK(out.at("plek") == (is ? json::value(is) : json::value(nullptr)));
        CHECK(out.at("online") == says);
    }
}

TEST_CASE("draft: contact is there only where something was written; one word is enough") {
    auto given = least();
    for (const auto* name : {"naam", "telefoon", "email", "veilig"})
        given = with(given, name, " \xe2\x80\x8b");
    CHECK(drafted(given).at("contact").is_null());
    given = with(given, "veilig", "na vijven");
    CHECK(drafted(given).at("contact").at("veilig") == "na vijven");
    CHECK(drafted(given).at("contact").at("naam") == " \xe2\x80\x8b");
}

TEST_CASE("draft: a list holds each code once, in the order of the page") {
    auto given = without(least(), "vorm");
    for (const auto* code : {"onbekend", "arbeid", "seksueel", "arbeid"})
        given = and_also(given, "vorm", code);
    CHECK(drafted(given).at("vormen") == json::array({"seksueel", "arbeid", "onbekend"}));
}
