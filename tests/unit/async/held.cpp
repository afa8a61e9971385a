// A value replaced whole under its readers.
#include "base/async/held.hpp"

#include <thread>
#include <vector>

#include <catch2/catch.hpp>

TEST_CASE("held: empty until set; who took a value keeps it") {
    async::held<int> held;
    CHECK_FALSE(held.get());
    held.set(std::make_shared<const int>(1));
    auto taken = held.get();
    held.set(std::make_shared<const int>(2));
    CHECK(*taken == 1);
    CHECK(*held.get() == 2);
    CHECK(*async::held<int>(std::make_shared<const int>(3)).get() == 3);
}

TEST_CASE("held: readers on other threads see whole values, in order") {
    async::held<std::vector<int>> held(std::make_shared<const std::vector<int>>(100, 0));
    std::atomic<bool> broken = false;
    std::vector<std::jthread> readers;
    for (int r = 0; r < 3; ++r)
        readers.emplace_back([&] {
            for (int last = 0; last < 500;) {
                auto now = held.get();
                for (int one : *now)
                    if (one != now->front()) broken = true;
                if (now->front() < last) broken = true;
                last = now->front();
            }
        });
    for (int i = 1; i <= 500; ++i) held.set(std::make_shared<const std::vector<int>>(100, i));
    readers.clear();
    CHECK_FALSE(broken);
}
