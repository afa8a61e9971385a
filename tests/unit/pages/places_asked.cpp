// What was not understood of a typed place is asked about, never dropped: words that are no name, places
// abroad, names of two levels, airports and ports; and the cities in other alphabets.
#include <tuple>

#include "tests/unit/pages/typed_place.hpp"

using namespace typed_place;

TEST_CASE("a word that is no name is asked about beside a name, with what it was perhaps meant to be") {
    for (const auto* text : {"Rotterdm, Utrecht", "Utrecht, Rotterdm", "Utrecht Rotterdm"})
        CHECK(offered(text) == std::set<std::string>{"Rotterdam", "Utrecht"});
    for (const auto* text : {"bij station Ede", "ergens in Ede", "Ede, naast de kerk", "Ede of zo"}) {
        CAPTURE(text);
        CHECK(offered(text) == std::set<std::string>{"Ede"});
        CHECK(find(text).outside);
        CHECK_FALSE(find(text).namesakes);
    }
}

TEST_CASE("a postcode beside a name that nobody here has is asked about: it may be one abroad") {
    for (const auto& [text, name] :
         std::vector<std::pair<std::string, std::string>>{{"3583 Paal, Belgium", "Utrecht"},
                                                          {"2321 Hoogstraten", "Leiden"},
                                                          {"B-2321 Hoogstraten", "Leiden"},
                                                          {"2321 Hoogstraten 5", "Leiden"},
                                                          {"3583 Paal Kerkstraat 5", "Utrecht"},
                                                          {"Kerkstraat 5, 2321 Hoogstraten", "Leiden"},
                                                          {"2321 Hoogstraten, Belgi\u00eb", "Leiden"}}) {
        CAPTURE(text);
        CHECK(offered(text) == std::set<std::string>{name});
        CHECK(find(text).outside);
        const auto there = find(text, pages::outside_the_country);
        CHECK(there.found == nullptr);
        CHECK(there.chosen == pages::outside_the_country);
        CHECK_FALSE(there.ask);
    }
    // With its letters it is a Dutch one, and a street may follow.
    CHECK(found("1315 AB Van der Madeweg-laan 5") == "Almere");
    CHECK(found("1315AB Oude Kerkstraat 5") == "Almere");
    // A postcode newer than the tables, beside older ones of the place; and one that is far from it.
    CHECK(found("1000 AA Amsterdam") == "Amsterdam");
    CHECK(offered("9000 XX Amsterdam") == std::set<std::string>{"Amsterdam"});
}

TEST_CASE("one name, two levels: the village, the province or another country is asked") {
    const auto zeeland = find("Zeeland");
    CHECK(zeeland.ask);
    CHECK(codes(zeeland.offered) == std::set<std::string>{"GM1991"});
    REQUIRE(zeeland.province);
    CHECK(zeeland.province->naam == "Zeeland");
    CHECK(zeeland.outside);
    CHECK(find("Zeeland", pages::whole_province).chosen == pages::whole_province);
    CHECK_FALSE(find("Zeeland", pages::whole_province).ask);
    CHECK(find("Zeeland", "GM1991").found->weergave == "Maashorst");
    const auto america = find("America");
    CHECK(america.ask);
    CHECK(america.abroad);
    CHECK(america.outside);
    CHECK(codes(america.offered) == std::set<std::string>{"GM1507"});
    for (const auto* text : {"Gelderland", "Noord-Brabant", "Limburg", "provincie Utrecht", "Friesland"}) {
        CAPTURE(text);
        CHECK(find(text).ask);
        CHECK(find(text).province);
    }
    // What is offered by whom asks nothing of it, counts for nothing.
    CHECK(find("Bergen", pages::whole_province).ask);
    CHECK(find("Bergen", pages::at_airport).ask);
    CHECK(find("Bergen", pages::outside_the_country).ask);
    // The city and its province have the same desk.
    CHECK(found("Utrecht") == "Utrecht");
    CHECK(found("Groningen") == "Groningen");
    CHECK(found("5411 Zeeland") == "Maashorst");
    CHECK(found("Zeeland, Maashorst") == "Maashorst");
    CHECK(found("Goes, Zeeland") == "Goes");
    CHECK(found("Zeeland, Noord-Brabant") == "Maashorst");
}

TEST_CASE("a namesake with a suffix in the register is asked about, and found by its province") {
    for (const auto* text : {"Elst", "elst", "Dorpsstraat 5, Elst"})
        CHECK(offered(text) == std::set<std::string>{"Overbetuwe", "Rhenen"});
    CHECK(find("Elst").namesakes);
    for (const auto* text :
         {"Elst, Utrecht", "Elst Utrecht", "Elst Ut", "Elst (Utrecht)", "Elst, provincie Utrecht"})
        CHECK(found(text) == "Rhenen");
    CHECK(found("Elst, Gelderland") == "Overbetuwe");
    CHECK(found("Hengelo, Gelderland") == "Bronckhorst");
    CHECK(found("Hengelo Overijssel") == "Hengelo");
    CHECK(offered("Amsterdam, Gelderland") == std::set<std::string>{"Amsterdam"});
}

TEST_CASE("a country or a large city abroad is known by its name, and outside the Netherlands is an answer") {
    for (const auto* text : {"Parijs",
                             "Paris",
                             "Warsaw",
                             "Warschau",
                             "Bonaire",
                             "Cura\u00e7ao",
                             "Duitsland",
                             "Germany",
                             "Deutschland",
                             "Polska",
                             "Rom\u00e2nia",
                             "\u0411\u044a\u043b\u0433\u0430\u0440\u0438\u044f",
                             "\u0423\u043a\u0440\u0430\u0457\u043d\u0430",
                             "Nieuwstraat 1, Brussel",
                             "1000 Brussel",
                             "Antwerpen",
                             "the United Kingdom",
                             "Berlin, Germany",
                             "\u0627\u0644\u0645\u063a\u0631\u0628",
                             "\u4e2d\u56fd"}) {
        CAPTURE(text);
        CHECK(offered(text).empty());
        CHECK(find(text).outside);
        if (std::string_view(text).find("the ")) CHECK(find(text).abroad);
        CHECK(find(text, pages::outside_the_country).chosen == pages::outside_the_country);
    }
    // What is called alike here is asked about as well.
    for (const auto& [text, name] :
         std::vector<std::pair<std::string, std::string>>{{"Hasselt", "Zwartewaterland"},
                                                          {"Mechelen", "Gulpen-Wittem"},
                                                          {"Rotterdam, Belgi\u00eb", "Rotterdam"}}) {
        CAPTURE(text);
        CHECK(offered(text) == std::set<std::string>{name});
        CHECK(find(text).abroad);
    }
    CHECK(found("Hasselt, Zwartewaterland") == "Zwartewaterland");
}

TEST_CASE("a place that is an airport or a port: whether it happens there is asked") {
    for (const auto& [text, name, spot] : std::vector<std::tuple<std::string, std::string, std::string_view>>{
             {"Schiphol", "Haarlemmermeer", pages::at_airport},
             {"1118 Schiphol", "Haarlemmermeer", pages::at_airport},
             {"Luchthaven Schiphol", "Haarlemmermeer", pages::at_airport},
             {"Eindhoven Airport", "Eindhoven", pages::at_airport},
             {"vliegveld Eindhoven", "Eindhoven", pages::at_airport},
             {"Europoort", "Rotterdam", pages::in_port},
             {"haven Rotterdam", "Rotterdam", pages::in_port}}) {
        CAPTURE(text);
        CHECK(offered(text) == std::set<std::string>{name});
        const auto asked = find(text);
        CHECK(asked.spot == spot);
        const auto there = find(text, spot);
        REQUIRE(there.found);
        CHECK(there.found->weergave == name);
        CHECK(there.chosen == spot);
        CHECK_FALSE(there.ask);
        const auto elsewhere = find(text, asked.offered.front().gemeente->code);
        CHECK(elsewhere.found == asked.offered.front().gemeente);
        CHECK(elsewhere.chosen.empty());
        // Who said that it happens there is not asked again.
        CHECK(pages::find_place(shipped::guide(), table(), text, {}, false).found);
    }
    CHECK(found("Schiphol-Rijk") == "Haarlemmermeer");
}

TEST_CASE("the largest cities are known as people write them elsewhere") {
    for (const auto& [text, name] : std::vector<std::pair<std::string, std::string>>{
             {"Haga", "Den Haag"},
             {"La Haya", "Den Haag"},
             {"La Haye", "Den Haag"},
             {"H\u00e1ga", "Den Haag"},
             {"Lahey", "Den Haag"},
             {"\u0425\u0430\u0433\u0430", "Den Haag"},
             {"\u0413\u0430\u0430\u0433\u0430", "Den Haag"},
             {"\u0433\u0430\u0430\u0433\u0430", "Den Haag"},
             {"\u0644\u0627\u0647\u0627\u064a", "Den Haag"},
             {"\u6d77\u7259", "Den Haag"},
             {"\u00c1msterdam", "Amsterdam"},
             {"Amszterdam", "Amsterdam"},
             {"\u0410\u043c\u0441\u0442\u0435\u0440\u0434\u0430\u043c", "Amsterdam"},
             {"\u0410\u041c\u0421\u0422\u0415\u0420\u0414\u0410\u041c", "Amsterdam"},
             {"\u0623\u0645\u0633\u062a\u0631\u062f\u0627\u0645", "Amsterdam"},
             {"\u0627\u0645\u0633\u062a\u0631\u062f\u0627\u0645", "Amsterdam"},
             {"\u963f\u59c6\u65af\u7279\u4e39", "Amsterdam"},
             {"R\u00f3terdam", "Rotterdam"},
             {"\u0420\u043e\u0442\u0442\u0435\u0440\u0434\u0430\u043c", "Rotterdam"},
             {"\u9e7f\u7279\u4e39", "Rotterdam"},
             {"\u0423\u0442\u0440\u0435\u0445\u0442", "Utrecht"},
             {"\u0415\u0439\u043d\u0434\u0433\u043e\u0432\u0435\u043d", "Eindhoven"},
             {"Bolduque", "Den Bosch"},
             {"Bois-le-Duc", "Den Bosch"},
             {"Amsterdam, Holandia", "Amsterdam"},
             {"\u6d77\u7259\uff0c\u8377\u5170", "Den Haag"},
             {"\u0410\u043c\u0441\u0442\u0435\u0440\u0434\u0430\u043c, "
              "\u041d\u0456\u0434\u0435\u0440\u043b\u0430\u043d\u0434\u0438",
              "Amsterdam"}}) {
        CAPTURE(text);
        CHECK(found(text) == name);
    }
}

TEST_CASE("a text of many words is read quickly, and asked about") {
    std::string text;
    while (text.size() < 2'000) text += "a b ";
    CHECK(find(text).ask);
    CHECK(find(std::string(2'000, 'a')).ask);
}
