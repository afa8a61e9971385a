// Loading: a small right set of tables, then one thing wrong with it at a time. A fault names its file and
// line, and nothing else is blamed.
#include <cstdlib>
#include <fstream>
#include <map>

#include <catch2/catch.hpp>

#include "tests/unit/guide/shipped.hpp"

namespace {

using tables = std::map<std::string, std::string>;

tables right() {
    return {
        {"regios.tsv",
         "# "
         "regions\ncode\tnaam\tloket\teenheid\nVR13\tAmstel\tamsterdam\tAmsterdam\nVR14\tGooi\tmidden\tMidden"
         "\n"},
        {"gemeenten.tsv",
         "code\tnaam\tweergave\taliassen\tregio\tgeldig_vanaf\n"
         "GM0363\tAmsterdam\tAmsterdam\t-\tVR13\t2023-01-01\n"
         "GM0402\tHilversum\tHilversum\tMediastad|'t Gooi\tVR14\t2023-01-01\n"},
        {"plaatsen.tsv", "plaats\tgemeenten\nAmsterdam\tGM0363\nHilversum\tGM0402|GM0363\n"},
        {"postcodes.tsv",
         "pc4\tplaats\tgemeente\taandeel\toverige\n1223\tHilversum\tGM0402\t69\tGM0363:31\n1011\t-"
         "\tGM0363\t100\t-\n"},
    };
}

// A schema directory of its own, gone with the test.
class directory {
  public:
    explicit directory(const tables& files) {
        std::string pattern = (std::filesystem::temp_directory_path() / "guide-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
        std::filesystem::create_directory(path_ / "places");
        for (const auto& [name, text] : files)
            std::ofstream(path_ / "places" / name, std::ios::binary) << text;
    }
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;
    ~directory() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// "regios.tsv:3" of every fault, in order.
std::vector<std::string> faults(const tables& files, std::string* first_sentence = nullptr) {
    const directory here(files);
    const auto loaded = guide::gemeenten::load(here.path());
    std::vector<std::string> out;
    if (loaded) return out;
    REQUIRE_FALSE(loaded.error().empty());
    for (const auto& f : loaded.error()) {
        CHECK_FALSE(f.sentence.empty());
        CHECK(std::filesystem::path(f.file).parent_path() == here.path() / "places");
        out.push_back(fmt::format("{}:{}", std::filesystem::path(f.file).filename().string(), f.line));
    }
    if (first_sentence) *first_sentence = loaded.error().front().sentence;
    return out;
}

void replace(std::string& text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a right set of tables loads, and its answers outlive a move") {
    const directory here(right());
    auto loaded = guide::gemeenten::load(here.path());
    REQUIRE(loaded);
    const auto before = loaded->search("'t gooi");
    const guide::gemeenten moved = std::move(*loaded);
    REQUIRE(before.size() == 1);
    CHECK(before[0].gemeente == moved.find("GM0402"));
    CHECK(before[0].via == "'t Gooi");
    CHECK(moved.search("mediastad").at(0).gemeente->loket == "midden");
    CHECK(moved.all().size() == 2);
    CHECK(moved.by_postcode("1011")->at(0).via.empty());
}

TEST_CASE("one thing wrong is one fault, with file and line") {
    struct wrong {
        std::string file, what, by, where, says;
    };
    const auto one = GENERATE(values<wrong>({
        {"regios.tsv", "code\tnaam", "code\tname", "regios.tsv:2",
         "the header must be: code naam loket eenheid"},
        {"gemeenten.tsv", "\tgeldig_vanaf", "", "gemeenten.tsv:1", "the header must be"},
        {"regios.tsv", "# regions", "\xEF\xBB\xBF# regions", "regios.tsv:1", "byte order mark"},
        {"postcodes.tsv", "pc4", "\xEF\xBB\xBFpc4", "postcodes.tsv:1", "byte order mark"},
        {"plaatsen.tsv", "Amsterdam\tGM0363\n", "Amsterdam\tGM0363\r\n", "plaatsen.tsv:2", "CR LF"},
        {"plaatsen.tsv", "Amsterdam\t", "Amsterd\xE2m\t", "plaatsen.tsv:2", "not UTF-8"},
        {"plaatsen.tsv", "plaats\t", "# \xFF\nplaats\t", "plaatsen.tsv:1", "not UTF-8"},
        {"plaatsen.tsv", "Amsterdam", std::string("Am\0st", 5), "plaatsen.tsv:2", "control character"},
        {"plaatsen.tsv", "Amsterdam", "Am\u200Bsterdam", "plaatsen.tsv:2", "U+200B, which nobody sees"},
        {"plaatsen.tsv", "Amsterdam", "Amsterd\u0091am", "plaatsen.tsv:2", "U+0091, which nobody sees"},
        {"plaatsen.tsv", "Amsterdam\t", "Amsterdam\tx\t", "plaatsen.tsv:2", "3 columns, not 2"},
        {"plaatsen.tsv", "Amsterdam\tGM0363", "Amsterdam", "plaatsen.tsv:2", "1 columns, not 2"},
        {"plaatsen.tsv", "gemeenten\n", "gemeenten\n\n", "plaatsen.tsv:2", "0 columns, not 2"},
        {"plaatsen.tsv", "Amsterdam\t", "\t", "plaatsen.tsv:2", "plaats is empty"},
        {"plaatsen.tsv", "Amsterdam\t", "Amsterdam \t", "plaatsen.tsv:2", "a space at its end"},
        {"plaatsen.tsv", "Amsterdam\t", "\"Amsterdam\"\t", "plaatsen.tsv:2",
         "plaats holds a double quote: nothing is quoted here, take them out"},
        {"plaatsen.tsv", "plaats\tgemeenten", "\"plaats\"\tgemeenten", "plaatsen.tsv:1",
         "without double quotes"},
        {"plaatsen.tsv", "GM0402|GM0363\n", "GM0402|GM0363", "plaatsen.tsv:3", "cut off"},
        {"regios.tsv", "VR14\tGooi", "VR13\tX\tx\tX\nVR14\tGooi", "regios.tsv:4",
         "region VR13 is here a second time, first in line 3"},
        {"regios.tsv", "VR14\tGooi\tmidden", "VR14\tGooi\tMidden", "regios.tsv:4", "not a desk's id"},
        {"regios.tsv", "VR14\tGooi\tmidden", "VR14\tGooi\ta234567890123456789012345678901234567890x",
         "regios.tsv:4", "not a desk's id"},
        {"regios.tsv", "VR14\tGooi", "VR14\t-", "regios.tsv:4", "has no name"},
        {"gemeenten.tsv", "GM0402\tHil", "GM0363\tX\tX\t-\tVR13\t2023-01-01\nGM0402\tHil", "gemeenten.tsv:3",
         "GM0363 is here a second time"},
        {"gemeenten.tsv", "Hilversum\tMedia", "Amsterdam\tMedia", "gemeenten.tsv:3",
         "the name shown, Amsterdam is here"},
        {"gemeenten.tsv", "\tHilversum\tMedia", "\t-\tMedia", "gemeenten.tsv:3", "none to show"},
        {"gemeenten.tsv", "Mediastad|", "Mediastad||", "gemeenten.tsv:3", "no alias"},
        {"gemeenten.tsv", "VR14", "VR99", "gemeenten.tsv:3", "region VR99 is not in regios.tsv"},
        {"gemeenten.tsv", "2023-01-01", "2023-13-01", "gemeenten.tsv:2", "not a day"},
        {"gemeenten.tsv", "2023-01-01", "2023-02-29", "gemeenten.tsv:2", "not a day"},
        {"plaatsen.tsv", "Amsterdam\tGM0363", "Amsterdam\tGM0364", "plaatsen.tsv:2",
         "GM0364 is not in gemeenten.tsv"},
        {"plaatsen.tsv", "Amsterdam\tGM0363", "Amsterdam\t-", "plaatsen.tsv:2", "lies in no municipality"},
        {"plaatsen.tsv", "GM0402|GM0363", "GM0402|GM0402", "plaatsen.tsv:3", "GM0402 is twice in this line"},
        {"plaatsen.tsv", "Hilversum\tGM0402|GM0363\n", "Hilversum\tGM0402\nHilversum\tGM0363\n",
         "plaatsen.tsv:4", "place Hilversum"},
        {"postcodes.tsv", "1223\t", "122\t", "postcodes.tsv:2", "122 is not a postcode"},
        {"postcodes.tsv", "1223\t", "12a3\t", "postcodes.tsv:2", "12a3 is not a postcode"},
        {"postcodes.tsv", "1223\t", "0123\t", "postcodes.tsv:2", "0123 is not a postcode"},
        {"postcodes.tsv", "1223\t", "12233\t", "postcodes.tsv:2", "12233 is not a postcode"},
        {"postcodes.tsv", "1011\t", "1223\t", "postcodes.tsv:3",
         "postcode 1223 is here a second time, first in line 2"},
        {"postcodes.tsv", "GM0363:31", "GM0999:31", "postcodes.tsv:2", "GM0999 is not in gemeenten.tsv"},
        {"postcodes.tsv", "GM0363:31", "GM0363", "postcodes.tsv:2", "not a share"},
        {"postcodes.tsv", "GM0363:31", "GM0402:31", "postcodes.tsv:2", "GM0402 is twice in this line"},
        {"postcodes.tsv", "\t69\t", "\t101\t", "postcodes.tsv:2", "101 is not a share"},
        {"postcodes.tsv", "\t69\t", "\t0.69\t", "postcodes.tsv:2", "0.69 is not a share"},
        {"postcodes.tsv", "Hilversum", "Hilvarenbeek", "postcodes.tsv:2",
         "Hilvarenbeek is not in plaatsen.tsv"},
        {"postcodes.tsv", "1011\t-\tGM0363", "1011\tAmsterdam\tGM0402", "postcodes.tsv:3",
         "does not put Amsterdam into GM0402"},
    }));
    INFO(one.file << ": " << one.what << " → " << one.by);
    auto files = right();
    replace(files[one.file], one.what, one.by);
    std::string sentence;
    CHECK(faults(files, &sentence) == std::vector<std::string>{one.where});
    CHECK_THAT(sentence, Catch::Contains(one.says));
}

TEST_CASE("a missing or empty file is one fault, and no other file is blamed for it") {
    for (const std::string name : {"regios.tsv", "gemeenten.tsv", "plaatsen.tsv", "postcodes.tsv"}) {
        INFO(name);
        auto files = right();
        files.erase(name);
        CHECK(faults(files) == std::vector<std::string>{name + ":0"});
        files[name] = "# nothing here\n";
        CHECK(faults(files) == std::vector<std::string>{name + ":0"});
        files[name] = "";
        CHECK(faults(files) == std::vector<std::string>{name + ":0"});
    }
    auto files = right();
    files["regios.tsv"] = "code\tnaam\tloket\teenheid\n";
    CHECK(faults(files) == std::vector<std::string>{"regios.tsv:0"});
}

TEST_CASE("a directory that is not there names all four files") {
    const auto loaded = guide::gemeenten::load("/nowhere/at/all");
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().size() == 4);
    CHECK(text(loaded.error()[0]) ==
          "/nowhere/at/all/places/regios.tsv: the file is missing or cannot be read");
}

TEST_CASE("all faults are named at once, file by file and by line") {
    auto files = right();
    replace(files["regios.tsv"], "VR14\tGooi", "XX\tGooi");  // and so Hilversum's region is unknown
    replace(files["gemeenten.tsv"], "GM0363\tA", "GM363\tA");
    replace(files["plaatsen.tsv"], "Hilversum", "Hilver\xFFsum");
    replace(files["postcodes.tsv"], "1223\t", "x\t");
    replace(files["postcodes.tsv"], "100\t-\n", "100\t-\r\n");
    CHECK(faults(files) == std::vector<std::string>{"regios.tsv:4", "gemeenten.tsv:2", "gemeenten.tsv:3",
                                                    "plaatsen.tsv:2", "plaatsen.tsv:3", "postcodes.tsv:2",
                                                    "postcodes.tsv:3", "postcodes.tsv:3"});
}

TEST_CASE("a file in the manner of another system is told once, at its first line") {
    auto files = right();
    std::string& text = files["plaatsen.tsv"];
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\r\n");
    std::string sentence;
    CHECK(faults(files, &sentence) == std::vector<std::string>{"plaatsen.tsv:1"});
    CHECK_THAT(sentence, Catch::Contains("3 lines"));
}

TEST_CASE("of one file's faults the first twenty are told, and how many more there are") {
    auto files = right();
    for (int i = 0; i < 545; ++i)
        files["gemeenten.tsv"] +=
            "GM0363\tS\xFA"
            "dwest\n";
    files["plaatsen.tsv"] += "x\n";
    std::string first;
    const auto told = faults(files, &first);
    REQUIRE(told.size() == 22);
    CHECK(first == "the line is not UTF-8");
    CHECK(told[19] == "gemeenten.tsv:23");
    CHECK(told[20] == "gemeenten.tsv:0");
    CHECK(told[21] == "plaatsen.tsv:4");
    std::vector<guide::fault> all(21, {"a", 1, "x"});
    CHECK(text(guide::shortened(all).back()) == "a: and 1 more fault");
    all.pop_back();
    CHECK(guide::shortened(all).size() == 20);
}

TEST_CASE("a directory where a table should be is said to be one") {
    auto files = right();
    files.erase("gemeenten.tsv");
    const directory here(files);
    std::filesystem::create_directory(here.path() / "places/gemeenten.tsv");
    const auto loaded = guide::gemeenten::load(here.path());
    REQUIRE_FALSE(loaded);
    REQUIRE(loaded.error().size() == 1);
    CHECK(loaded.error()[0].sentence == "this is a directory where a file should be");
}

TEST_CASE("a fault reads as a line an operator can follow") {
    CHECK(guide::text(guide::fault{"places/regios.tsv", 7, "is wrong"}) == "places/regios.tsv:7: is wrong");
    CHECK(guide::text(guide::fault{"places/regios.tsv", 0, "is gone"}) == "places/regios.tsv: is gone");
}
