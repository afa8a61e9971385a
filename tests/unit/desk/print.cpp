#include "client/print.hpp"

#include <catch2/catch.hpp>

TEST_CASE("nothing that steers a terminal or turns the reading direction passes") {
    struct row {
        std::string given, shown;
    };
    using namespace std::string_literals;
    for (const auto& [given, shown] : {
             row{"plain é ع 漢 🕯", "plain é ع 漢 🕯"},
             row{"a\nb\tc", "a\nb\tc"},
             row{"\x1b[31mred", "\\u001b[31mred"},
             row{"\x1b]0;title\x07", "\\u001b]0;title\\u0007"},
             row{"a\rb\bc\x7f", "a\\u000db\\u0008c\\u007f"},
             row{"a\0b"s, "a\\u0000b"},
             row{"\xc2\x9b"
                 "31m",
                 "\\u009b31m"},
             row{"\xc2\x85", "\\u0085"},
             row{"\xe2\x80\xae"
                 "fdp.exe",
                 "\\u202efdp.exe"},
             row{"\xe2\x81\xa6\xe2\x81\xa9", "\\u2066\\u2069"},
             row{"\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", "\\u200e\\u200f\\u061c"},
             row{"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},
             row{"\xef\xbb\xbf", "\\ufeff"},
             row{"\xf3\xa0\x80\x81", "\\udb40\\udc01"},
             row{"می\xe2\x80\x8cخواهم", "می\xe2\x80\x8cخواهم"},
             row{"\x9b\xff\xc3", "\\x9b\\xff\\xc3"},
             row{"\xc0\x9b\xed\xa0\x80", "\\xc0\\x9b\\xed\\xa0\\x80"},
         }) {
        INFO(shown);
        CHECK(desk::escaped(given) == shown);
    }
    CHECK(desk::escaped_line("a\nb\tc") == "a\\u000ab\\u0009c");
}
