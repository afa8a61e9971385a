// How long a page is must not tell what is on it.
#include "server/pages/padding.hpp"

#include <catch2/catch.hpp>

using pages::least_page;
using pages::page_step;

namespace {

std::string padded(std::size_t size) {
    std::string page(size, 'x');
    pages::pad(page);
    CHECK(page.starts_with(std::string(size, 'x') + "<!--"));
    CHECK(page.ends_with("-->"));
    CHECK(page.find_first_not_of(' ', size + 4) == page.size() - 3);
    return page;
}

}  // namespace

TEST_CASE("a page is filled up to the next step, and never shorter than the least") {
    constexpr std::size_t comment = 7;  // <!-- and -->
    CHECK(page_step == 16384);
    for (const auto& [size, wanted] : {std::pair<std::size_t, std::size_t>{0, least_page},
                                       {1, least_page},
                                       {page_step, least_page},
                                       {least_page - comment, least_page},
                                       {least_page - comment + 1, least_page + page_step},
                                       {least_page, least_page + page_step},
                                       {3 * page_step - comment, 3 * page_step},
                                       {3 * page_step - comment + 1, 4 * page_step},
                                       {300'000, 19 * page_step}}) {
        CAPTURE(size);
        CHECK(padded(size).size() == wanted);
    }
}
