// The shipped table of codes that went up, against the shipped municipalities and places.
#include "base/municipalities/went_up.hpp"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "crypto/protocol/calendar.hpp"
#include "tests/checkout.hpp"

namespace {

std::vector<std::vector<std::string>> rows(const std::string& file) {
    std::ifstream in(std::string(checkout::schema) + "/places/" + file);
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        auto& row = out.emplace_back();
        std::istringstream fields(line);
        for (std::string field; std::getline(fields, field, '\t');) row.push_back(field);
    }
    REQUIRE(out.size() > 50);
    out.erase(out.begin());  // the header
    return out;
}

}  // namespace

TEST_CASE("a code of an older list leads to the municipality of today") {
    const auto brielle = municipalities::went_up_in("GM0501");
    REQUIRE(brielle);
    CHECK(brielle->name == "Brielle");
    CHECK(brielle->into == "GM1992");
    CHECK(brielle->since == "2023-01-01");
    for (const auto* none : {"GM0363", "GM9999", "", "code", "#", "GM050"})
        CHECK_FALSE(municipalities::went_up_in(none));
}

TEST_CASE("every code that went up is of no municipality of today, and where it went is one") {
    std::set<std::string> today, seen;
    for (const auto& row : rows("gemeenten.tsv")) today.insert(row[0]);
    for (const auto& row : rows("opgegaan.tsv")) {
        CAPTURE(row[0]);
        REQUIRE(row.size() == 4);
        CHECK_FALSE(today.contains(row[0]));
        CHECK(seen.insert(row[0]).second);
        CHECK(today.contains(row[2]));
        CHECK(protocol::day::parse(row[3]));
        const auto found = municipalities::went_up_in(row[0]);
        REQUIRE(found);
        CHECK(found->into == row[2]);
    }
}
