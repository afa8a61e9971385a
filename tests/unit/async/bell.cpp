// What wakes those who wait for an arrival: nothing that rings is missed, and nobody wakes too early.
#include "base/async/bell.hpp"

#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>

#include "base/async/run_now.hpp"

using namespace std::chrono_literals;

namespace {

namespace asio = boost::asio;

constexpr auto ever = std::chrono::milliseconds(1h);  // a wait that only a ring may end

// Listens for `name`, says so, then waits.
async::task<bool> hears(async::bell& bell, std::string name, std::chrono::milliseconds most,
                        std::promise<void>* listening = nullptr) {
    auto executor = co_await asio::this_coro::executor;
    auto ear = bell.listen(name, executor);
    if (listening != nullptr) listening->set_value();
    co_return co_await ear->wait(most);
}

async::task<bool> hears_after(async::bell& bell, std::string listened, std::string rung,
                              std::chrono::milliseconds most) {
    auto executor = co_await asio::this_coro::executor;
    auto ear = bell.listen(listened, executor);
    bell.ring(rung);
    co_return co_await ear->wait(most);
}

// Two waits of one listener, after one ring: what each answered, and how long the second took.
struct twice {
    bool first = false, second = false;
    std::chrono::milliseconds second_took{};
};
async::task<twice> waits_twice(async::bell& bell, std::chrono::milliseconds most) {
    auto executor = co_await asio::this_coro::executor;
    auto ear = bell.listen("rotterdam", executor);
    bell.ring("rotterdam");
    twice out;
    out.first = co_await ear->wait(ever);
    auto from = std::chrono::steady_clock::now();
    out.second = co_await ear->wait(most);
    out.second_took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - from);
    co_return out;
}

async::task<int> waits_on_closed(async::bell& bell, int times) {
    auto executor = co_await asio::this_coro::executor;
    auto ear = bell.listen("rotterdam", executor);
    int answered = 0;
    for (int i = 0; i < times; ++i)
        if (co_await ear->wait(ever)) ++answered;
    co_return answered;
}

}  // namespace

TEST_CASE("bell: a ring between listening and waiting is not missed") {
    async::bell bell;
    CHECK(async::run_now(hears_after(bell, "rotterdam", "rotterdam", ever)));
}

TEST_CASE("bell: another name, and a ring before listening, wake nobody") {
    async::bell bell;
    bell.ring("rotterdam");
    CHECK_FALSE(async::run_now(hears(bell, "rotterdam", 5ms)));
    for (const char* other : {"amsterdam", "rotterda", "rotterdam-2", ""})
        CHECK_FALSE(async::run_now(hears_after(bell, "rotterdam", other, 5ms)));
}

TEST_CASE("bell: a ring from another thread ends a wait") {
    async::bell bell;
    for (int i = 0; i < 200; ++i) {
        std::promise<void> listening;
        std::jthread ringer([&] {
            listening.get_future().wait();
            bell.ring("rotterdam");
        });
        REQUIRE(async::run_now(hears(bell, "rotterdam", ever, &listening)));
    }
}

TEST_CASE("bell: a ring already answered does not end the next wait before its time") {
    async::bell bell;
    auto out = async::run_now(waits_twice(bell, 30ms));
    CHECK(out.first);
    CHECK_FALSE(out.second);
    CHECK(out.second_took >= 30ms);
}

TEST_CASE("bell: every listener of a name is rung") {
    async::bell bell;
    asio::io_context context(1);
    std::vector<std::future<bool>> all;
    for (int i = 0; i < 5; ++i)
        all.push_back(asio::co_spawn(context, hears(bell, "rotterdam", ever), asio::use_future));
    asio::post(context, [&] { bell.ring("rotterdam"); });
    context.run();
    for (auto& one : all) CHECK(one.get());
}

TEST_CASE("bell: closing wakes everybody of every name, on every thread, and no later wait waits") {
    async::bell bell;
    std::vector<std::jthread> threads;
    std::array<std::promise<void>, 4> listening;
    std::atomic<int> woken = 0;
    for (std::size_t i = 0; i < listening.size(); ++i)
        threads.emplace_back([&, i] {
            if (async::run_now(hears(bell, "desk-" + std::to_string(i), ever, &listening[i]))) ++woken;
        });
    for (auto& one : listening) one.get_future().wait();
    CHECK_FALSE(bell.closed());
    bell.close();
    threads.clear();
    CHECK(woken == 4);
    CHECK(bell.closed());
    CHECK(async::run_now(waits_on_closed(bell, 3)) == 3);
}

TEST_CASE("bell: a listener that went is not rung, and one whose context ended is cleared away") {
    async::bell bell;
    {
        asio::io_context context(1);
        auto ear = bell.listen("rotterdam", context.get_executor());
        bell.ring("rotterdam");
    }
    {
        asio::io_context context(1);
        auto never = asio::co_spawn(context, hears(bell, "rotterdam", ever), asio::use_future);
        context.poll();  // it waits; then its context goes with it
    }
    bell.ring("rotterdam");
    bell.close();
}
