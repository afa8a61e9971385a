#include "base/text/utf8.hpp"

#include <catch2/catch.hpp>

TEST_CASE("only well-formed UTF-8 is read") {
    for (const std::string_view good : {"", "a", "\u20ac", "\u0080", "\u07ff", "\u0800", "\ue000", "\uffff",
                                        "\U00010000", "\U0010ffff", "\ufeff"})
        CHECK(base::is_utf8(good));
    for (const std::string_view bad : {"\x80",
                                       "\xbf",
                                       "\xc0\xa0",
                                       "\xc1\xbf",
                                       "\xc2",
                                       "\xe2\x80",
                                       "\xe0\x80\xa0",
                                       "\xe0\x9f\xbf",
                                       "\xed\xa0\x80",
                                       "\xed\xbf\xbf",
                                       "\xf0\x80\x80\xa0",
                                       "\xf0\x8f\xbf\xbf",
                                       "\xf4\x90\x80\x80",
                                       "\xf5\x80\x80\x80",
                                       "\xff",
                                       "\xfe",
                                       "\xe2\x80\x20",
                                       "\xe2\x28\xa1",
                                       "\xf0\x90\xba",
                                       "caf\xe9"})
        CHECK_FALSE(base::is_utf8(bad));
}

TEST_CASE("code points come one by one, and what is none stays where it is") {
    std::string_view rest = "\u20acx\xff";
    CHECK(base::utf8_sequence(rest) == 3);
    CHECK(base::take_point(rest) == char32_t{0x20ac});
    CHECK(base::take_point(rest) == char32_t{'x'});
    CHECK_FALSE(base::take_point(rest));
    CHECK(base::utf8_sequence(rest) == 0);
    CHECK(rest == "\xff");
    std::string_view none;
    CHECK_FALSE(base::take_point(none));
}

TEST_CASE("every code point is written as it is read") {
    for (char32_t point = 0; point <= 0x10ffff; ++point) {
        if (point == 0xd800) point = 0xe000;
        std::string written;
        base::append_utf8(written, point);
        std::string_view rest = written;
        if (base::take_point(rest) != point || !rest.empty()) FAIL_CHECK(static_cast<unsigned>(point));
    }
}
