// The cursor: opaque, one spelling, and nothing else is read as one.
#include "server/inbox/cursor.hpp"

#include <limits>

#include <catch2/catch.hpp>

TEST_CASE("cursor: every place comes back, in one spelling of 12 safe characters") {
    for (std::int64_t place : {std::int64_t{0}, std::int64_t{1}, std::int64_t{255}, std::int64_t{256},
                               std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::max()}) {
        auto text = inbox::write_cursor(place);
        CHECK(text.size() == 12);
        CHECK(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
              std::string::npos);
        CHECK(inbox::read_cursor(text) == place);
    }
}

TEST_CASE("cursor: nonsense is nothing") {
    auto good = inbox::write_cursor(7);
    for (std::string text :
         {std::string(), std::string("0"), std::string("AAAAAAAAAAAA"), good + "A", good.substr(1),
          good + "=", std::string("Af__________"), std::string("Av__________"), std::string("Ag__________"),
          std::string("AQAAAAAAAAA+"), std::string(12, '\0')})
        CHECK_FALSE(inbox::read_cursor(text));
}
