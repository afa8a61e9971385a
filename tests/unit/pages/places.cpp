// What people type as a place, over the places as shipped: found, or asked about, never a dead end.
#include "tests/unit/pages/typed_place.hpp"

using namespace typed_place;

TEST_CASE("a postcode is found however it is written, with or without the place behind it") {
    const auto* text =
        GENERATE("1012", "1012 AB", "1012ab", "1012AB", " 1012 AB ", "1012 Amsterdam", "1012 AB Amsterdam",
                 "1012ab Amsterdam", "1012\u00a0AB", "NL-1012 AB", "nl 1012ab", "\u0661\u0660\u0661\u0662",
                 "1012, Amsterdam", "1012 AB, Amsterdam", "1012AB,Amsterdam", "NL-1012 AB Amsterdam",
                 "\uff11\uff10\uff11\uff12", "\uff11\uff10\uff11\uff12\uff21\uff22",
                 "\u06f1\u06f0\u06f1\u06f2", "1012_", "(1012)", "1012\u202fAB", "1012\u2011AB");
    CAPTURE(text);
    CHECK(found(text) == "Amsterdam");
}

TEST_CASE("every postcode: within one desk its main municipality is taken, over a border it is asked") {
    std::size_t asked = 0, several = 0;
    for (const auto& row : shipped::rows("postcodes.tsv")) {
        CAPTURE(row[0]);
        std::set<std::string> touched{row[2]}, desks{shipped::guide().find(row[2])->loket};
        if (row[4] != "-")
            for (const auto& other : shipped::parts(row[4], '|')) {
                touched.insert(other.substr(0, 6));
                desks.insert(shipped::guide().find(other.substr(0, 6))->loket);
            }
        const auto place = find(row[0] + " AB");
        if (desks.size() == 1) {
            several += touched.size() > 1;
            REQUIRE(place.found != nullptr);
            CHECK(place.found->code == row[2]);
            CHECK_FALSE(place.open);
            continue;
        }
        ++asked;
        CHECK(place.ask);
        CHECK(codes(place.offered) == touched);
    }
    CHECK(asked == 15);
    CHECK(several == 283 - 15);
}

TEST_CASE("a postcode over a desk border is asked about, and what is chosen holds") {
    CHECK(offered("5157") == std::set<std::string>{"Altena", "Heusden"});
    CHECK(offered("5157 AB, Doeveren") == std::set<std::string>{"Altena", "Heusden"});
    for (const auto& [one, via] : find("5157").offered) {
        CHECK(via.empty());
        const auto place = find("5157", one->code);
        CHECK(place.found == one);
        CHECK(place.open);  // so that it can be chosen anew
        CHECK_FALSE(place.ask);
    }
}

TEST_CASE("what nobody knows is asked about, with nothing offered") {
    const auto* text = GENERATE("1000", "1000 AA", "9000zz", "0000", "Nergenshuizen", "Parijs", "12", "10123",
                                "?", "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0", "<script>", ",");
    CAPTURE(text);
    CHECK(offered(text).empty());
    const auto place = find(text, pages::no_such_place);
    CHECK(place.found == nullptr);
    CHECK(place.open);
    CHECK_FALSE(place.ask);
    CHECK(find(text, "GM0363").ask);
}

TEST_CASE("whole names are found, of municipalities, places and other spellings") {
    for (const auto& [text, name] :
         std::vector<std::pair<std::string, std::string>>{{"Rotterdam", "Rotterdam"},
                                                          {"rotterdam", "Rotterdam"},
                                                          {"  Rotterdam\t", "Rotterdam"},
                                                          {"\xc2\xa0Rotterdam\xe2\x80\x8b", "Rotterdam"},
                                                          {"'s-Gravenhage", "Den Haag"},
                                                          {"den haag", "Den Haag"},
                                                          {"s gravenhage", "Den Haag"},
                                                          {"sudwest fryslan",
                                                           "S\xc3\xba"
                                                           "dwest-Frysl\xc3\xa2n"},
                                                          {"Scheveningen, Den Haag", "Den Haag"},
                                                          {"Dorpsstraat 5, Ede", "Ede"},
                                                          {"Dorpsstraat 5, 6711 AB, Ede", "Ede"},
                                                          {"Kanaalweg 3,Utrecht", "Utrecht"}}) {
        CAPTURE(text);
        CHECK(found(text) == name);
    }
}

TEST_CASE("where the parts of a text name different places it is asked which; what they share is meant") {
    for (const auto& [text, names] : std::vector<std::pair<std::string, std::set<std::string>>>{
             {"Amsterdam, Rotterdam", {"Amsterdam", "Rotterdam"}},
             {"1012 AB Rotterdam", {"Amsterdam", "Rotterdam"}},
             {"3011, Amsterdam", {"Amsterdam", "Rotterdam"}},
             {"Dorpsstraat 5, 3011 AB Amsterdam", {"Amsterdam", "Rotterdam"}},
             {"Assen 3, Ede", {"Ede"}},
             {"Amsterdam 3, Rotterdam 5", {"Amsterdam", "Rotterdam"}},
             {"Nederland", {"Steenwijkerland"}}}) {
        CAPTURE(text);
        if (names.size() == 1 && text != "Nederland")
            CHECK(found(text) == *names.begin());
        else
            CHECK(offered(text) == names);
        CHECK_FALSE((find(text).namesakes && names.size() > 1));
    }
    CHECK(found("Beek, Montferland") == "Montferland");
    CHECK(found("Hengelo, Bronckhorst") == "Bronckhorst");
}

TEST_CASE("the country, a title and a street without a comma stand in no way") {
    for (const auto* text :
         {"Rotterdam, Nederland", "Rotterdam, The Netherlands", "gem. Rotterdam", "Coolsingel 40 Rotterdam",
          "3011 AB Rotterdam, Nederland", "Coolsingel 40, 3011 AB, Rotterdam", "3011 AB Nederland",
          "3011 AB, Nederland", "Rotterdam, 3011 AB", "Coolsingel 40, Rotterdam, 3011 AB"}) {
        CAPTURE(text);
        CHECK(found(text) == "Rotterdam");
    }
    CHECK(found("Capelle a/d IJssel") == "Capelle aan den IJssel");
}

TEST_CASE(
    "beside a postcode of several places a name says which; another name is asked about on either side") {
    CHECK(found("1027 AB Amsterdam") == "Amsterdam");
    CHECK(found("Amsterdam, 1027 AB") == "Amsterdam");
    for (const auto* text : {"Amsterdam, 3011 AB", "3011 AB, Amsterdam", "Damrak 1, Amsterdam, 3011 AB"}) {
        CAPTURE(text);
        CHECK(offered(text).size() == 2);
    }
}

TEST_CASE("a name that several places have is asked about") {
    const auto* text = GENERATE("Bergen", "Hengelo", "Beek", "beek", "Dorpsstraat 5, Beek");
    CAPTURE(text);
    CHECK(offered(text).size() >= 2);
}

TEST_CASE("a name that was only begun is asked about, even where one place begins so; few enough to read") {
    CHECK(offered("Rotterd").contains("Rotterdam"));
    CHECK(offered("Papendrech") == std::set<std::string>{"Papendrecht"});
    CHECK(offered("a").size() == 8);
}

TEST_CASE("a name that only the register tells apart, by its province, is asked about as one") {
    CHECK(offered("Hengelo") == std::set<std::string>{"Hengelo", "Bronckhorst"});
    CHECK(offered("rijswijk") == std::set<std::string>{"Rijswijk", "Buren", "Altena"});
    CHECK(offered("Katwijk") == std::set<std::string>{"Katwijk", "Land van Cuijk"});
    CHECK(offered("Vianen") == std::set<std::string>{"Vijfheerenlanden", "Land van Cuijk"});
    // Nobody has to know in which municipality it lies.
    for (const auto& [in, via] : find("Hengelo").offered)
        CHECK(via == (in->weergave == "Bronckhorst" ? "Hengelo (Gld)" : ""));
    CHECK(found("Hengelo (Gld)") == "Bronckhorst");
    CHECK(found("rijswijk nb") == "Altena");
    CHECK(found("Driehuis") == "Velsen");  // the only one of its name
}

TEST_CASE("a typing error is asked about, never taken for the name it resembles") {
    for (const auto& [text, names] :
         std::vector<std::pair<std::string, std::set<std::string>>>{{"Rotterdm", {"Rotterdam"}},
                                                                    {"gemeente Rotterdm", {"Rotterdam"}},
                                                                    {"Dorpsstraat 5, Utrehct", {"Utrecht"}},
                                                                    {"Utrehct, Kanaalstraat", {"Utrecht"}},
                                                                    {"Ljouwrt", {"Leeuwarden"}}}) {
        CAPTURE(text);
        CHECK(offered(text) == names);
        CHECK_FALSE(find(text).namesakes);
        for (const auto& [one, via] : find(text).offered) {
            CHECK(find(text, one->code).found == one);
            CHECK(find(text, one->code).open);  // so that it can be chosen anew
        }
        CHECK(find(text, pages::no_such_place).found == nullptr);
    }
    CHECK(find("Hengelo").namesakes);
    CHECK_FALSE(find("Groninge").namesakes);  // begun
}

TEST_CASE("an answer counts only where it was offered") {
    const auto place = find("Bergen");
    REQUIRE(place.offered.size() >= 2);
    for (const auto& [one, via] : place.offered) CHECK(find("Bergen", one->code).found == one);
    for (const auto* other : {"GM0363", "GM9999", "Bergen", "", " ", "onbekend "}) {
        CAPTURE(other);
        CHECK(find("Bergen", other).found == nullptr);
        CHECK(find("Bergen", other).ask);
    }
    CHECK_FALSE(find("Bergen", "onbekend").ask);
    CHECK(find("Bergen", "onbekend").found == nullptr);
    // Where nothing is asked, no answer moves the place.
    CHECK(find("Rotterdam", "GM0363").found->weergave == "Rotterdam");
    CHECK_FALSE(find("", "GM0363").open);
}

TEST_CASE("blanks and signs that nobody sees are no place, and nothing is asked") {
    const auto* text =
        GENERATE("", " ", "\t \n", "\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\xae", "\xe3\x80\x80\xef\xbb\xbf ");
    CHECK(found(text) == "nothing");
}

TEST_CASE("every name there is leads to its municipality, or to a question that offers it") {
    std::vector<std::pair<std::string, std::set<std::string>>> names;
    for (const auto& one : shipped::guide().all()) names.push_back({one.weergave, {one.code}});
    for (const auto& row : shipped::rows("plaatsen.tsv")) {
        const auto all = shipped::parts(row[1], '|');
        names.push_back({row[0], {all.begin(), all.end()}});
    }
    REQUIRE(names.size() > 2000);
    for (const auto& [name, wanted] : names) {
        CAPTURE(name);
        const auto place = find(name);
        if (place.found) {
            // A municipality goes before a village of the same name elsewhere only where both are asked
            // about.
            CHECK(wanted == std::set{place.found->code});
            continue;
        }
        REQUIRE(place.ask);
        const auto among = codes(place.offered);
        CHECK(std::includes(among.begin(), among.end(), wanted.begin(), wanted.end()));
    }
}
