// Whose memory it is when there is no more.
#include "server/net/budget.hpp"

#include <memory>
#include <vector>

#include <catch2/catch.hpp>

using net::budget;
using namespace std::chrono_literals;
using enum budget::answer;

namespace {

const auto start = budget::clock::time_point(1000s);
constexpr std::size_t large = 100'000;

// Shares of one budget, and who was told to go.
struct house {
    explicit house(std::size_t most) : all(most) {}
    budget all;
    std::vector<int> cut;
    std::unique_ptr<budget::share> share(int who, std::chrono::seconds began, budget::use use) {
        return std::make_unique<budget::share>(all, use, [this, who] { cut.push_back(who); }, start + began);
    }
};

}  // namespace

TEST_CASE("small bodies are counted for nobody") {
    house at(1);
    auto one = at.share(1, 0s, budget::use::other);
    CHECK(one->grow_to(budget::share::free) == held);
    CHECK(at.all.taken() == 0);
}

TEST_CASE("who has owed longest goes, no more of them than needed, and who asked finds the room") {
    house at(300'000);
    auto young = at.share(2, 20s, budget::use::report), old = at.share(1, 10s, budget::use::report),
         middle = at.share(3, 15s, budget::use::report);
    for (auto* one : {young.get(), old.get(), middle.get()}) CHECK(one->grow_to(large) == held);
    auto fresh = at.share(4, 30s, budget::use::report);
    CHECK(fresh->grow_to(large) == wait);
    CHECK(fresh->grow_to(large) == wait);
    CHECK(at.cut == std::vector{1});
    old.reset();
    CHECK(fresh->grow_to(large) == held);
    CHECK(at.all.taken() == 300'000);
    fresh.reset();
    CHECK(at.all.taken() == 200'000);
}

TEST_CASE("who has owed longest itself is refused, and who is being served is not cut") {
    house at(200'000);
    auto old = at.share(1, 10s, budget::use::report), young = at.share(2, 20s, budget::use::report);
    CHECK(old->grow_to(large) == held);
    CHECK(young->grow_to(large) == held);
    CHECK(old->grow_to(150'000) == refused);
    young->owes(false);
    CHECK(old->grow_to(150'000) == wait);
    CHECK(at.cut.empty());
}

TEST_CASE("a third is for reports: others do not reach it, and go first where it is used up") {
    house at(300'000);
    auto one = at.share(1, 10s, budget::use::other), two = at.share(2, 20s, budget::use::other);
    CHECK(one->grow_to(large) == held);
    CHECK(two->grow_to(large) == held);
    auto three = at.share(3, 30s, budget::use::other);
    CHECK(three->grow_to(large) == wait);
    CHECK(at.cut == std::vector{1});
    auto report = at.share(4, 5s, budget::use::report), another = at.share(5, 6s, budget::use::report);
    CHECK(report->grow_to(large) == held);
    CHECK(another->grow_to(large) == wait);  // what is leaving already is enough
    CHECK(at.cut == std::vector{1});
    one.reset();
    CHECK(another->grow_to(large) == held);
    CHECK(another->grow_to(large + 50'000) == wait);
    CHECK(at.cut == std::vector{1, 2});
}

TEST_CASE("a report is not cut for what is none") {
    house at(300'000);
    auto report = at.share(1, 0s, budget::use::report);
    CHECK(report->grow_to(250'000) == held);
    auto other = at.share(2, 10s, budget::use::other);
    CHECK(other->grow_to(large) == refused);
    CHECK(at.cut.empty());
}
