// The yearly address file: what is counted from it, what is refused, the tables made of it, and what they
// change.
#include "server/places/places_import.hpp"

#include <map>

#include <catch2/catch.hpp>
#include <fmt/ranges.h>

#include "server/places/municipality_names.hpp"
#include "server/places/places_changes.hpp"
#include "tests/unit/guide/shipped.hpp"

using guide::address_count;

namespace {

constexpr std::string_view header = "PC6;Huisnummer;Buurt2026;Wijk2026;Gemeente2026\n";

guide::counted_addresses counted(const std::string& text) {
    address_count count("f.csv");
    count.feed(text);
    auto out = count.finish();
    for (const auto& one : count.faults()) FAIL_CHECK(guide::text(one));
    return out;
}

// "line: sentence" of every fault kept.
std::vector<std::string> faults(const std::string& text) {
    address_count count("f.csv");
    count.feed(text);
    (void)count.finish();
    std::vector<std::string> out;
    for (const auto& one : count.faults()) out.push_back(fmt::format("{}: {}", one.line, one.sentence));
    CHECK(count.fault_count() >= out.size());
    return out;
}

// "1011: 363 2, 402 1" of every postcode.
std::vector<std::string> told(const guide::counted_addresses& count) {
    std::vector<std::string> out;
    for (const auto& [postcode, shares] : count.postcodes) {
        std::string line = fmt::format("{}:", postcode);
        for (const auto& one : shares) line += fmt::format(" {} {},", one.gemeente, one.addresses);
        line.pop_back();
        out.push_back(line);
    }
    return out;
}

// A country of two desks, three municipalities and three postcodes.
guide::atlas small() {
    guide::atlas out;
    out.regios = {{"VR13", "Amstel", "amsterdam"}, {"VR14", "Gooi", "midden"}};
    out.gemeenten = {{"GM0363", "Amsterdam", "Amsterdam", {}, "VR13", "amsterdam"},
                     {"GM0402", "Hilversum", "Hilversum", {}, "VR14", "midden"},
                     {"GM0417", "Laren (NH.)", "Laren", {}, "VR14", "midden"}};
    out.postcodes = {
        {1011, "Amsterdam", {{0, 100}}}, {1223, "Hilversum", {{1, 69}, {2, 31}}}, {1251, "", {{2, 100}}}};
    out.plaatsen = {{"Amsterdam", {0}}, {"Hilversum", {1}}};
    return out;
}

// So many addresses of a postcode in a municipality.
std::string rows(std::string_view pc6, unsigned gemeente, unsigned many) {
    std::string out;
    for (unsigned i = 1; i <= many; ++i)
        out += fmt::format("{};{};{:04}0100;{:04}01;{}\n", pc6, i, gemeente, gemeente, gemeente);
    return out;
}

guide::atlas made(const std::string& text) {
    auto out = guide::imported(small(), counted(std::string(header) + text));
    REQUIRE(out);
    return *out;
}

// The lines of a table behind its comments.
std::vector<std::string> lines(const std::string& table) {
    std::vector<std::string> out;
    for (const auto& line : shipped::parts(table, '\n'))
        if (!line.empty() && !line.starts_with('#')) out.push_back(line);
    return out;
}

}  // namespace

TEST_CASE("addresses are counted by postcode and municipality, however the file is written") {
    const auto text = GENERATE(values<std::string>({
        "PC6;Huisnummer;Buurt2026;Wijk2026;Gemeente2026\n1223AB;1;1;1;402\n1011AA;1;1;1;363\n1223AB;2;1;1;"
        "402\n"
        "1223AC;1;1;1;417\n",
        "\xEF\xBB\xBFPC6;Huisnummer;Buurt2026;Wijk2026;Gemeente2026\r\n1223AB;1;1;1;402\r\n1011AA;1;1;1;"
        "363\r\n"
        "1223AB;2;1;1;402\r\n1223AC;1;1;1;417\r\n",
        "\"PC6\";\"Huisnummer\";\"Buurt2026\";\"Wijk2026\";\"Gemeente2026\"\n\"1223AB\";\"1\";\"1\";\"1\";"
        "\"0402\"\n"
        "\"1011AA\";\"1\";\"1\";\"1\";\"0363\"\n\"1223AB\";\"2\";\"1\";\"1\";\"0402\"\n\"1223AC\";1;1;1;417",
        "pc6,huisnummer,buurt2026,wijk2026,gemeente2026\n1223 AB,1,1,1,GM0402\n1011 AA,1,1,1,GM0363\n"
        "1223 ab,2,1,1,GM0402\n\n1223 AC,1,1,1,GM0417\n",
        "Gemeentecode2026;PC6\n402;1223AB\n363;1011AA\n402;1223AB\n417;1223AC\n\n",
    }));
    CAPTURE(text);
    const auto count = counted(text);
    CHECK(told(count) == std::vector<std::string>{"1011: 363 1", "1223: 402 2, 417 1"});
    CHECK(count.addresses == 4);
    CHECK(count.first_line.at(402) == 2);
    CHECK(count.first_line.size() == 3);
    // The same fed byte by byte.
    address_count slowly("f.csv");
    for (const char c : text) slowly.feed({&c, 1});
    CHECK(told(slowly.finish()) == told(count));
}

TEST_CASE("the year is that of the header, where it has one") {
    CHECK(counted("PC6;Gemeente2026\n1011AA;363\n").year == 2026);
    CHECK_FALSE(counted("PC6;Gemeente\n1011AA;363\n").year);
    CHECK_FALSE(counted("PC6;Gem\n1011AA;363\n").year);
}

TEST_CASE("what is wrong with an address file is told with its line") {
    struct wrong {
        std::string row, says;
    };
    const auto one = GENERATE(values<wrong>({
        {"1011AA;1;1;1", "2: the line has 4 columns, not 5"},
        {"1011AA;1;1;1;363;1", "2: the line has 6 columns, not 5"},
        {"1011;1;1;1;363", "2: PC6 is not a postcode"},
        {"0111AA;1;1;1;363", "2: PC6 is not a postcode"},
        {"1011A1;1;1;1;363", "2: PC6 is not a postcode"},
        {"1O11AA;1;1;1;363", "2: PC6 is not a postcode"},
        {"1011-AA;1;1;1;363", "2: PC6 is not a postcode"},
        {";1;1;1;363", "2: PC6 is not a postcode"},
        {"1011AA;1;1;1;", "2: the municipality is not a number"},
        {"1011AA;1;1;1;0", "2: the municipality is not a number"},
        {"1011AA;1;1;1;10000", "2: the municipality is not a number"},
        {"1011AA;1;1;1;-363", "2: the municipality is not a number"},
        {"1011AA;1;1;1;Amsterdam", "2: the municipality is not a number"},
        {std::string(1001, 'x'), "2: the line has more than 1000 bytes"},
        {std::string(100'000, ';'), "2: the line has more than 1000 bytes"},
    }));
    CAPTURE(one.row.substr(0, 40));
    const auto found = faults(std::string(header) + one.row + "\n1011AB;1;1;1;363\n");
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0], Catch::StartsWith(one.says));
}

TEST_CASE("a file that is none of CBS is one fault, however long it is") {
    const auto text = GENERATE(values<std::string>({
        "PK\x03\x04\x14",
        "a;b;c\n1;2;3\n",
        "pc4\tplaats\n1011\tAmsterdam\n",
        "PC6;Huisnummer\n1011AA;1\n",
        "\n\n\n",
        std::string(100'000, 'x'),
        "{\"a\":1}\n",
        "1011AA;1;1;1;363\n1011AB;1;1;1;363\n",
    }));
    const auto found = faults(text);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0], Catch::StartsWith("1: this is not the pc6hnr file of CBS"));
}

TEST_CASE("an empty file, and one of a header alone, are told as such") {
    CHECK(faults("") == std::vector<std::string>{"0: the file is empty"});
    CHECK(faults(std::string(header)) == std::vector<std::string>{"0: the file has no address"});
}

TEST_CASE("of many faults the first fifty are kept, and all are counted") {
    address_count count("f.csv");
    count.feed(header);
    for (int i = 0; i < 1000; ++i) count.feed("x\n");
    (void)count.finish();
    CHECK(count.faults().size() == 50);
    CHECK(count.fault_count() == 1000);
    CHECK(count.faults().back().line == 51);
}

TEST_CASE("the main municipality has most addresses; slivers are left out; places stay") {
    const auto now = made(rows("1223AB", 402, 30) + rows("1223AC", 417, 69) + rows("1223AD", 363, 1) +
                          rows("1011AA", 363, 196) + rows("1011AB", 402, 4) + rows("1099AA", 363, 3));
    CHECK(lines(guide::postcodes_table(now, "2026")) ==
          std::vector<std::string>{"pc4\tplaats\tgemeente\taandeel\toverige",
                                   "1011\tAmsterdam\tGM0363\t98\tGM0402:2", "1099\t-\tGM0363\t100\t-",
                                   "1223\tHilversum\tGM0417\t69\tGM0402:30"});
    CHECK(lines(guide::places_table(now, "2026")) ==
          std::vector<std::string>{"plaats\tgemeenten", "Amsterdam\tGM0363", "Hilversum\tGM0417"});
}

TEST_CASE("of two with as many addresses the old main one stays, else the lesser code is it") {
    const auto mains = [](const std::string& text) {
        return made(text).postcodes.front().shares.front().gemeente;
    };
    CHECK(mains(rows("1251AA", 402, 5) + rows("1251AB", 417, 5)) == 2);
    CHECK(mains(rows("1223AA", 417, 5) + rows("1223AB", 402, 5)) == 1);
    CHECK(mains(rows("1299AA", 417, 5) + rows("1299AB", 363, 5)) == 0);
}

TEST_CASE("municipalities that the tables do not know are all told, with their addresses") {
    const auto found = guide::imported(
        small(), counted(std::string(header) + rows("1011AA", 363, 2) + rows("1300AA", 34, 3) +
                         rows("1301AA", 34, 4) + rows("9999AA", 9999, 1)));
    REQUIRE_FALSE(found);
    REQUIRE(found.error().size() == 2);
    CHECK(found.error()[0].number == 34);
    CHECK(found.error()[0].addresses == 7);
    CHECK(found.error()[0].postcodes == 2);
    CHECK(found.error()[0].first_postcode == 1300);
    CHECK(found.error()[0].first_line == 4);
    CHECK(found.error()[1].number == 9999);
}

TEST_CASE("what changes is told: new, gone, moved, shifted, and the desks it concerns") {
    const auto changes = guide::compare(small(), made(rows("1011AA", 402, 9) + rows("1223AB", 402, 80) +
                                                      rows("1223AC", 417, 20) + rows("1099AA", 363, 3)));
    CHECK(changes.fresh == std::vector<std::uint16_t>{1099});
    CHECK(changes.gone == std::vector<std::uint16_t>{1251});
    REQUIRE(changes.moves.size() == 1);
    CHECK(changes.moves[0].postcode == 1011);
    CHECK(changes.moves[0].from == 0);
    CHECK(changes.moves[0].to == 1);
    REQUIRE(changes.shifts.size() == 2);
    CHECK(changes.shifts[0].postcode == 1223);
    CHECK(changes.shifts[0].from == 69);
    CHECK(changes.shifts[0].to == 80);
    CHECK(changes.deserted.empty());
    CHECK(changes.lost_places.empty());
    REQUIRE(changes.desks.size() == 2);
    CHECK(changes.desks.at("amsterdam").came == 1);
    CHECK(changes.desks.at("amsterdam").left == 1);
    CHECK(changes.desks.at("midden").came == 1);
    CHECK(changes.desks.at("midden").left == 1);
    CHECK(changes.asked_before == 0);

    const auto fewer = guide::compare(small(), made(rows("1223AB", 402, 60) + rows("1223AC", 363, 40)));
    CHECK(fewer.deserted == std::vector<std::uint16_t>{2});
    CHECK(fewer.lost_places == std::vector<std::string>{"Amsterdam"});
    CHECK(fewer.asked_now == 1);
    const auto none = guide::compare(small(), small());
    CHECK(none.fresh.size() + none.gone.size() + none.moves.size() + none.shifts.size() + none.desks.size() ==
          0);
}

TEST_CASE("the list of municipalities gives names by number") {
    std::vector<guide::fault> found;
    const auto names = guide::municipality_names(
        "\xEF\xBB\xBF\"Gemeentecode2026\";\"Gemeentenaam2026\"\r\n\"GM0820\";\"Nuenen, Gerwen en "
        "Nederwetten\"\r\n"
        "1900;S\xFA"
        "dwest-Frysl\xE2n\r\n",
        "gem.csv", found);
    CHECK(found.empty());
    CHECK(names == std::map<unsigned, std::string>{{820, "Nuenen, Gerwen en Nederwetten"},
                                                   {1900,
                                                    "S\xC3\xBA"
                                                    "dwest-Frysl\xC3\xA2n"}});
    for (const std::string text :
         {"", "a;b\n1;2\n", "Gemcode;Gemeentenaam\n", "Gemcode;Gemeentenaam\nx;Ede\n",
          "Gemcode;Gemeentenaam\n228;\n", "Gemcode;Gemeentenaam\n228\n"}) {
        CAPTURE(text);
        found.clear();
        (void)guide::municipality_names(text, "gem.csv", found);
        CHECK(found.size() >= 1);
    }
}

TEST_CASE(
    "the places as shipped follow from the postcodes as shipped, and both are written as they were read") {
    const auto old = guide::read_atlas(shipped::schema());
    REQUIRE(old);
    const auto rows_of = [](const std::string& name) {
        std::vector<std::string> out;
        for (const auto& row : shipped::rows(name)) out.push_back(fmt::format("{}", fmt::join(row, "\t")));
        return out;
    };
    const auto behind_header = [](const std::string& table) {
        auto out = lines(table);
        out.erase(out.begin());
        return out;
    };
    CHECK(behind_header(guide::postcodes_table(*old, "x")) == rows_of("postcodes.tsv"));
    CHECK(behind_header(guide::places_table(*old, "x")) == rows_of("plaatsen.tsv"));
    // And from an address in every share of the country the same postcodes come, with the same places.
    guide::counted_addresses count;
    for (const auto& one : old->postcodes)
        for (const auto& share : one.shares)
            count.postcodes[one.number].push_back(
                {static_cast<std::uint16_t>(guide::municipality_number(old->gemeenten[share.gemeente].code)),
                 &share == &one.shares.front() ? 101u : 1u + share.percent});
    const auto again = guide::imported(*old, count);
    REQUIRE(again);
    CHECK(behind_header(guide::places_table(*again, "x")) == rows_of("plaatsen.tsv"));
    CHECK(guide::compare(*old, *again).moves.empty());
}
