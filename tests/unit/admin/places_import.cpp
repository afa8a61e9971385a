// places-import as a person runs it: on small made-up files, into a directory whose tables then load.
#include "server/admin/places_import.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "client/files.hpp"
#include "server/admin/places_report.hpp"
#include "server/guide/gemeenten.hpp"

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

namespace {

class scene {
  public:
    scene() {
        std::string pattern = (fs::temp_directory_path() / "places-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
        options_.schema = BAKEN_SCHEMA;
        options_.to = (path_ / "own").string();
        options_.from = (path_ / "pc6hnr20260801_gwb.csv").string();
    }
    scene(const scene&) = delete;
    scene& operator=(const scene&) = delete;
    ~scene() { fs::remove_all(path_); }

    std::string file(const std::string& name, std::string_view text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }
    // What it prints; what it is refused for goes to `refused`.
    std::string run(std::string_view text) {
        options_.from = file(fs::path(options_.from).filename().string(), text);
        std::ostringstream out;
        const auto done = admin::places_import(options_, out);
        refused = done ? "" : done.error().sentence;
        if (!done) CHECK(done.error().exit == client::failed);
        return out.str();
    }
    [[nodiscard]] fs::path places() const { return fs::path(options_.to) / "places"; }

    admin::places_import_options options_;
    std::string refused;

  private:
    fs::path path_;
};

constexpr std::string_view good =
    "\xEF\xBB\xBF\"PC6\";\"Huisnummer\";\"Buurt2026\";\"Wijk2026\";\"Gemeente2026\"\r\n"
    "\"1011AA\";\"1\";\"3630000\";\"36300\";\"363\"\r\n\"1011AA\";\"2\";\"3630000\";\"36300\";\"363\"\r\n"
    "\"1223AB\";\"1\";\"4020000\";\"40200\";\"402\"\r\n\"1000AB\";\"1\";\"3630000\";\"36300\";\"363\"\r\n";

std::string whole(const fs::path& file) { return client::read_file(file.string()).value(); }

}  // namespace

TEST_CASE("places-import writes tables that load, and says what they change") {
    scene s;
    const auto told = s.run(good);
    CHECK(s.refused.empty());
    for (const char* line :
         {"2026 (pc6hnr20260801_gwb.csv): 4 addresses in 3 postcodes and 2 municipalities\n",
          "postcodes new: 1\n  1000\n", "postcodes gone: 4065\n",
          "postcodes moved to another municipality: 0\n",
          "shares changed by more than 10 points: 2\n  1223: GM0402 Hilversum 69 → 100\n",
          "municipalities without any postcode: 340\n", "desks affected: 10 (postcodes that came and left)\n",
          "  amsterdam: 1 came, ", "written: "})
        CHECK_THAT(told, Contains(line));
    const auto loaded = guide::gemeenten::load(guide::data_files(BAKEN_SCHEMA, s.options_.to));
    REQUIRE(loaded);
    const auto found = loaded->by_postcode("1000 AB");
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().gemeente->code == "GM0363");
    CHECK(found->front().percent == 100);
    CHECK(loaded->by_postcode("1011")->front().via == "Amsterdam");
    CHECK(loaded->by_postcode("1012")->empty());
    for (const char* name : {"postcodes.tsv", "plaatsen.tsv"}) {
        CHECK_THAT(whole(s.places() / name), Contains("Statistics Netherlands (CBS), CC BY 4.0"));
        CHECK_THAT(whole(s.places() / name), Contains("2026 (pc6hnr20260801_gwb.csv)"));
        struct ::stat state{};
        REQUIRE(::stat((s.places() / name).c_str(), &state) == 0);
        CHECK((state.st_mode & 0777u) == 0644u);
    }
    // Nothing is left beside them, and the same file again changes nothing.
    CHECK(std::distance(fs::directory_iterator(s.places()), fs::directory_iterator()) == 2);
    const auto before = whole(s.places() / "postcodes.tsv");
    const auto again = s.run(good);
    CHECK_THAT(again, Contains("postcodes new: 0\npostcodes gone: 0\n"));
    CHECK_THAT(again, Contains("desks affected: 0 (postcodes that came and left)\n"));
    CHECK(whole(s.places() / "postcodes.tsv") == before);
}

TEST_CASE("a dry run says the same and writes nothing") {
    scene s;
    s.options_.dry_run = true;
    const auto told = s.run(good);
    CHECK_THAT(told, Contains("postcodes gone: 4065\n"));
    CHECK_THAT(told, Contains("nothing was written"));
    CHECK_FALSE(fs::exists(s.options_.to));
}

TEST_CASE("where anything is wrong, nothing is written and every fault is told") {
    scene s;
    CHECK(s.run("PC6;Gemeente2026\n1011AA;363\nx;363\n1011AA;y\n").empty());
    CHECK_THAT(s.refused, Contains("pc6hnr20260801_gwb.csv:3: PC6 is not") &&
                              Contains(":4: the municipality") && Contains("2 faults; nothing"));
    std::string many = "PC6;Gemeente2026\n";
    for (int i = 0; i < 60; ++i) many += "x;363\n";
    CHECK(s.run(many).empty());
    CHECK_THAT(s.refused, Contains("60 faults, of which these are the first") && Contains(":51: ") &&
                              !Contains(":52: "));
    CHECK(s.run("").empty());
    CHECK_THAT(s.refused, Contains("the file is empty") && Contains("1 fault; nothing was written"));
    CHECK(s.run("hello\n").empty());
    CHECK_THAT(s.refused, Contains("this is no pc6hnr file of CBS"));
    CHECK(s.run("PC6;Gemeente2026\n1011AA;363\n1300AA;9998\n1300AB;9998\n").empty());
    CHECK_THAT(s.refused,
               Contains(":3: municipality GM9998 does not stand in gemeenten.tsv; here it has 2 addresses "
                        "in 1 postcode, 1300 the first") &&
                   Contains("copy ") && Contains("--municipalities"));
    s.options_.municipalities = s.file("gem2026.csv", "Gemcode2026;Gemeentenaam2026\n9998;Nieuwstad\n");
    CHECK(s.run("PC6;Gemeente2026\n1300AA;9998\n").empty());
    CHECK_THAT(s.refused, Contains("GM9998 (Nieuwstad)"));
    s.options_.municipalities = s.file("gem2026.csv", "Code;Naam\n");
    CHECK(s.run(good).empty());
    CHECK_THAT(s.refused, Contains("gem2026.csv:1: this is no list"));
    s.options_.municipalities.clear();
    CHECK(s.run("PC6;Gemeente2026\n1000AA;363\n").empty());
    CHECK_THAT(s.refused, Contains("no postcode that lies in a known place"));
    CHECK_FALSE(fs::exists(s.options_.to));
}

TEST_CASE("a municipality that the own table has is known") {
    scene s;
    fs::create_directories(s.places());
    std::ofstream(s.places() / "gemeenten.tsv") << whole(fs::path(BAKEN_SCHEMA) / "places" / "gemeenten.tsv")
                                                << "GM9998\tNieuwstad\tNieuwstad\t-\tVR25\t2026-01-01\n";
    CHECK_THAT(s.run("PC6;Gemeente2026\n1318AA;9998\n"), Contains("1318: GM0034 Almere → GM9998 Nieuwstad"));
    CHECK(s.refused.empty());
    CHECK(guide::gemeenten::load(guide::data_files(BAKEN_SCHEMA, s.options_.to)));
}

TEST_CASE("files that cannot be read or written are said so") {
    scene s;
    std::ostringstream out;
    s.options_.from = "/nowhere/at/all.csv";
    CHECK_THAT(admin::places_import(s.options_, out).error().sentence,
               Contains("is missing or cannot be read"));
    s.options_.from = "/tmp";
    CHECK_THAT(admin::places_import(s.options_, out).error().sentence, Contains("cannot be read"));
    CHECK(out.str().empty());
    s.options_.from = s.file("pc6hnr20260801_gwb.csv", good);
    std::ostringstream full;
    full.setstate(std::ios::badbit);
    CHECK_THAT(admin::places_import(s.options_, full).error().sentence, Contains("nothing was written"));
    CHECK_FALSE(fs::exists(s.options_.to));
    s.options_.to = s.file("file", "x");
    s.options_.from = "x.csv";
    (void)s.run(good);
    CHECK_THAT(s.refused, Contains("cannot be made"));
    s.options_.schema = "/nowhere";
    (void)s.run(good);
    CHECK_THAT(s.refused, Contains("/nowhere/places/regios.tsv: the file is missing"));
}

TEST_CASE("the year stands in the header, else in the name, else nowhere") {
    CHECK(admin::year_of("pc6hnr20260801_gwb.csv") == 2026u);
    CHECK_FALSE(admin::year_of("pc6hnr202.csv"));
    CHECK_FALSE(admin::year_of("addresses.csv"));
    scene s;
    s.options_.dry_run = true;
    CHECK_THAT(s.run("PC6;Gemeente\n1011AA;363\n"), Contains("2026 ("));
    s.options_.from = "addresses.csv";
    CHECK(s.run("PC6;Gemeente\n1011AA;363\n").empty());
    CHECK_THAT(s.refused, Contains("does not say its year"));
}
