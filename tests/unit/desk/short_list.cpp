#include "client/desk/short_list.hpp"

#include <catch2/catch.hpp>

#include "client/here/wrapped.hpp"

using Catch::Matchers::Contains;

TEST_CASE("a short list fits 80 columns, and names each report by what a verb takes") {
    desk::row row;
    row.id = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b";
    row.ontvangen = "2026-11-21";
    row.termijn = "2026-11-23";
    row.status = "wordt-vernietigd";
    row.rol = "achtervang";
    row.spoed = true;
    const auto line = desk::short_line_of(row, 80);
    CHECK(line == "6f1b3a52  2026-11-21  2026-11-23  URGENT  wordt-vernietigd  achtervang  NO    \n");
    CHECK(client::columns_of(line.substr(0, line.size() - 1)) <= 80);
    CHECK(client::columns_of(desk::short_heading().substr(0, desk::short_heading().size() - 1)) <= 80);

    row.einde = "2027-02-01";
    row.geopend = true;
    CHECK_THAT(desk::short_line_of(row, 80), Contains("achtervang  yes   \n    Destroyed on 2027-02-01.\n"));
}

TEST_CASE("no value of a server's makes a line of the short list longer") {
    desk::row row;
    row.id = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b";
    row.ontvangen = "2026-11-21";
    row.status = std::string(64, 's');
    row.rol = std::string(60, 'r') + "\x1b[2J";
    row.kept_until = "2027-02-01";
    row.kept = std::string(300, 'k');
    const auto text = desk::short_line_of(row, 40);
    std::string_view rest = text;
    rest.remove_prefix(rest.find('\n') + 1);
    for (; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
        const auto line = rest.substr(0, rest.find('\n'));
        CHECK(line.starts_with("    "));
        CHECK(client::columns_of(line) <= 40);
    }
    CHECK(client::columns_of(text.substr(0, text.find('\n'))) <= 80);
    CHECK(text.find('\x1b') == text.npos);
}
