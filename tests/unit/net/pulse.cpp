// How long ready work waits, measured.
#include "server/net/pulse.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include "tests/unit/net/serving.hpp"

using namespace std::chrono_literals;

TEST_CASE("what a thread was late is told, by the clock it was given, once for however many requests") {
    struct row {
        std::chrono::microseconds passed;  // between the first request and the timer's turn
        std::chrono::microseconds told;
    };
    // The timer is set for 20 ms.
    const auto by = GENERATE(row{20ms, 0us}, row{20'001us, 1us}, row{220ms, 200ms}, row{4020ms, 4s});
    boost::asio::io_context io(1);
    auto now = net::pulse::clock::time_point(1000s);
    std::vector<std::chrono::microseconds> told;
    net::pulse pulse(
        io, [&](std::chrono::microseconds delay) { told.push_back(delay); }, [&] { return now; });
    for (int i = 0; i < 100; ++i) pulse.beat();
    now += by.passed;
    io.run();
    CHECK(told == std::vector{by.told});
    // Then it rests, until somebody asks.
    io.restart();
    CHECK(io.run() == 0);
    io.restart();
    pulse.beat();
    io.run();
    CHECK(told.size() == 2);
}

TEST_CASE("a thread that was busy is felt by the clock of the machine") {
    boost::asio::io_context io(1);
    std::vector<std::chrono::microseconds> told;
    net::pulse pulse(io, [&](std::chrono::microseconds delay) { told.push_back(delay); });
    pulse.beat();
    boost::asio::post(io, [] { std::this_thread::sleep_for(50ms); });  // at least, on any machine
    io.run();
    REQUIRE(told.size() == 1);
    CHECK(told[0] >= 30ms);
}

TEST_CASE("a request makes the server tell its service how long work waits") {
    net::tests::serving at;
    auto client = at.visit();
    const auto until = std::chrono::steady_clock::now() + 30s;
    while (at.service.longest.load() == 0us && std::chrono::steady_clock::now() < until) {
        REQUIRE(client.send(net::tests::get("/hello")));
        REQUIRE(net::tests::status(client.answer()) == 200);
    }
    CHECK(at.service.longest.load() > 0us);
}
