// Telephone numbers as people write them into texts, and what is none.
#include "server/admin/guide/text_numbers.hpp"

#include <catch2/catch.hpp>

namespace {

std::vector<std::string> dialled(std::string_view text) {
    std::vector<std::string> out;
    for (auto& one : admin::numbers_in(text)) out.push_back(std::move(one.dialled));
    return out;
}
using all = std::vector<std::string>;

}  // namespace

TEST_CASE("a telephone number is one however it is written") {
    for (const auto* same :
         {"(020) 123 45 67", "020-1234567", "020.123.4567", "0201234567", "020 / 123 4567", "020 - 123 45 67",
          "+31 20 123 4567", "+31 (0)20 123 4567", "+31201234567", "0031 20 1234567", "020\u2013123 4567",
          "020\u00A0123\u00A04567", "020\u202F123 4567", "020 123\u20114567", "020 123\u22124567",
          "Tel.020-1234567.", "x020 1234567x"}) {
        CAPTURE(same);
        CHECK(dialled(same) == all{"0201234567"});
    }
    CHECK(dialled("0800-2000") == all{"08002000"});
    CHECK(dialled("0800 20 00") == all{"08002000"});
    CHECK(dialled("0800-1234567") == all{"08001234567"});
    CHECK(dialled("0900 123 45 67") == all{"09001234567"});
    CHECK(dialled("(0518) 12 34 56") == all{"0518123456"});
    CHECK(dialled("06 12 34 56 78") == all{"0612345678"});
    CHECK(dialled("088-208 0044") == all{"0882080044"});
    for (const auto* same :
         {"WhatsApp 31612345678", "00 31 6 12345678", "0031612345678", "00-31-6-12345678", "+ 31 6 12345678",
          "31 6 12 34 56 78", "31 (0)6 12345678", "\u0660\u0666 12345678", "06\u200b12345678",
          "06\u200712345678", "\uff10\uff1612345678", "wa.me/31612345678"}) {
        CAPTURE(same);
        CHECK(dialled(same) == all{"0612345678"});
    }
    for (const auto* same : {"+44 20 7946 0958", "0044 20 7946 0958", "00 44 20 7946 0958"}) {
        CAPTURE(same);
        CHECK(dialled(same) == all{"+442079460958"});
    }
    CHECK(dialled("116 111 en 116006") == all{"116111", "116006"});
    CHECK(dialled("14 020") == all{"14020"});
}

TEST_CASE("what stands behind a number is no part of it") {
    CHECK(dialled("Bel 0800-2000 (24/7).") == all{"08002000"});
    CHECK(dialled("Bel 0800-2000. 112 alleen bij gevaar.") == all{"08002000"});
    CHECK(dialled("0800-2000 / 0900-8844") == all{"08002000", "09008844"});
    CHECK(dialled("0800-2000 0900-0101") == all{"08002000", "09000101"});
    CHECK(dialled("0800-2000, 033-448 1186 of 112") == all{"08002000", "0334481186"});
    CHECK(admin::numbers_in("Bel +31 (0)33\u2013448 1186 nu") ==
          std::vector<admin::text_number>{{"0334481186", "+31 (0)33\u2013448 1186"}});
}

TEST_CASE("days, hours, amounts and addresses on the web are no telephone numbers") {
    for (const auto* no : {"",
                           "0",
                           "+",
                           "In 2025, 35 van de 1000, 112, 0, + en 10000000.",
                           "010 - 20",
                           "Op 01-11-2026 om 09:00",
                           "01-01-2026 - 31-12-2026",
                           "06-12-2026 / 07-12-2026",
                           "2026-01-01 2026-02-02",
                           "06.12.2026 09.00",
                           "0,5 van 100 000 000",
                           "van 06:00 tot 08:00",
                           "09.00-17.00 08.00-16.00",
                           "06.00 - 18.00 / 09.00 - 17.00",
                           "020123456",
                           "020123456789",
                           "14 000 mensen",
                           "artikel 273f, 2022A002",
                           "\xFF\xFF",
                           "https://baken.example/0201234567?a=0800-2000"}) {
        CAPTURE(no);
        CHECK(dialled(no) == all{});
    }
}
