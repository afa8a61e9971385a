#include "crypto/errc.hpp"

#include <set>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

TEST_CASE("every refusal has one plain sentence of its own") {
    std::set<std::string_view> seen;
    for (int i = 0; i <= std::to_underlying(crypto::errc::archive_cut); ++i) {
        const auto sentence = crypto::text(static_cast<crypto::errc>(i));
        CAPTURE(sentence);
        CHECK(sentence.ends_with('.'));
        CHECK(sentence.find("without a name") == std::string_view::npos);
        CHECK(seen.insert(sentence).second);
    }
}
