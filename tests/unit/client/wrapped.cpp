#include "client/here/wrapped.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

namespace {

std::string times(int count, std::string_view text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    for (; !text.empty(); text.remove_prefix(text.find('\n') + 1))
        out.emplace_back(text.substr(0, text.find('\n')));
    return out;
}

std::string cut(std::string_view text, std::size_t columns) {
    return client::wrapped(text, "| ", "| ", columns);
}

}  // namespace

TEST_CASE("a letter takes the columns that a terminal gives it") {
    struct row {
        std::string text;
        std::size_t columns;
    };
    for (const auto& [text, columns] : {
             row{"", 0}, row{"abc", 3}, row{"é ж ع", 5}, row{"e\u0301", 1},  // combining
             row{"漢字", 4},                                                 // wide
             row{"한국", 4},                                                 // wide
             row{"ｆｕｌｌ", 8},                                             // full width
             row{"ﾊﾝｶｸ", 4},                                                 // half width
             row{"🕯", 1},                                                   // narrow by itself
             row{"👩", 2},                                                   // an emoji is wide
             row{"♥\ufe0f", 2},                                              // asked to be one
             row{"می\u200cخواهم", 7},                                        // a joiner takes none
             row{"a" + times(30, "\u0301"), 23},  // a heap of marks: eight hide, the others count
         }) {
        INFO(text);
        CHECK(client::columns_of(text) == columns);
    }
}

TEST_CASE("a line is cut at a space, and within a word that is too long") {
    struct row {
        std::string text, shown;
    };
    for (const auto& [text, shown] : {
             row{"", "| \n"},
             row{"een", "| een\n"},
             row{"een twee", "| een twee\n"},  // ten columns, to the last
             row{"een twee drie", "| een twee\n| drie\n"},
             row{"een     twee", "| een\n| twee\n"},
             row{"a\n\nb", "| a\n| \n| b\n"},
             row{"abcdefghijkl", "| abcdefgh\n| ijkl\n"},
             row{"ab cdefghijklm", "| ab\n| cdefghij\n| klm\n"},
             row{"ab\tcd", "| ab\n| cd\n"},
             row{"\tab", "| \n| ab\n"},
             row{"漢字漢字漢", "| 漢字漢字\n| 漢\n"},
             row{"a漢字漢字", "| a漢字漢\n| 字\n"},
             row{"\x1b[2J!!! ALARM", "| \\u001b[2\n| J!!!\n| ALARM\n"},
             row{"a\rb", "| a\\u000db\n"},
             row{"\xff", "| \\xff\n"},
         }) {
        INFO(text);
        CHECK(cut(text, 10) == shown);
    }
    CHECK(client::wrapped("een twee drie", "baken: ", "  ", 12) == "baken: een\n  twee drie\n");
}

TEST_CASE("no text reaches the left edge, whatever it holds and however narrow the terminal is") {
    for (const std::string& text :
         {times(10000, "x"), times(10000, "x "), times(10000, " "), times(10000, "\t"),
          times(10000, "\u0301"), times(5000, "👩\u200d"), times(10000, "漢"), times(10000, "\u200b"),
          times(3000, "\u202e"), times(2000, "\u05d0 "), times(100, "\r\n\v\f\x1b[1G!!! ALARM: a\b\b"),
          times(500, "\xf0\x9f\x87"), times(20, times(59, " ") + "!!! ALARM: geen"),
          times(74, "y") + "!!! ALARM: geen"})
        for (const std::size_t columns : {0u, 1u, 7u, 10u, 11u, 20u, 79u, 80u, 81u, 500u})
            for (const auto& line : lines_of(client::wrapped(text, "    | ", "    | ", columns))) {
                INFO(line);
                REQUIRE(line.starts_with("    | "));
                REQUIRE(client::columns_of(line) <= std::max<std::size_t>(columns, 10));
            }
}

TEST_CASE("no letter is lost in the cutting") {
    const std::string text =
        "Ik zag op 3 mei\n een man met een lijst van namen: " + times(200, "漢é ") + "einde";
    const auto without = [](std::string of) {
        for (const std::string_view one : {"    | ", "\n", " "})
            for (auto at = of.find(one); at != of.npos; at = of.find(one)) of.erase(at, one.size());
        return of;
    };
    for (const std::size_t columns : {10u, 33u, 80u})
        CHECK(without(client::wrapped(text, "    | ", "    | ", columns)) == without(text));
}

TEST_CASE("the terminal says how wide it is, and what is none has 80 columns or fewer") {
    winsize size{24, 50, 0, 0};
    int ours = -1, theirs = -1;
    REQUIRE(::openpty(&ours, &theirs, nullptr, nullptr, &size) == 0);
    CHECK(client::terminal_columns(theirs) == 50);
    size.ws_col = 0;  // one that does not say
    REQUIRE(::ioctl(theirs, TIOCSWINSZ, &size) == 0);
    CHECK(client::terminal_columns(theirs) <= 80);
    const int none = ::open("/dev/null", O_RDWR);
    CHECK(client::terminal_columns(none) <= 80);
    CHECK(client::terminal_columns(none) > 0);
    for (const int one : {ours, theirs, none}) ::close(one);
}
