#include <catch2/catch.hpp>

#include "client/lead/change.hpp"

namespace {

const protocol::day today =
    *protocol::day::parse("2026-12-23");  // a Wednesday of 2026-W52; 2026 has a week 53

std::vector<desk::held_key> keys_of(std::initializer_list<const char*> weeks) {
    std::vector<desk::held_key> out;
    for (const auto* week : weeks) {
        desk::held_key one;
        one.key.epoch = *protocol::epoch::parse(week);
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<std::string> texts(const std::vector<protocol::epoch>& weeks) {
    std::vector<std::string> out;
    for (auto week : weeks) out.push_back(week.text());
    return out;
}

}  // namespace

TEST_CASE("weeks without a key, or with two, are missing") {
    using list = std::vector<std::string>;
    CHECK(texts(desk::missing_weeks(keys_of({}), today, 3)) == list{"2026-W52", "2026-W53", "2027-W01"});
    CHECK(texts(desk::missing_weeks(keys_of({"2026-W51", "2026-W52", "2027-W01"}), today, 3)) ==
          list{"2026-W53"});
    CHECK(texts(desk::missing_weeks(keys_of({"2026-W52", "2026-W52", "2026-W53"}), today, 2)) ==
          list{"2026-W52"});
    CHECK(desk::missing_weeks(keys_of({"2026-W52"}), today, 1).empty());
}

TEST_CASE("a desk reaches as far as its weeks follow one another") {
    CHECK(desk::weeks_ahead(keys_of({}), today) == 0);
    CHECK(desk::weeks_ahead(keys_of({"2026-W53"}), today) == 0);
    CHECK(desk::weeks_ahead(keys_of({"2026-W52", "2026-W53", "2027-W02"}), today) == 2);
}
