// Folding and the strict UTF-8 reader under it.
#include "server/places/fold.hpp"

#include <catch2/catch.hpp>

TEST_CASE("folding makes alike what people write differently") {
    struct sample {
        std::string text, folded;
    };
    const auto one = GENERATE(values<sample>({
        {"", ""},
        {"Amsterdam", "amsterdam"},
        {"Súdwest-Fryslân", "sudwest fryslan"},
        {"su\u0301dwest frysla\u0302n", "sudwest fryslan"},
        {"'s-Gravenhage", "s gravenhage"},
        {"\u2018s\u2014Gravenhage", "s gravenhage"},
        {"Hengelo (O.)", "hengelo o"},
        {"  a \t - \u00A0\u3000 b  ", "a b"},
        {"\u0132sselstein ĲĳŒœÆæß", "ijsselstein ijijoeoeaeaess"},
        {"ÀÉÎÕÜÝ ÿ ŠŽŁŃ ŻżÇñ", "aeiouy y szln zzcn"},
        {"2e Exloërmond", "2e exloermond"},
        {"a\u00ADb\u200Bc\uFEFFd", "abcd"},
        {"Ам", "ам"},
        {"ЁЙ Україна Ґ", "еи украіна ґ"},
        {"Αθήνα", "αθήνα"},
        {"أمستردام آإ", "امستردام اا"},
        {"هـَوّى", "هوي"},
        {"Iași Țara", "iasi tara"},
        {"ＡＢ１２，ｃ、海牙", "ab12 c 海牙"},
        {"...", ""},
    }));
    INFO(one.text);
    REQUIRE(guide::fold(one.text));
    CHECK(*guide::fold(one.text) == one.folded);
    CHECK(*guide::fold(one.folded) == one.folded);
}

TEST_CASE("a name has the spellings people use for it") {
    using list = std::vector<std::string>;
    CHECK(guide::spellings("breda") == list{"breda"});
    CHECK(guide::spellings("s gravenhage") == list{"s gravenhage", "gravenhage", "sgravenhage"});
    CHECK(guide::spellings("t harde") == list{"t harde", "harde", "tharde"});
    CHECK(guide::spellings("st annaparochie") == list{"st annaparochie", "sint annaparochie"});
    CHECK(guide::spellings("sint oedenrode") == list{"sint oedenrode", "st oedenrode"});
    CHECK(guide::spellings("stadskanaal") == list{"stadskanaal"});
}

TEST_CASE("bad UTF-8 does not fold") {
    for (const std::string good : {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                                   "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        CHECK(guide::fold(good));
    }
    for (const std::string bad :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xFE", "\xFF", "a\xFF"}) {
        CHECK_FALSE(guide::fold(bad));
    }
}
