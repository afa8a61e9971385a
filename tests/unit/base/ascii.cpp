#include "base/text/ascii.hpp"

#include <catch2/catch.hpp>

TEST_CASE("letters are those of ASCII, and nothing beyond it changes") {
    CHECK(base::lower("GM0363 Súdwest ÉÉN") == "gm0363 súdwest ÉÉn");
    CHECK(base::is_digit('0'));
    CHECK(base::is_digit('9'));
    CHECK_FALSE(base::is_digit(':'));
    CHECK_FALSE(base::is_digit('/'));
    CHECK(base::is_letter('z'));
    CHECK_FALSE(base::is_letter('@'));
    CHECK_FALSE(base::is_letter('['));
    CHECK_FALSE(base::is_letter('\xe9'));
}
