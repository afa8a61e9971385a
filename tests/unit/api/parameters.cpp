// A query's parameters: read by name, every fault at once.
#include "server/api/parameters.hpp"

#include <catch2/catch.hpp>

namespace {

// "name code", one a fault, with "; " between.
std::string faults(api::parameters& query) {
    std::string out;
    for (const auto& one : query.finish()) out += (out.empty() ? "" : "; ") + one.location + " " + one.code;
    return out;
}

}  // namespace

TEST_CASE("parameters: what is there is read, what is missing has its default") {
    api::parameters query("?naam=a%20b+c&aantal=7&metBody=true&leeg=");
    CHECK(query.text("naam") == "a b c");
    CHECK(query.number("aantal", 50, 1, 200) == 7);
    CHECK(query.boolean("metBody", false));
    CHECK(query.text("leeg") == "");
    CHECK_FALSE(query.text("niets"));
    CHECK(query.number("ander", 50, 1, 200) == 50);
    CHECK(query.boolean("weer", true));
    CHECK(query.finish().empty());
    for (const char* empty : {"", "?"}) {
        api::parameters none(empty);
        CHECK(none.finish().empty());
    }
}

TEST_CASE("parameters: numbers and booleans have one form, and bounds that are theirs") {
    struct row {
        const char* query;
        std::int64_t value;
        const char* faults;
    };
    for (const auto& by :
         {row{"n=1", 1, ""}, row{"n=200", 200, ""}, row{"n=0", 50, "n waarde"}, row{"n=201", 50, "n waarde"},
          row{"n=-1", 50, "n waarde"}, row{"n=", 50, "n formaat"}, row{"n=x", 50, "n formaat"},
          row{"n=1x", 50, "n formaat"}, row{"n=%201", 50, "n formaat"}, row{"n=1.0", 50, "n formaat"},
          row{"n=0x10", 50, "n formaat"}, row{"n=99999999999999999999", 50, "n formaat"}}) {
        CAPTURE(by.query);
        api::parameters query(by.query);
        CHECK(query.number("n", 50, 1, 200) == by.value);
        CHECK(faults(query) == by.faults);
    }
    for (const char* text : {"b=True", "b=1", "b=", "b=ja"}) {
        CAPTURE(text);
        api::parameters query(text);
        CHECK_FALSE(query.boolean("b", true));
        CHECK(faults(query) == "b formaat");
    }
}

TEST_CASE("parameters: unknown, twice, too long and unreadable are faults, all named at once") {
    api::parameters query("?a=1&a=2&n=x&lang=" + std::string(201, 'x') + "&vreemd=1");
    (void)query.text("a");
    (void)query.number("n", 1, 1, 2);
    (void)query.text("lang");
    query.add("c", "formaat", "A sentence.");
    CHECK(faults(query) == "a dubbel; n formaat; lang lengte; c formaat; vreemd onbekend-lid");

    // Only what was mistyped is sent back, and told once.
    api::parameters strange("?ROL=a&ROL=b&%3Cb%3E=1");
    CHECK(faults(strange) == "ROL onbekend-lid;  onbekend-lid");

    api::parameters fits("?lang=" + std::string(200, 'x'));
    CHECK(fits.text("lang"));
    CHECK(faults(fits).empty());

    for (const char* broken : {"?a=%zz", "?a=%ff", "?=x", "?a=%00"}) {
        CAPTURE(broken);
        api::parameters bad(broken);
        CHECK_FALSE(bad.text("a"));
        CHECK(faults(bad) == " formaat");
    }
}
