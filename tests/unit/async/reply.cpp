// A coroutine that waits for another thread: answered, kept waiting too long, or gone before the answer.
#include "base/async/reply.hpp"

#include <atomic>
#include <latch>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include "base/async/run_now.hpp"

using namespace std::chrono_literals;
using text = async::reply<std::string>;

TEST_CASE("answered from another thread, a thousand times") {
    int right = 0;
    for (int i = 0; i < 1000; ++i) {
        std::jthread other;
        auto start = [&](text reply) {
            other = std::jthread([reply = std::move(reply), i]() mutable { reply.give(std::to_string(i)); });
        };
        const auto answer = async::run_now(async::answered<std::string>(start, 60s));
        right += answer == std::to_string(i) ? 1 : 0;
    }
    CHECK(right == 1000);
}

TEST_CASE("answered before the wait begins") {
    auto start = [](text reply) { reply.give("at once"); };
    CHECK(async::run_now(async::answered<std::string>(start, 60s)) == "at once");
}

TEST_CASE("kept waiting too long: nothing, and the answer that comes later goes nowhere") {
    std::optional<text> kept;
    auto start = [&](text reply) { kept = std::move(reply); };
    CHECK(async::run_now(async::answered<std::string>(start, 5ms)) == std::nullopt);
    kept->give("late");
}

TEST_CASE("a coroutine that was destroyed where it waits: the answer goes nowhere") {
    std::optional<text> kept;
    std::atomic<bool> resumed = false;
    {
        boost::asio::io_context context(1);
        auto start = [&](text reply) { kept = std::move(reply); };
        auto waiting = [](auto begin, std::atomic<bool>& after) -> async::task<void> {
            auto answer = co_await async::answered<std::string>(std::move(begin), 60s);
            after = answer.has_value();
        };
        boost::asio::co_spawn(context, waiting(start, resumed), [](const std::exception_ptr&) {});
        context.poll();
        REQUIRE(kept);
    }
    kept->give("late");
    CHECK_FALSE(resumed);
}
