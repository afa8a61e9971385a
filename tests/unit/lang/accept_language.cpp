// Accept-Language: the grammar, the bounds, and lookup.
#include "server/lang/accept_language.hpp"

#include <catch2/catch.hpp>

namespace {

// "nl-be 1000, en 800"
std::string read(std::string_view header) {
    std::string out;
    for (const auto& range : lang::read_accept_language(header))
        out += (out.empty() ? "" : ", ") + range.tag + ' ' + std::to_string(range.weight);
    return out;
}

}  // namespace

TEST_CASE("ranges are read heaviest first, and what breaks the grammar is passed over") {
    struct sample {
        std::string header, read;
    };
    const auto one = GENERATE(values<sample>({
        {"", ""},
        {"nl", "nl 1000"},
        {"nl-BE,en;q=0.8", "nl-be 1000, en 800"},
        {"en;q=0.8, nl", "nl 1000, en 800"},
        {"en;q=0.5,nl;q=0.5,fr;q=0.50", "en 500, nl 500, fr 500"},
        {" nl \t;\t q=0.123 ", "nl 123"},
        {"nl;Q=1.000, en;q=0., fr;q=1", "nl 1000, fr 1000, en 0"},
        {"*;q=0.1", "* 100"},
        {",,nl,", "nl 1000"},
        {"nl;q=1.001, nl;q=2, nl;q=-1, nl;q=.5, nl;q=0.1234, nl;q=, nl;q, nl;, nl;q=0.5;q=1, en", "en 1000"},
        {"nl;q=0.5x, nl;level=1, nl q=1, nl en, en", "en 1000"},
        {"toolongtag9, nl-toolongtag, n1, 12, -nl, nl-, nl--be, *-CH, nl_BE, nl\xC3\xA9, en", "en 1000"},
        {"zh-Hant-TW, x-klingon, sl-rozaj-biske-1994",
         "zh-hant-tw 1000, x-klingon 1000, sl-rozaj-biske-1994 1000"},
    }));
    INFO(one.header);
    CHECK(read(one.header) == one.read);
}

TEST_CASE("no more is read than the bounds allow") {
    std::string many;
    for (int i = 0; i < 64; ++i) many += "de,";
    CHECK(lang::read_accept_language(many + "nl").size() == lang::max_language_ranges);

    const std::string blanks(lang::max_accept_language, ' ');
    CHECK(read("nl," + blanks + ",en") == "nl 1000");
    CHECK(read(blanks + "nl").empty());
    const std::string cut = "nl," + std::string(lang::max_accept_language - 5, ' ') + "en-GB";
    CHECK(read(cut) == "nl 1000");  // the range that the bound cuts is not read as "en"
    CHECK(read(std::string(1'000'000, ',')).empty());
}

TEST_CASE("lookup finds the language a reader asked for") {
    struct sample {
        std::string header, code;
    };
    const auto one = GENERATE(values<sample>({
        {"", "nl"},
        {"nl", "nl"},
        {"EN-us", "en"},
        {"de-AT", "nl"},
        {"de, fr;q=0.9, ar-EG;q=0.1", "ar"},
        {"en;q=0.5, ar;q=0.9", "ar"},
        {"en, ar", "en"},
        {"zh-Hant-TW", "zh-Hant"},
        {"zh-hant", "zh-Hant"},
        {"zh", "zh-Hant"},  // its readers are served better by that than by Dutch
        {"zh-Hans", "zh-Hant"},
        {"zh-TW, en;q=0.9", "zh-Hant"},
        {"en, zh-TW;q=0.9", "en"},
        {"zh-Hant;q=0, zh-TW", "nl"},
        {"ar-x-private", "ar"},  // a single letter goes with what follows it
        {"ar-a-b-c", "ar"},
        {"english", "nl"},
        {"*", "nl"},
        {"de, *;q=0.1", "nl"},
        {"nl;q=0, *", "en"},
        {"nl;q=0, en;q=0, *;q=0.5", "ar"},
        {"zh;q=0, zh-Hant", "nl"},
        {"en;q=0, en-GB", "nl"},  // English is refused, so it does not serve en-GB
        {"nl;q=0", "nl"},         // somebody who refuses all that is here still gets a page
        {"*;q=0", "nl"},
        {"en, *;q=0", "en"},
        {"rubbish;;;, \x01, ar", "ar"},
    }));
    const std::string_view ours[] = {"nl", "en", "ar", "zh-Hant"};
    INFO(one.header);
    CHECK(ours[lang::look_up(lang::read_accept_language(one.header), ours)] == one.code);
}

TEST_CASE("a range that leaves the script or the country open finds what it means") {
    struct sample {
        std::string header, code;
    };
    const auto one = GENERATE(values<sample>({
        {"zh-CN,zh;q=0.9", "zh-Hans"},  // what Chinese browsers send
        {"zh-CN,zh;q=0.9,en-US;q=0.8,en;q=0.7", "zh-Hans"},
        {"zh-SG", "zh-Hans"},
        {"zh", "zh-Hans"},
        {"zh-TW,zh;q=0.9,en-US;q=0.8", "zh-Hant"},
        {"zh-HK", "zh-Hant"},
        {"ZH-hant-hk", "zh-Hant"},
        {"pt-PT", "pt-BR"},
        {"pt", "pt-BR"},
        {"sr-ME", "sr-Latn"},
        {"sr", "sr-Cyrl"},
        {"zh-Hans;q=0, zh-CN", "zh-Hant"},
        {"zh;q=0, zh-CN, en;q=0.1", "en"},
        {"zz-ZZ", "nl"},
        {"aaaaaaaa-bbbbbbbb-cccccccc-dddddddd", "nl"},
    }));
    const std::string_view ours[] = {"nl", "en", "sr-Latn", "zh-Hant", "zh-Hans", "pt-BR", "sr-Cyrl"};
    INFO(one.header);
    CHECK(ours[lang::look_up(lang::read_accept_language(one.header), ours)] == one.code);
}
