// guide-diff: whom a change moves, and what the files say differently.
#include "server/admin/guide/guide_diff.hpp"

#include <regex>
#include <sstream>

#include "tests/checkout.hpp"
#include "tests/unit/admin/changed_data.hpp"

using namespace changed_data;

namespace {

// Files that differ are another version, and that is said first.
std::string after_version(const std::string& said) {
    static const std::regex first("version [0-9a-f]{12} → [0-9a-f]{12}\n");
    std::smatch found;
    REQUIRE(std::regex_search(said, found, first, std::regex_constants::match_continuous));
    return found.suffix();
}

std::string told(const own& changed) {
    std::ostringstream out;
    REQUIRE(admin::guide_diff({checkout::schema, changed.path, checkout::schema, today}, out));
    return after_version(out.str());
}

}  // namespace

TEST_CASE(
    "a change of the routing says how many municipalities and forms it moves, and from where to where") {
    const own moved("routering.json", R"("regels": [)",
                    R"("regels": [
    {"als": {"gemeente": ["GM0599"], "vorm": ["orgaan"]}, "eerste": "landelijk", "mede": []},)");
    std::ostringstream out;
    REQUIRE_FALSE(*admin::guide_diff({checkout::schema, moved.path, checkout::schema, today}, out));
    CHECK(out.str().contains("moves 1 (municipality, form) from rotterdam to landelijk\n"));
    CHECK(out.str().contains("  forms: orgaan\n  municipalities: GM0599\n"));
    CHECK(out.str().contains("takes effect with a signed directory alone"));
}

TEST_CASE("a change of the rules says who gets other steps") {
    const auto less =
        told(own("wegwijzer/wegwijzer.toml", R"(["bel-politie", "bel-mma"])", R"(["bel-politie"])"));
    CAPTURE(less);
    CHECK(less.contains(" combinations of answers get other steps; 0 of them only in another order\n"));
    CHECK(less.contains("  bel-mma: lost by "));
    CHECK_FALSE(less.contains("  bel-mma: lost by 0,"));
    CHECK(less.contains(", gained by 0\n"));
}

TEST_CASE("entries in another order, and comments alone, are told to be that") {
    const auto text = shipped::file("wegwijzer/hulp.toml");
    const auto first = text.find("[[hulp]]"), second = text.find("[[hulp]]", first + 1),
               third = text.find("[[hulp]]", second + 1);
    const own other("wegwijzer/hulp.toml", text.substr(first, third - first),
                    text.substr(second, third - second) + text.substr(first, second - first));
    CHECK(told(other) == "changes wegwijzer/hulp.toml: the order of hulp\n");
    std::ostringstream out;
    const own comment("wegwijzer/hulp.toml", "[[hulp]]", "# ours\n[[hulp]]");
    CHECK(*admin::guide_diff({checkout::schema, comment.path, checkout::schema, today}, out));
    CHECK(after_version(out.str()) == "wegwijzer/hulp.toml differs in comments or layout alone\n");
    std::ostringstream same;
    CHECK(*admin::guide_diff({checkout::schema, checkout::schema, checkout::schema, today}, same));
    CHECK(same.str() == "nothing changes for anybody\n");
}

TEST_CASE("a move says with which answers it happens") {
    const auto said =
        told(own("routering.json", R"("luchthaven", "haven", "grens")", R"("luchthaven", "haven")"));
    CAPTURE(said);
    CHECK(said.contains("  only with plek: grens\n"));
    CHECK_FALSE(said.contains("only with spoed"));
}

TEST_CASE("a directory that is none is wrong use") {
    std::ostringstream out;
    const auto refused = admin::guide_diff({"/nowhere", checkout::schema, checkout::schema, today}, out);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().exit == client::wrong_use);
}
