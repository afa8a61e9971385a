// Files of the guide that are missing, empty, of another system or no file at all; what an own directory may
// hold; and that many faults are told together.
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/checkout.hpp"
#include "tests/unit/guide/standing_in.hpp"

using Catch::Contains;
using standing_in::original;

namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 9> names{"organisaties.toml", "recht.toml", "wegwijzer.toml",
                                           "beroepen.toml",     "hulp.toml",  "signalen.toml",
                                           "aangifte.toml",     "taken.toml", "oefenen.toml"};

std::string with_crlf(std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\r\n");
    return text;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
}

std::vector<std::string> told(const std::string& file, const std::string& text) {
    const standing_in::directory own;
    own.put(file, text);
    return standing_in::shown(own.faults());
}

}  // namespace

TEST_CASE("an own directory may hold every file, some, or none") {
    const standing_in::directory own;
    CHECK(own.faults().empty());
    for (const auto* name : names) {
        CAPTURE(name);
        own.put(name, original(name));
        CHECK(own.faults().empty());
    }
}

TEST_CASE("the version is that of the bytes that are read, wherever they lie") {
    const guide::data_files shipped(checkout::schema);
    const auto as_shipped = shipped.version();
    CHECK(as_shipped.size() == 12);
    const standing_in::directory own;
    const guide::data_files both(checkout::schema, own.path);
    std::set<std::string> seen{as_shipped};
    for (const auto name : guide::read_files) {
        CAPTURE(name);
        const std::string file(name);
        fs::create_directories(fs::path(own / file).parent_path());
        fs::copy_file(shipped / file, own / file);
        CHECK(both.version() == as_shipped);
        std::ofstream(own / file, std::ios::app) << '#';
        CHECK(seen.insert(both.version()).second);
        fs::remove(own / file);
        fs::create_symlink("nowhere", own / file);
        CHECK(seen.insert(both.version()).second);
        fs::remove(own / file);
    }
    CHECK(both.version() == as_shipped);
}

TEST_CASE("a file that was shipped and is missing is one fault, and no other file is blamed for it") {
    for (const std::string name : names) {
        CAPTURE(name);
        const standing_in::directory all;
        for (const auto* one : names) all.put(one, original(one));
        fs::remove(all / ("wegwijzer/" + name));
        CHECK(standing_in::shown(standing_in::faults(all.path)) ==
              std::vector{name + ": the file is missing or cannot be read"});
        fs::create_directory(all / ("wegwijzer/" + name));
        CHECK(standing_in::shown(standing_in::faults(all.path)) ==
              std::vector{name + ": this is a directory where a file should be"});
    }
}

TEST_CASE("an empty file lacks its lists, and no other file is blamed for it") {
    for (const std::string name : names)
        for (const auto* text : {"", "# nothing here\n", "\n\n"}) {
            CAPTURE(name, text);
            const auto found = told(name, text);
            const bool two = name == "wegwijzer.toml" || name == "signalen.toml" || name == "taken.toml";
            CHECK(found.size() == (two ? 2 : 1));
            for (const auto& one : found) CHECK_THAT(one, Catch::StartsWith(name + ": there is no [["));
        }
}

TEST_CASE("a file in the manner of another system is told once, in words its user knows") {
    struct manner {
        std::string text, says;
    };
    const std::string right = original("recht.toml");
    const auto one = GENERATE_COPY(values<manner>({
        {"\xEF\xBB\xBF" + right, "recht.toml:1: the file starts with a byte order mark"},
        {"\xEF\xBB\xBFid;tekst;bron\r\nbedenktijd;Tekst;Wet\r\n",
         "recht.toml:1: this is a table from a spreadsheet"},
        {"id;tekst;bron\nbedenktijd;Tekst;Wet\n", "recht.toml:1: this is a table from a spreadsheet"},
        {"id,tekst,bron\nbedenktijd,Tekst,Wet\n", "recht.toml:1: this is a table from a spreadsheet"},
        {"id\ttekst\tbron\nbedenktijd\tTekst\tWet\n", "recht.toml:1: this is a table from a spreadsheet"},
        {std::string("\xFF\xFE[\0[\0", 6), "recht.toml:1: the file is UTF-16: save it as UTF-8"},
        {"[[zin]]\ntekst.nl = t\n\"x\n",
         R"(recht.toml:2: Error while parsing boolean: expected 'true', saw 't\n)"},
        {"# caf\xE9\n" + right, "recht.toml:1: this is not UTF-8"},
        {"# een\n# twee\n# dri\xEB\n" + right, "recht.toml:3: this is not UTF-8"},
        {"# een\nnaam = 'drieë'\n", "recht.toml:2: write this text in double quotes"},
        {"# een\n[[zin]\n", "recht.toml:2: "},
        {"# een\n[[zin]]\nid = bedenktijd\n", "recht.toml:3: "},
        {"# een\n[[zin]]\nid = \"bedenktijd\n", "recht.toml:3: "},
        {"# een\n[[zin]]\nid = \"a\"\nid = \"b\"\n", "recht.toml:4: "},
        {std::string("# een\n\0", 7), "recht.toml:2: "},
        {"{\"zin\": [1, 2, 3]}\n", "recht.toml:1: "},
        {"<html>\n", "recht.toml:1: "},
    }));
    CAPTURE(one.text.substr(0, 40));
    const auto found = told("recht.toml", one.text);
    CAPTURE(found);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0], Catch::StartsWith(one.says));
}

TEST_CASE("lines that end in CR LF are TOML too, and keep their numbers") {
    for (const auto* name : names) {
        CAPTURE(name);
        CHECK(told(name, with_crlf(original(name))).empty());
    }
    CHECK(told("recht.toml", with_crlf("# een\n[[zin]]\nidd = 1\n" + original("recht.toml"))).at(3) ==
          "recht.toml:3: there is no key 'idd' here");
}

TEST_CASE("what an own directory holds must stand in for something") {
    const standing_in::directory own;
    for (const auto* leftover : {"wegwijzer/.recht.toml.swp", "wegwijzer/recht.toml~",
                                 "wegwijzer/#recht.toml#", ".gitignore", ".git/config"}) {
        fs::create_directories(fs::path(own / leftover).parent_path());
        own.write(leftover, "?");
    }
    CHECK(own.faults().empty());
    own.write("wegwijzer/rehct.toml", "");
    own.write("recht.toml", "");
    fs::create_directory(own / "wegwijzer/nl");
    own.write("wegwijzer/nl/recht.toml", "");
    auto found = standing_in::shown(own.faults());
    std::ranges::sort(found);
    CHECK(found == std::vector<std::string>{
                       "recht.toml: there is no file schema/recht.toml for it to replace",
                       "recht.toml: there is no file schema/wegwijzer/nl/recht.toml for it to replace",
                       "rehct.toml: there is no file schema/wegwijzer/rehct.toml for it to replace"});
}

TEST_CASE("what cannot stand in is told, and never passed over for what was shipped") {
    const standing_in::directory own;
    const auto found = [&] { return standing_in::shown(own.faults()); };
    fs::create_symlink("nowhere", own / "wegwijzer/recht.toml");
    CHECK(found().at(0) == "recht.toml: the file is missing or cannot be read");
    fs::remove(own / "wegwijzer/recht.toml");
    fs::create_directory(own / "wegwijzer/recht.toml");
    CHECK(found() == std::vector<std::string>{"recht.toml: this is a directory where a file should be"});
    fs::remove_all(own / "wegwijzer");
    own.write("wegwijzer", "");
    CHECK(found() ==
          std::vector<std::string>{"wegwijzer: there is no file schema/wegwijzer for it to replace"});
    const auto gone = standing_in::faults(guide::data_files(checkout::schema, own / "nowhere"));
    REQUIRE(gone.size() == 1);
    CHECK(text(gone[0]) == own / "nowhere" + ": the directory is missing or cannot be read");
}

TEST_CASE("a hundred faults are told at once, file by file and down each file") {
    const standing_in::directory own;
    auto practice = original("oefenen.toml"), signs = original("signalen.toml");
    replace_all(practice, "\nplek = \"", "\nplek = \"x-");
    replace_all(practice, "antwoord = \"", "antwoord = \"x-");
    replace_all(signs, "bron = \"", "bron = \"\" # \"");
    own.put("oefenen.toml", practice);
    own.put("signalen.toml", signs);
    const auto found = own.faults();
    const auto of = [&](const std::string& file) {
        std::vector<std::size_t> lines;
        for (const auto& one : found)
            if (one.file == own / ("wegwijzer/" + file)) lines.push_back(one.line);
        CHECK(std::ranges::is_sorted(lines));
        return lines.size();
    };
    CHECK(of("oefenen.toml") == 144);
    CHECK(of("signalen.toml") == shipped::handbook().get()->signalen.all.size());
    CHECK(found.size() == of("oefenen.toml") + of("signalen.toml"));
    CHECK(found.back().file == own / "wegwijzer/oefenen.toml");
}
