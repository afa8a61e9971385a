// places-import as a person runs it: on small made-up files, into a directory whose tables then load.
#include "server/admin/guide/places_import.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "client/here/files.hpp"
#include "server/admin/guide/places_report.hpp"
#include "server/places/gemeenten.hpp"
#include "tests/checkout.hpp"

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

namespace {

// A country of two municipalities.
constexpr std::string_view municipalities =
    "code\tnaam\tweergave\taliassen\tregio\tgeldig_vanaf\n"
    "GM0363\tAmsterdam\tAmsterdam\t-\tVR13\t2023-01-01\n"
    "GM0402\tHilversum\tHilversum\t-\tVR14\t2023-01-01\n";
constexpr std::string_view towns = "plaats\tgemeenten\nAmsterdam\tGM0363\nHilversum\tGM0402\n";
constexpr std::string_view numbers =
    "pc4\tplaats\tgemeente\taandeel\toverige\n1011\tAmsterdam\tGM0363\t100\t-\n"
    "1012\tAmsterdam\tGM0363\t100\t-\n1223\tHilversum\tGM0402\t69\tGM0363:31\n";

class scene {
  public:
    scene() {
        std::string pattern = (fs::temp_directory_path() / "places-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
        options_.schema = (path_ / "schema").string();
        const fs::path shipped = fs::path(checkout::schema) / "places", places = path_ / "schema/places";
        fs::create_directories(places);
        fs::copy_file(shipped / "regios.tsv", places / "regios.tsv");
        for (const auto& [name, text] :
             {std::pair("gemeenten", municipalities), {"plaatsen", towns}, {"postcodes", numbers}})
            std::ofstream(places / (std::string(name) + ".tsv"), std::ios::binary) << text;
        options_.to = (path_ / "own").string();
        options_.from = (path_ / "pc6hnr20260801_gwb.csv").string();
        options_.accept_loss = true;  // few of these files are whole
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
          "postcodes new: 1\n  1000\n", "postcodes gone: 1\n  1012\n",
          "postcodes moved to another municipality: 0\n",
          "shares changed by more than 10 points: 2\n  1223: GM0363 Amsterdam 31 → 0\n",
          "municipalities without any postcode: 0\n", "desks affected: 1 (postcodes that came and left)\n",
          "  amsterdam: 1 came, 1 left\n", "written: "})
        CHECK_THAT(told, Contains(line));
    const auto loaded = guide::gemeenten::load(guide::data_files(s.options_.schema, s.options_.to));
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
    CHECK_THAT(told, Contains("postcodes gone: 1\n"));
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
    CHECK_THAT(s.refused, Contains("this is not the pc6hnr file of CBS"));
    CHECK(s.run("PC6;Gemeente2026\n1011AA;363\n1300AA;9998\n1300AB;9998\n").empty());
    CHECK_THAT(s.refused, Contains(":3: municipality GM9998 is not in gemeenten.tsv; here it has 2 addresses "
                                   "in 1 postcode, 1300 the first") &&
                              Contains("copy ") && Contains("--municipalities"));
    s.options_.municipalities = s.file("gem2026.csv", "Gemcode2026;Gemeentenaam2026\n9998;Nieuwstad\n");
    CHECK(s.run("PC6;Gemeente2026\n1300AA;9998\n").empty());
    CHECK_THAT(s.refused, Contains("GM9998 (Nieuwstad)"));
    s.options_.municipalities = s.file("gem2026.csv", "Code;Naam\n");
    CHECK(s.run(good).empty());
    CHECK_THAT(s.refused, Contains("gem2026.csv:1: this is not the list"));
    s.options_.municipalities.clear();
    CHECK(s.run("PC6;Gemeente2026\n1000AA;363\n").empty());
    CHECK_THAT(s.refused, Contains("no postcode that lies in a known place"));
    CHECK_FALSE(fs::exists(s.options_.to));
}

TEST_CASE("a municipality that the own table has is known, and takes over what another one had") {
    scene s;
    s.options_.accept_loss = false;
    fs::create_directories(s.places());
    std::ofstream(s.places() / "gemeenten.tsv")
        << municipalities << "GM9998\tNieuwstad\tNieuwstad\t-\tVR25\t2026-01-01\n";
    const guide::data_files files(s.options_.schema, s.options_.to);
    const auto without = guide::gemeenten::load(files);
    REQUIRE_FALSE(without);
    CHECK_THAT(text(without.error()[0]), Contains("postcodes.tsv: GM9998 Nieuwstad has no postcode here"));
    const auto told = s.run("PC6;Gemeente2026\n1011AA;363\n1012AA;363\n1223AA;9998\n");
    CHECK(s.refused.empty());
    CHECK_THAT(told, Contains("1223: GM0402 Hilversum → GM9998 Nieuwstad"));
    CHECK_THAT(told, Contains("take the rows of municipalities without any postcode out of gemeenten.tsv"));
    const auto merged = guide::gemeenten::load(files);
    REQUIRE_FALSE(merged);
    CHECK_THAT(text(merged.error()[0]), Contains("GM0402 Hilversum has no postcode here"));
    auto rows = whole(s.places() / "gemeenten.tsv");
    const auto at = rows.find("GM0402");
    std::ofstream(s.places() / "gemeenten.tsv") << rows.erase(at, rows.find('\n', at) + 1 - at);
    CHECK(guide::gemeenten::load(files));
}

TEST_CASE("a file that takes away what nobody takes away in a year is refused, unless that is meant") {
    scene s;
    s.options_.accept_loss = false;
    s.options_.schema = checkout::schema;
    CHECK_THAT(s.run("PC6;Gemeente2026\n1011AA;363\n"), Contains("postcodes gone: 4066\n"));
    CHECK_THAT(s.refused, Contains("4066 of 4067 postcodes would go, more than 5 %") &&
                              Contains("The file has no address in GM0014 Groningen, ") &&
                              Contains(" and 329 more. ") && Contains("say --accept-loss") &&
                              Contains("Nothing was written."));
    CHECK_FALSE(fs::exists(s.options_.to));
    s.options_.dry_run = true;
    (void)s.run("PC6;Gemeente2026\n1011AA;363\n");
    CHECK_THAT(s.refused, Contains("4066 of 4067"));
    s.options_.accept_loss = true;
    CHECK_THAT(s.run("PC6;Gemeente2026\n1011AA;363\n"), Contains("nothing was written (--dry-run)"));
    CHECK(s.refused.empty());
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
