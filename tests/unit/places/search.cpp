// Municipality search over the shipped tables: everything is found by every name it has, and in a
// useful order.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/guide/shipped.hpp"

using guide::gemeenten;

namespace {

std::vector<std::string> codes(std::string_view text, std::size_t limit = 20) {
    std::vector<std::string> out;
    for (const auto& match : shipped::guide().search(text, limit)) out.push_back(match.gemeente->code);
    return out;
}

// The match of `code` among those that were asked for by their whole name.
const gemeenten::match* exact(const std::vector<gemeenten::match>& found, const std::string& code) {
    const auto at =
        std::ranges::find_if(found, [&](const auto& m) { return m.exact && m.gemeente->code == code; });
    return at == found.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("every name stands once among all names, and is found by itself") {
    const auto all = shipped::guide().names();
    CHECK(all.size() > 2'500);
    CHECK(std::set(all.begin(), all.end()).size() == all.size());
    for (const auto name : all) {
        INFO(name);
        const auto found = shipped::guide().search(name);
        CHECK(std::ranges::any_of(found, &gemeenten::match::exact));
    }
    const auto place = [&](std::string_view name) { return std::ranges::find(all, name) - all.begin(); };
    // Municipalities, their other names, places.
    CHECK(place("Aa en Hunze") < place("Borger-Odoorn"));
    CHECK(place("Zwolle") < place("'s-Gravenhage"));
    CHECK(place("'s-Gravenhage") < place("Borger"));
    CHECK(place("Borger") < place("Drouwen"));
}

TEST_CASE("every municipality is found by its official name, the name shown and its aliases") {
    const auto rows = shipped::rows("gemeenten.tsv");
    REQUIRE(rows.size() == 342);
    for (const auto& row : rows) {
        INFO(row[0]);
        for (const auto& name : {row[1], row[2]}) {
            const auto found = shipped::guide().search(name);
            const auto* match = exact(found, row[0]);
            REQUIRE(match);
            CHECK(match->via.empty());
        }
        if (row[3] == "-") continue;
        for (const auto& alias : shipped::parts(row[3], '|')) {
            const auto found = shipped::guide().search(alias);
            const auto* match = exact(found, row[0]);
            REQUIRE(match);
            CHECK(match->via == alias);
        }
    }
}

TEST_CASE("every place is found, with every municipality it may lie in") {
    const auto rows = shipped::rows("plaatsen.tsv");
    REQUIRE(rows.size() == 2413);
    std::size_t pairs = 0;
    for (const auto& row : rows) {
        const auto found = shipped::guide().search(row[0]);
        for (const auto& code : shipped::parts(row[1], '|')) {
            INFO(row[0] << " in " << code);
            CHECK(exact(found, code));
            ++pairs;
        }
    }
    CHECK(pairs == 2479);
}

TEST_CASE("a municipality knows its region and the desk of that region's police unit") {
    REQUIRE(shipped::guide().all().size() == 342);
    const std::set<std::string> desks = [] {
        std::set<std::string> out;
        for (const auto& g : shipped::guide().all()) out.insert(g.loket);
        return out;
    }();
    CHECK(desks == std::set<std::string>{"amsterdam", "den-haag", "limburg", "midden-nederland",
                                         "noord-holland", "noord-nederland", "oost-brabant", "oost-nederland",
                                         "rotterdam", "zeeland-west-brabant"});
    const auto* hague = shipped::guide().find("GM0518");
    REQUIRE(hague);
    CHECK(hague->naam == "'s-Gravenhage");
    CHECK(hague->weergave == "Den Haag");
    CHECK(hague->veiligheidsregio == "VR15");
    CHECK(hague->loket == "den-haag");
    CHECK_FALSE(shipped::guide().find("GM0000"));
    CHECK_FALSE(shipped::guide().find("gm0518"));
    CHECK_FALSE(shipped::guide().find(""));
}

TEST_CASE("what people type finds what the register writes") {
    struct asked {
        std::string text, code, via;
    };
    const auto one = GENERATE(values<asked>({
        {"sudwest fryslan", "GM1900", ""},
        {"SÚDWEST-FRYSLÂN", "GM1900", ""},
        {"Su\u0301dwest\u2011Frysla\u0302n", "GM1900",
         ""},  // decomposed, as macOS types it; a hyphen that does not break
        {"  zuidwest   friesland ", "GM1900", "Zuidwest-Friesland"},
        {"gravenhage", "GM0518", ""},
        {"s gravenhage", "GM0518", ""},
        {"sgravenhage", "GM0518", ""},
        {"'s-Gravenhage", "GM0518", ""},
        {"\u2019s\u2013Gravenhage", "GM0518", ""},
        {"the hague", "GM0518", "The Hague"},
        {"den bosch", "GM0796", ""},
        {"hertogenbosch", "GM0796", ""},
        {"nuenen gerwen en nederwetten", "GM0820", ""},
        {"Nuenen", "GM0820", "Nuenen"},
        {"hengelo o", "GM0164", ""},
        {"st michielsgestel", "GM0845", ""},
        {"sint annaparochie", "GM1949", "St.-Annaparochie"},
        {"harde", "GM0230", "'t Harde"},
        {"\u0132sselstein", "GM0353", ""},
        {"Ljouwert", "GM0080", "Ljouwert"},
        {"snits", "GM1900", "Snits"},
        {"Boalsert", "GM1900", "Boalsert"},
        {"drylts", "GM1900", "Drylts"},
        {"frjentsjer", "GM1949", "Frjentsjer"},
        {"Harns", "GM0072", "Harns"},
        {"de jouwer", "GM1940", "De Jouwer"},
        {"it hearrenfean", "GM0074", "It Hearrenfean"},
        {"gaasterlan", "GM1940", "Gaasterl\u00e2n"},
        {"skiermuntseach", "GM0088", "Skierm\u00fbntseach"},
        {"Tietjerksteradeel", "GM0737", "Tietjerksteradeel"},
        {"het bildt", "GM1949", "Het Bildt"},
        {"Vleuten-De Meern", "GM0344", "Vleuten-De Meern"},
        {"wieringermeer", "GM1911", "Wieringermeer"},
        {"Haarlemmerliede en Spaarnwoude", "GM0394", "Haarlemmerliede en Spaarnwoude"},
        {"graft de rijp", "GM0361", "Graft-De Rijp"},
        {"Korendijk", "GM1963", "Korendijk"},
        {"Beemster", "GM0439", "Beemster"},
        {"onderbanken", "GM1954", "Onderbanken"},
        {"Mill en Sint Hubert", "GM1982", "Mill en Sint Hubert"},
        {"A'dam", "GM0363", "A'dam"},
        {"adam", "GM0363", "A'dam"},
        {"R\u2019dam", "GM0599", "R'dam"},
        {"gorkum", "GM0512", "Gorkum"},
        {"denbosch", "GM0796", "Denbosch"},
        {"s Hertogenbosch", "GM0796", ""},
        {"Venraij", "GM0984", "Venraij"},
        {"het harde", "GM0230", "Het Harde"},
        {"bijlmer", "GM0363", "Bijlmer"},
        {"amsterdam zuidoost", "GM0363", "Amsterdam-Zuidoost"},
        {"Amsterdam-Noord", "GM0363", "Amsterdam-Noord"},
        {"rotterdam zuid", "GM0599", "Rotterdam-Zuid"},
        {"Schiphol", "GM0394", "Schiphol"},
        {"luchthaven schiphol", "GM0394", "Luchthaven Schiphol"},
        {"eindhoven airport", "GM0772", "Eindhoven Airport"},
        {"rotterdam the hague airport", "GM0599", "Rotterdam The Hague Airport"},
        {"maastricht aachen airport", "GM0888", "Maastricht Aachen Airport"},
        {"groningen airport eelde", "GM1730", "Groningen Airport Eelde"},
        {"haven van rotterdam", "GM0599", "Haven van Rotterdam"},
        {"europoort", "GM0599", "Europoort"},
        {"maasvlakte", "GM0599", "Maasvlakte"},
        {"loosduinen", "GM0518", "Loosduinen"},
        {"overvecht", "GM0344", "Overvecht"},
        {"pernis", "GM0599", "Pernis"},
    }));
    INFO(one.text);
    const auto found = shipped::guide().search(one.text);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().exact);
    CHECK(found.front().gemeente->code == one.code);
    CHECK(found.front().via == one.via);
}

TEST_CASE("a name that several share gives all of them, the municipality of that name first") {
    CHECK(codes("bergen", 2) == std::vector<std::string>{"GM0373", "GM0893"});
    const auto found = shipped::guide().search("hoorn");
    REQUIRE(found.size() >= 3);
    CHECK(found[0].gemeente->weergave == "Hoorn");
    CHECK(found[0].via.empty());
    CHECK(exact(found, "GM0093"));  // Terschelling
    CHECK(exact(found, "GM0093")->via == "Hoorn");
}

TEST_CASE("no alias is what a place or a municipality elsewhere is called") {
    std::size_t aliases = 0;
    for (const auto& g : shipped::guide().all()) {
        for (const auto& alias : g.aliassen) {
            INFO(alias << " of " << g.weergave);
            ++aliases;
            if (alias == "Bergen") continue;  // two municipalities have it
            for (const auto& match : shipped::guide().search(alias, 342))
                if (match.exact) CHECK(match.gemeente->code == g.code);
        }
    }
    CHECK(aliases > 130);
}

TEST_CASE("a district whose name several towns have is suggested and not taken for granted") {
    for (const auto& [typed, code] :
         {std::pair{"Schilderswijk", "GM0518"}, {"Transvaal", "GM0518"}, {"Lombok", "GM0344"}}) {
        INFO(typed);
        const auto found = shipped::guide().search(typed);
        REQUIRE_FALSE(found.empty());
        CHECK(found.front().gemeente->code == code);
        CHECK(std::ranges::none_of(found, &gemeenten::match::exact));
    }
    // Rozenburg lies in two municipalities: both are asked about.
    CHECK(codes("Rozenburg", 2) == std::vector<std::string>{"GM0394", "GM0599"});
}

TEST_CASE("a typing error in a name finds it, as a guess") {
    struct typed {
        std::string text, code, via;
    };
    const auto one = GENERATE(values<typed>({
        {"Rotterdm", "GM0599", ""},    // one left out
        {"Amsterddam", "GM0363", ""},  // one twice
        {"Utrehct", "GM0344", ""},     // two swapped
        {"Eindhofen", "GM0772", ""},   // another one
        {"Hilvesrumm", "GM0402", ""},  // two slips
        {"Ams terdam", "GM0363", ""},
        {std::string("Ams\0terdam", 10), "GM0363", ""},
        {"Mill en St. Hubert", "GM1982", "Mill en Sint Hubert"},
        {"Bresa", "GM0758", ""},
        {"'s Gravenhaage", "GM0518", ""},
        {"Den Hagg", "GM0518", ""},
        {"Schevenigen", "GM0518", "Scheveningen"},
        {"S\u00fadwest-Frysl\u00e2m", "GM1900", ""},
        {"Ljouwrt", "GM0080", "Ljouwert"},
    }));
    INFO(one.text);
    const auto found = shipped::guide().search(one.text);
    REQUIRE_FALSE(found.empty());
    for (const auto& match : found) {
        CHECK(match.guess);
        CHECK_FALSE(match.exact);
    }
    CHECK(found.front().gemeente->code == one.code);
    CHECK(found.front().via == one.via);
}

TEST_CASE("two slips only in a long name, none in a short one, and the nearest first") {
    CHECK(codes("Zwlole") == std::vector<std::string>{"GM0193"});  // one, in six letters
    CHECK(codes("Zwolee") == std::vector<std::string>{"GM0193"});
    CHECK(codes("Zwlloe").empty());
    CHECK(codes("Edx").empty());
    CHECK(codes("Rotterdammm") == std::vector<std::string>{"GM0599"});
    CHECK(codes("Rotterdammmm").empty());
    const auto found = shipped::guide().search("Oosterwoude", 342);
    REQUIRE(found.size() >= 2);
    CHECK(codes("Oosterwoude", 1) == std::vector<std::string>{found[0].gemeente->code});
    std::set<std::string> once;
    for (const auto& match : found) CHECK(once.insert(match.gemeente->code).second);
}

TEST_CASE("what is found without a guess gives none") {
    for (const std::string text : {"amsterdam", "amster", "sterda", "velp", "a", "zw"}) {
        INFO(text);
        for (const auto& match : shipped::guide().search(text, 342)) CHECK_FALSE(match.guess);
    }
}

TEST_CASE("whole names come before beginnings, beginnings before what stands inside") {
    const auto found = shipped::guide().search("velp", 342);
    REQUIRE(found.size() >= 2);
    int stage = 0;
    for (const auto& match : found) {
        const std::string shown(match.via.empty() ? std::string_view(match.gemeente->weergave) : match.via);
        INFO(shown);
        const int now = match.exact ? 0 : shown.starts_with("Velp") ? 1 : 2;
        CHECK(now >= stage);
        stage = now;
    }
    CHECK(found.front().exact);
    const auto inner = shipped::guide().search("sterda");
    REQUIRE_FALSE(inner.empty());
    CHECK_FALSE(inner.front().exact);
    CHECK(inner.front().gemeente->weergave == "Amsterdam");
}

TEST_CASE("no municipality stands twice in an answer, and the limit holds") {
    for (const std::string text : {"a", "en", "den", "oost", "dijk", "st"}) {
        INFO(text);
        const auto all = codes(text, 1000);
        CHECK(std::set(all.begin(), all.end()).size() == all.size());
        CHECK(all.size() > 3);
        CHECK(codes(text, 3) == std::vector(all.begin(), all.begin() + 3));
        CHECK(codes(text, 0).empty());
        CHECK(codes(text).size() <= 20);
    }
}

TEST_CASE("one or two letters find names and words that begin so, none that hold them inside") {
    for (const auto& match : shipped::guide().search("zw", 342)) {
        const std::string shown(match.via.empty() ? std::string_view(match.gemeente->weergave) : match.via);
        INFO(shown);
        CHECK((shown.starts_with("Zw") || shown.find(" Zw") != std::string::npos ||
               shown.find("-Zw") != std::string::npos));
    }
}

TEST_CASE("nonsense finds nothing") {
    const auto text = GENERATE(values<std::string>({
        "",
        " ",
        "---",
        "'",
        "%",
        "qqqq",
        "Amsterdam Rotterdam",
        "GM0363",
        "1011",
        "\xFF",
        "Amster\xC3",
        "\xC0\xAE",
        "\xED\xA0\x80",
        "Amsterdam\x80",
        std::string("\0\0", 2),
        std::string(100'000, 'a'),
        "\u0411\u043e\u0431\u0440\u0443\u0439\u0441\u043a",
        "\U0001F600",
        "' OR 1=1",
        "<script>",
        "../../etc/passwd",
    }));
    INFO(text.substr(0, 40));
    CHECK(codes(text).empty());
}

TEST_CASE("every prefix of every name finds its municipality when nothing is cut off") {
    for (const auto& g : shipped::guide().all()) {
        for (std::size_t length = 1; length <= g.naam.size(); ++length) {
            const std::string typed = g.naam.substr(0, length);
            // Half a character, or signs alone, cannot be typed as a query.
            if ((static_cast<unsigned char>(g.naam[length - 1]) & 0x80u) != 0 || typed == "'") continue;
            const auto found = codes(typed, 342);
            if (std::ranges::find(found, g.code) == found.end()) FAIL(typed << " does not find " << g.naam);
        }
    }
}

namespace {

// Of this thread alone: another program's work is not counted.
std::chrono::nanoseconds worked() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

TEST_CASE("no question is much work: tens of milliseconds would be a machine's worth of visitors") {
    const std::vector<std::string> asked{"a",   "e", "en", "den", "oost", "amsterdam", "sudwest fryslan",
                                         "qqqq"};
    for (const auto& text : asked) {
        auto best = std::chrono::nanoseconds::max();
        for (int round = 0; round < 20; ++round) {
            const auto start = worked();
            const auto found = shipped::guide().search(text);
            best = std::min(best, worked() - start);
            CHECK(found.size() <= 20);
        }
        INFO(text << ": " << best.count() << " ns");  // a tenth of a millisecond in the release tree
        CHECK(best < std::chrono::milliseconds(20));
    }
}
