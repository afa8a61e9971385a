// What programs elsewhere ask of the guide.
#include <map>

#include <catch2/catch.hpp>

#include "tests/unit/api/service.hpp"

using namespace service;

namespace {

std::vector<std::string> members(const boost::json::object& from, const char* list, const char* member) {
    std::vector<std::string> out;
    for (const auto& one : from.at(list).as_array()) {
        const auto& value = one.at(member);
        out.emplace_back(value.is_string() ? value.as_string().c_str() : "");
    }
    return out;
}

}  // namespace

TEST_CASE("where to report: 112 comes first in danger, and every step says where it comes from") {
    server s;
    const auto answer =
        s.get("/v1/wegwijzer?gemeente=GM0363&rol=onderwijs&vorm=seksueel&minderjarig=ja&acuut=ja");
    REQUIRE(answer.status == 200);
    const auto object = json(answer);
    CHECK(members(object, "stappen", "telefoon").at(0) == "112");
    for (const auto& day : members(object, "stappen", "geverifieerdOp")) CHECK(protocol::day::parse(day));
    for (const auto& source : members(object, "stappen", "bron")) CHECK_FALSE(source.empty());
    CHECK(field(answer, "Access-Control-Allow-Origin") == "*");
    CHECK(field(answer, "Content-Language") == "nl");
    CHECK(field(answer, "Vary") == "Accept-Language");
}

TEST_CASE("whoever says nothing is answered too, and the desk is the one a report would go to") {
    server s;
    const auto object = json(s.get("/v1/wegwijzer"));
    CHECK(object.at("stappen").as_array().size() >= 3);
    CHECK(object.at("loket").as_string() == s.registry->now()->table.standaard().c_str());
    std::size_t reports = 0;
    for (const auto& one : object.at("stappen").as_array()) reports += one.at("melding").as_bool();
    CHECK(reports == 1);
}

TEST_CASE("of each step it is told whether that is the police or investigates") {
    server s;
    const auto object = json(s.get("/v1/wegwijzer?rol=slachtoffer&minderjarig=nee&acuut=ja"));
    std::map<std::string, boost::json::value> steps;
    for (const auto& one : object.at("stappen").as_array())
        steps[one.at("stap").as_string().c_str()] = one.at("opsporing");
    CHECK(steps.at("bel-112") == false);
    CHECK(steps.at("bel-kmar") == true);
    CHECK(steps.at("eigen-keuze").is_null());
    const auto* desk = s.registry->now()->directory.newest().desk(object.at("loket").as_string());
    REQUIRE(desk);
    CHECK(steps.at("meld-met-haast") == desk->opsporing);
}

TEST_CASE("a municipality that went up in another one is answered for that one, and the answer says so") {
    server s;
    const auto brielle = json(s.get("/v1/wegwijzer?gemeente=GM0501"));
    auto voorne = json(s.get("/v1/wegwijzer?gemeente=GM1992"));
    CHECK_FALSE(voorne.contains("gemeente"));
    CHECK(protocol::to_text(brielle.at("gemeente").as_object()) ==
          R"({"code":"GM1992","naam":"Voorne aan Zee","opgegaan":)"
          R"({"code":"GM0501","naam":"Brielle","sinds":"2023-01-01"}})");
    CHECK(brielle.at("loket") == voorne.at("loket"));
    CHECK(brielle.at("stappen") == voorne.at("stappen"));
    const auto help = json(s.get("/v1/hulpaanbod?gemeente=GM0501"));
    CHECK(help.at("regio").as_string() == "VR17");
    CHECK(help.at("gemeente") == brielle.at("gemeente"));
    CHECK_FALSE(json(s.get("/v1/hulpaanbod?gemeente=GM1992")).contains("gemeente"));
    // The code counts, and not the postcode beside it.
    CHECK(json(s.get("/v1/hulpaanbod?gemeente=GM0501&postcode=1315")).at("regio").as_string() == "VR17");
    CHECK_FALSE(json(s.get("/v1/hulpaanbod?postcode=1315")).contains("gemeente"));
}

TEST_CASE("a code that no municipality has or had is told, in every place that takes one") {
    server s;
    for (const std::string what : {"wegwijzer", "hulpaanbod"})
        for (const std::string code : {"GM9999", "gm0501", "0501", "GM0501x"}) {
            CAPTURE(what, code);
            const auto answer = s.get("/v1/" + what + "?gemeente=" + code);
            CHECK(answer.status == 400);
            CHECK(service::codes(answer) == std::vector<std::string>{"onbekende-code"});
        }
    CHECK(s.get("/v1/wegwijzer?gemeente=").status == 200);
    CHECK(json(s.get("/v1/gemeenten?zoek=Brielle")).at("gemeenten").as_array().at(0).at("code").as_string() ==
          "GM1992");
}

TEST_CASE("every parameter that cannot be used is told at once") {
    server s;
    const auto wrong =
        s.get("/v1/wegwijzer?gemeente=Ede&rol=koning&vorm=x&minderjarig=1&acuut=yes&postcode=12&kleur=rood");
    CHECK(wrong.status == 400);
    CHECK(service::codes(wrong).size() == 7);
    CHECK(s.get("/v1/hulpaanbod?doelgroep=iedereen").status == 400);
    CHECK(s.get("/v1/signalen?vorm=alles&plek=maan").status == 400);
    CHECK(s.get("/v1/wegwijzer?rol=zorg&rol=zorg").status == 400);
}

TEST_CASE("the language is the one that the caller asks for, and an unchanged answer is not sent again") {
    server s;
    const auto in = [&](std::string target, std::string accepted, std::string known = "") {
        auto asked = head(http::method::get, std::move(target), {{"accept-language", std::move(accepted)}});
        if (!known.empty()) asked.fields.emplace_back("if-none-match", std::move(known));
        return s.send(std::move(asked));
    };
    const auto english = in("/v1/signalen", "en-GB,en;q=0.9"), dutch = in("/v1/signalen", "fr");
    CHECK(field(english, "Content-Language") == "en");
    CHECK(json(english).at("toelichting").as_string().starts_with("A sign is not proof"));
    CHECK(json(dutch).at("toelichting").as_string().starts_with("Een signaal is een aanwijzing"));
    CHECK(in("/v1/signalen", "en", field(english, "ETag")).status == 304);
    CHECK(in("/v1/signalen", "nl", field(english, "ETag")).status == 200);
}

TEST_CASE("help: what answers day and night stands first, then what is near; never an address") {
    server s;
    const auto near = json(s.get("/v1/hulpaanbod?postcode=1315&doelgroep=volwassen"));
    CHECK(near.at("regio").as_string() == "VR25");
    CHECK(near.at("plaatselijk").as_bool());
    const auto ids = members(near, "hulpaanbod", "id"), regions = members(near, "hulpaanbod", "regio");
    CHECK(ids.at(0) == "noodnummer-112");
    CHECK(ids.at(1) == "veilig-thuis");
    CHECK(regions.at(2) == "VR25");
    const auto last = std::find(regions.rbegin(), regions.rend(), "VR25").base() - regions.begin();
    CHECK(last <= std::ranges::find(ids, "comensha") - ids.begin());
    for (const auto& one : near.at("hulpaanbod").as_array())
        if (one.as_object().at("demonstratie").as_bool()) CHECK(one.as_object().at("telefoon").is_null());
    CHECK(members(near, "hulpaanbod", "gebied").at(2).empty());  // all of the region
    const auto part = json(s.get("/v1/hulpaanbod?postcode=3011"));
    const auto parts = members(part, "hulpaanbod", "gebied");
    CHECK(std::ranges::find(parts, "gemeente Rotterdam") != parts.end());
    const auto anywhere = json(s.get("/v1/hulpaanbod"));
    CHECK(anywhere.at("regio").is_null());
    CHECK_FALSE(anywhere.at("plaatselijk").as_bool());
    for (const auto& region : members(anywhere, "hulpaanbod", "regio")) CHECK(region.empty());
    for (const auto& one : near.at("hulpaanbod").as_array()) CHECK_FALSE(one.as_object().contains("adres"));
}

TEST_CASE("signals by form and by place of work") {
    server s;
    const auto all = json(s.get("/v1/signalen")).at("signalen").as_array().size();
    const auto some = json(s.get("/v1/signalen?vorm=arbeid&plek=bouw")).at("signalen").as_array();
    CHECK(some.size() < all);
    CHECK(some.size() >= 5);
}
