#include "crypto/protocol/report.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/protocol/codes.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using list = std::vector<std::string>;

namespace {

constexpr std::string_view least =
    R"({"rol":"burger","vormen":["arbeid"],"minderjarig":"nee","wat":"Er slapen mensen in de loods."})";

template <class V>
json::object least_with(std::string_view name, const V& value) {
    auto out = parse_object(least).value();
    out[name] = world::any(value);
    return out;
}

// "location code" of each fault of a draft, sorted; empty where there is none.
list refused(std::string_view text) {
    list out;
    if (auto read = report::draft(text); !read)
        for (const auto& f : read.error()) out.push_back(f.location + " " + f.code);
    std::sort(out.begin(), out.end());
    return out;
}
list refused(const json::object& object) { return refused(to_text(object)); }

}  // namespace

TEST_CASE("four answers are enough, the rest may be absent") {
    const auto read = report::draft(least).value();
    const auto facts = read.facts();
    CHECK(facts.vormen == list{"arbeid"});
    CHECK(facts.rol == "burger");
    CHECK(facts.minderjarig == "nee");
    CHECK(facts.politie == "weet-niet");
    CHECK(facts.gemeente.empty());
    CHECK(facts.plek.empty());
    CHECK_FALSE(facts.spoed);
    CHECK(read.members().at("taal") == "nl");
    CHECK(read.members().storage() == wiping_storage());
    for (const char* name : {"rol", "vormen", "minderjarig", "wat"}) {
        auto object = parse_object(least).value();
        object.erase(name);
        CHECK(refused(object) == list{std::string("/") + name + " vereist"});
    }
}

TEST_CASE("every code is accepted, and no other text stands for one") {
    for (const auto rol : codes::rol) {
        const auto read = report::draft(to_text(least_with("rol", json::string(rol))));
        REQUIRE(read.has_value());
        CHECK(read->facts().rol == codes::report_role(rol));
    }
    CHECK(report::draft(to_text(least_with("rol", "professional")))->facts().rol == "professional");
    for (const auto code : codes::vorm)
        CHECK(refused(least_with("vormen", json::array{json::string(code)})).empty());
    for (const auto code : codes::minderjarig)
        CHECK(refused(least_with("minderjarig", json::string(code))).empty());
    for (const auto code : codes::politie) CHECK(refused(least_with("politie", json::string(code))).empty());
    for (const auto code : codes::plek) CHECK(refused(least_with("plek", json::string(code))).empty());
    for (const auto code : codes::wens)
        CHECK(refused(least_with("wensen", json::array{json::string(code)})).empty());
    for (const char* name : {"rol", "minderjarig", "politie", "plek"})
        for (const char* other : {"", "Ja", "weet niet", "ja "}) {
            CAPTURE(name, other);
            CHECK(refused(least_with(name, other)) == list{std::string("/") + name + " onbekende-code"});
        }
    for (const char* name : {"rol", "minderjarig", "politie", "vormen", "wensen", "wat", "taal"}) {
        CAPTURE(name);
        CHECK(refused(least_with(name, 7)) == list{std::string("/") + name + " type"});
        CHECK(refused(least_with(name, nullptr)) == list{std::string("/") + name + " type"});
    }
}

TEST_CASE("forms are one or more known ones, each once") {
    CHECK(refused(least_with("vormen", json::array{})) == list{"/vormen vereist"});
    CHECK(refused(least_with("vormen", json::array{"arbeid", "arbeid"})) == list{"/vormen dubbel"});
    CHECK(refused(least_with("vormen", json::array{"mensensmokkel"})) == list{"/vormen onbekende-code"});
    CHECK(refused(least_with("vormen", json::array{""})) == list{"/vormen onbekende-code"});
    CHECK(refused(least_with("wensen", json::array{})).empty());
    CHECK(report::draft(to_text(least_with("vormen", json::array{"orgaan", "adoptie"})))->facts().vormen ==
          list{"orgaan", "adoptie"});
}

TEST_CASE("a municipality is its code") {
    for (const char* code : {"GM0599", "GM9999"})
        CHECK(report::draft(to_text(least_with("gemeente", code)))->facts().gemeente == code);
    CHECK(refused(least_with("gemeente", nullptr)).empty());
    for (const char* other : {"", "Rotterdam", "gm0599", "GM599", "GM05990", "GM059x", "0599"})
        CHECK(refused(least_with("gemeente", other)) == list{"/gemeente formaat"});
}

TEST_CASE("something must be told, and not without end") {
    for (const char* empty : {"", " ", "\n\t\r\n"})
        CHECK(refused(least_with("wat", empty)) == list{"/wat vereist"});
    CHECK(refused(least_with("wat", std::string(200000, 'a'))).empty());
    CHECK(refused(least_with("wat", std::string(200001, 'a'))) == list{"/wat lengte"});
    CHECK(refused(least_with("wie", std::string(200001, 'a'))) == list{"/wie lengte"});
}

TEST_CASE("all faults of a draft are heard at once") {
    CHECK(
        refused(
            R"({"rol":"boef","vormen":["x","arbeid","arbeid"],"minderjarig":1,"wat":" ","gemeente":"hier","plek":"thuis",
"spoed":"ja","contact":{"naam":1,"adres":"x"},"professional":{"toestemming":"misschien","beroepsgeheim":0},"politie":"nee",
"wensen":["geld"],"vulling":"0","id":"2ef253b4-fefb-4e4f-b5da-6c0c86d044a4","taal":null})") ==
        list{"/contact/adres onbekend-lid", "/contact/naam type", "/gemeente formaat", "/id onbekend-lid",
             "/minderjarig type", "/plek onbekende-code", "/politie onbekende-code",
             "/professional/beroepsgeheim type", "/professional/toestemming onbekende-code",
             "/rol onbekende-code", "/spoed type", "/taal type", "/vormen dubbel", "/vormen onbekende-code",
             "/vulling onbekend-lid", "/wat vereist", "/wensen onbekende-code"});
    for (const char* text : {"", "[]", R"({"wat":"a","wat":"b"})", R"({"wat":"\u0000"})"})
        CHECK(refused(text) == list{" json"});
}

TEST_CASE("whether somebody is bound to secrecy may stay open") {
    const auto secrecy = [](const std::string& member) {
        auto made = report::draft(
            R"({"rol":"zorg","vormen":["arbeid"],"minderjarig":"nee","wat":"a","professional":{)" + member +
            "}}");
        REQUIRE(made);
        return json::value(made->members().at("professional").at("beroepsgeheim"));
    };
    CHECK(secrecy("").is_null());
    CHECK(secrecy(R"("beroepsgeheim":null)").is_null());
    CHECK(secrecy(R"("beroepsgeheim":true)") == true);
    CHECK(secrecy(R"("beroepsgeheim":false)") == false);
}

TEST_CASE("a finished report is read back with all that was said and decided") {
    auto made =
        report::draft(
            R"({"rol":"zorg","vormen":["seksueel"],"minderjarig":"ja","wat":"wát\n\"x\"","wie":"w","waar":"h","wanneer":"n",
"voertuigen":"v","online":"o","gemeente":"GM0599","plaats":"p","plek":"haven","taal":"pl","spoed":false,"politie":"ja",
"contact":{"naam":"N","veilig":"avond"},"professional":{"organisatie":"O","toestemming":"nee","beroepsgeheim":true,"grondslag":"g"},
"wensen":["hulp","gesprek"]})")
            .value();
    const auto id = crypto::uuid::random();
    const decision d{{{"rotterdam", "eerste"}, {"landelijk", "achtervang"}}, true};
    const directory_mark gids{7, crypto::hash_text({})};
    const mailbox_keys box{crypto::box_keys::random().public_key, crypto::sign_keys::random().public_key};
    const auto text = made.complete(id, d, gids, box);
    const auto read = report::read(text).value();
    CHECK(read.id() == id);
    CHECK(read.spoed());  // as decided, not as first said
    CHECK(read.ontvangers() == d.ontvangers);
    CHECK(read.gids() == gids);
    CHECK(read.postbus()->box_key == box.box_key);
    CHECK(read.postbus()->sign_key == box.sign_key);
    CHECK(read.facts().rol == "professional");
    CHECK(read.facts().plek == "haven");
    const auto& m = read.members();
    CHECK(m.at("type") == "melding");
    CHECK(m.at("versie") == 1);
    CHECK(m.at("taal") == "pl");
    CHECK(m.at("wat") == "wát\n\"x\"");
    CHECK(m.at("contact") ==
          json::value{{"naam", "N"}, {"telefoon", ""}, {"email", ""}, {"veilig", "avond"}});
    CHECK(m.at("professional").at("grondslag") == "g");
    CHECK(m.at("wensen") == json::array{"hulp", "gesprek"});
    CHECK(m.at("bijlagen") == json::array{});
    // One-shot mode: nothing links back.
    CHECK_FALSE(report::read(made.complete(id, d, gids, std::nullopt)).value().postbus().has_value());
}

TEST_CASE("an opened body that is no report of this version is refused") {
    auto made = report::draft(least).value();
    const auto text =
        made.complete(crypto::uuid::random(), {{{"zorg", "eerste"}}, false}, {1, "x"}, std::nullopt);
    auto changed = [&](const char* name, const json::value& value) {
        auto object = parse_object(text.text()).value();
        object[name] = value;
        return refusal(report::read(to_plain(object)));
    };
    CHECK(changed("later", json::array{1}) == std::nullopt);
    CHECK(changed("type", "bericht") == errc::wrong_report);
    CHECK(changed("versie", 2) == errc::unknown_version);
    CHECK(changed("versie", "1") == errc::unknown_version);
    CHECK(changed("id", "x") == errc::bad_document);
    CHECK(changed("wat", nullptr) == errc::bad_document);
    CHECK(changed("vormen", "arbeid") == errc::bad_document);
    CHECK(refusal(report::read(crypto::plain::copy_of("{\"type\":1"))) == errc::bad_json);
    CHECK(refusal(report::read(crypto::plain::copy_of("{}"))) == errc::wrong_report);
    CHECK(refusal(report::read(crypto::plain())) == errc::bad_json);
}

TEST_CASE("a report whose inner members are of another form names no desk, directory or mailbox") {
    auto made = report::draft(least).value();
    auto object = parse_object(made.complete(crypto::uuid::random(), {{{"zorg", "eerste"}}, false}, {1, "x"},
                                             std::nullopt)
                                   .text())
                      .value();
    object["ontvangers"] = json::array{1, json::object{{"voor", "postbus:x"}}, json::object{{"rol", "mede"}}};
    object["gids"] = "x";
    object["postbus"] = json::object{{"boxKey", "AAAA"}, {"signKey", "AAAA"}};
    object["spoed"] = "true";
    const auto read = report::read(to_plain(object)).value();
    CHECK(read.ontvangers().empty());
    CHECK(read.gids() == directory_mark{});
    CHECK_FALSE(read.postbus().has_value());
    CHECK_FALSE(read.spoed());
}
