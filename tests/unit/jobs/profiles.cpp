// Retention profiles: read with every fault at once, and which one governs a desk.
#include "server/jobs/profiles.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/client/scratch.hpp"

using jobs::governing;
using jobs::read_profiles;

namespace {

const std::string whole =
    "[[profile]]\n"
    "category = \"12.3\"\n"
    "approved-by = \"de directeur\"\n"
    "approved-on = 2026-11-22\n"
    "closed = 180\n"
    "handed-over = 30\n"
    "withdrawn = 7\n";

std::vector<std::string> faults(const std::string& text) {
    scratch dir;
    auto read = read_profiles(dir.write("retention.toml", text));
    return read ? std::vector<std::string>() : read.error();
}

}  // namespace

TEST_CASE("a profile says for how long, under which category and by whose decision") {
    scratch dir;
    auto read = read_profiles(dir.write("retention.toml", whole)).value();
    REQUIRE(read.size() == 1);
    CHECK(read[0].category == "12.3");
    CHECK(read[0].approved_by == "de directeur");
    CHECK(read[0].approved_on.text() == "2026-11-22");
    CHECK(read[0].days("afgesloten") == 180);
    CHECK(read[0].days("overgedragen") == 30);
    CHECK(read[0].days("ingetrokken") == 7);
    for (const char* open : {"nieuw", "in-behandeling", "wacht-op-melder", ""})
        CHECK(read[0].days(open) == 0);
}

TEST_CASE("a desk is governed by the profile that names it, else by that of all others, else by none") {
    scratch dir;
    auto read = read_profiles(dir.write("retention.toml", "[[profile]]\ndesks = [\"nla\", \"kmar\"]\n" +
                                                              whole.substr(12) + whole + "closed = 1\n"));
    CHECK_FALSE(read);  // a key twice
    auto two = read_profiles(dir.write("two.toml", "[[profile]]\ndesks = [\"nla\", \"kmar\"]\n" +
                                                       whole.substr(12) + whole))
                   .value();
    REQUIRE(two.size() == 2);
    CHECK(governing(two, "nla") == &two[0]);
    CHECK(governing(two, "kmar") == &two[0]);
    CHECK(governing(two, "rotterdam") == &two[1]);
    CHECK(governing(std::span(two).first(1), "rotterdam") == nullptr);
    CHECK(governing({}, "nla") == nullptr);
}

TEST_CASE("every fault of a file is told at once, with its line") {
    auto all = faults(
        "title = 1\n[[profile]]\ncategory = ''\napproved-on = \"2026-11-22\"\nclosed = 0\nhanded-over = "
        "3651\n"
        "withdrawn = 1.5\ndesks = []\nother = 2\n");
    CHECK(all.size() == 9);
    for (const auto& one : all) {
        CAPTURE(one);
        CHECK(one.starts_with("line "));
    }
    CHECK(faults("") == std::vector<std::string>{"it names no [[profile]]"});
    CHECK(faults(whole + whole).size() == 1);
    CHECK(faults("[[profile]\n").size() == 1);
    CHECK(faults("[[profile]]\ndesks = ['nla', 'nla']\n" + whole.substr(12)).size() == 1);
    CHECK(read_profiles("/nowhere/retention.toml").error().size() == 1);
}
