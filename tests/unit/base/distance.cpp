// The band against the whole table, and slips of the finger by hand.
#include "base/text/distance.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace {

// The definition, cell by cell.
std::size_t by_table(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> at(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                at[i][j] = i + j;
                continue;
            }
            at[i][j] = std::min(
                {at[i - 1][j] + 1, at[i][j - 1] + 1, at[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                at[i][j] = std::min(at[i][j], at[i - 2][j - 2] + 1);
        }
    }
    return at[a.size()][b.size()];
}

}  // namespace

TEST_CASE("distance counts slips of the finger, up to the most that is asked") {
    using base::distance;
    CHECK(distance("", "", 0) == 0);
    CHECK(distance("pull", "pull", 2) == 0);
    CHECK(distance("pul", "pull", 2) == 1);
    CHECK(distance("plul", "pull", 1) == 1);
    CHECK(distance("opne", "open", 2) == 1);
    CHECK(distance("keys", "keygen", 3) == 3);
    CHECK_FALSE(distance("keys", "keygen", 2));
    CHECK(distance("", "key", 3) == 3);
    CHECK_FALSE(distance("", "keys", 3));
    CHECK_FALSE(distance("a", "b", 0));
    CHECK(distance("ca", "abc", 3) == 3);  // no letter is touched twice
}

TEST_CASE("the band answers as the whole table does, either way round") {
    std::mt19937 draw(7);  // NOLINT(*-msc51-cpp): the same words every time
    for (int round = 0; round < 20'000; ++round) {
        std::string a, b;
        for (auto left = draw() % 9; left > 0; --left) a += static_cast<char>('a' + draw() % 3);
        for (auto left = draw() % 9; left > 0; --left) b += static_cast<char>('a' + draw() % 3);
        const auto wanted = by_table(a, b);
        for (std::size_t most = 0; most <= base::furthest; ++most) {
            const auto found = base::distance(a, b, most);
            const bool right = wanted <= most ? found == wanted : !found;
            if (!right || found != base::distance(b, a, most)) FAIL(a << " " << b << " " << most);
        }
    }
}
